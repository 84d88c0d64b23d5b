package hop

import "github.com/faultline-http/faultline"

// F5 BIG-IP and its firewall ASM / Advanced WAF. https://my.f5.com/manage/s/article/K6825
func init() {
	add(System{
		Name: "F5 BIG-IP", Kind: Firewall,
		Marks: []Mark{
			{Field: "server", Value: "big-ip", Means: Wrote},
			{Field: "server", Value: "bigip", Means: Wrote},
			{Field: "set-cookie", Value: "bigipserver"},
			{Field: "x-wa-info"},
			{Page: "please consult with your administrator. your support id is*"},
		},
		Tells: []Tell{
			{Says: []string{"the requested url was rejected. please consult with your administrator", "your support id is*"}, Cause: "security.waf-block"},
		},
		Log: Log{Where: "Security > Event Logs of the BIG-IP", Lines: map[faultline.Slug]string{
			"security.waf-block":       "the support id of the answer",
			"gateway.upstream-refused": "no members available for pool",
		}},
	})
}
