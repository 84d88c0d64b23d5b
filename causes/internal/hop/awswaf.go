package hop

import "github.com/faultline-http/faultline"

// AWS WAF: a challenge or a puzzle stands in the field x-amzn-waf-action.
// https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
func init() {
	add(System{
		Name: "AWS WAF", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-amzn-waf-action", Means: Wrote},
			{Markup: "gokuProps"},
			{Markup: "awswaf.com"},
		},
		Tells: []Tell{
			{Status: 405, Shared: true, Cause: "security.waf-block", Hint: "a puzzle for people is asked for (captcha)"},
			{Status: 202, Shared: true, Cause: "security.waf-block", Hint: "a silent challenge for browsers is asked for"},
			{Status: 403, Shared: true, Cause: "security.waf-block"},
		},
		Log: Log{Where: "the web ACL's sampled requests", Lines: map[faultline.Slug]string{"security.waf-block": "terminatingRuleId"}},
	})
}
