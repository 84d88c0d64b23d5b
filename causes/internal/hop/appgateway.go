package hop

import "github.com/faultline-http/faultline"

// Azure Application Gateway. https://learn.microsoft.com/en-us/azure/application-gateway/http-
// response-codes
func init() {
	add(System{
		Name: "Azure Application Gateway", Kind: Balancer,
		Marks: []Mark{
			{Field: "server", Value: "microsoft-azure-application-gateway", Means: Wrote},
			{Page: "microsoft azure application gateway*"},
		},
		Tells: []Tell{
			{Status: 403, Says: []string{"403 forbidden"}, Shared: true, Cause: "security.waf-block", Hint: "its firewall answers so"},
			{Status: 502, Says: []string{"502 bad gateway"}, Shared: true, Cause: "gateway.no-upstream", Slow: "gateway.upstream-timeout", Hint: "mostly: every server of the backend pool fails its health probe"},
			{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"},
		},
		Log: Log{Where: "Backend health, and its access log", Lines: map[faultline.Slug]string{
			"gateway.no-upstream":      "Unhealthy, error_info ERRORINFO_NO_ERROR with serverStatus empty",
			"gateway.upstream-timeout": "error_info ERRORINFO_UPSTREAM_TIMED_OUT",
			"security.waf-block":       "the firewall log, ruleId",
		}},
	})
}
