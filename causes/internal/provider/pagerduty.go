package provider

// pagerduty: https://developer.pagerduty.com/docs/errors (error.code).
var pagerduty = API{
	name:  "PagerDuty",
	known: anySign(asksAs("Token token="), mentions("pagerduty"), hasMembers("error/code", "error/errors")),
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "code:2006"},
		{"auth.forbidden-role", "", "code:2010"},
		{"auth.account-inactive", "", "code:2012 code:2004"},
		{"limit.rate", "", "code:2020"},
		{"resource.not-found", "", "code:2100"},
	},
}
