package hop

import "github.com/faultline-http/faultline"

// Load balancers of Amazon have bare pages; the access log has error_reason.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-
// troubleshooting.html
func init() {
	add(System{
		Name: "Amazon load balancer", Kind: Balancer,
		Marks: []Mark{
			{Field: "server", Value: "awselb", Means: Wrote},
			{Field: "set-cookie", Value: "awsalb"},
			{Field: "set-cookie", Value: "awselb"},
		},
		Tells: []Tell{
			{Status: 503, Says: []string{"503 service temporarily unavailable"}, Shared: true, Cause: "gateway.no-upstream", Hint: "the target group has no registered targets"},
			{Status: 503, Says: []string{"back end server is at capacity"}, Cause: "gateway.no-upstream", Hint: "no instance of the load balancer is in service"},
			{Status: 504, Says: []string{"504 gateway time out"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 464, Shared: true, Cause: "protocol.version"},
			{Status: 561, Shared: true, Cause: "server.error"},
			{Status: 403, Says: []string{"403 forbidden"}, Shared: true, Cause: "security.waf-block", Hint: "a web ACL of AWS WAF answers so"},
		},
		Log: Log{Where: "its access log in S3", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "elb_status_code 502, target_status_code -",
			"gateway.upstream-timeout": "elb_status_code 504, target_processing_time -1",
			"gateway.bad-response":     "elb_status_code 502, target_status_code -",
			"gateway.no-upstream":      "elb_status_code 503, target:port -",
			"security.waf-block":       "actions_executed waf",
		}},
	})
}
