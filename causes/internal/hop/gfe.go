package hop

import "github.com/faultline-http/faultline"

// Google's front end and the load balancers of Google Cloud. https://cloud.google.com/load-
// balancing/docs/https/https-logging-monitoring, statusDetails
func init() {
	add(System{
		Name: "Google front end", Kind: Edge,
		Marks: []Mark{
			{Field: "via", Value: "1.1 google"},
			{Field: "server", Value: "google frontend"},
			{Field: "server", Value: "gws"},
			{Field: "server", Value: "gfe"},
			{Field: "x-goog-*", Means: Passed},
			{Page: "that's all we know."},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{"response 404 (backend not found)", "service rules for the path non existent", "fault filter abort"}, Cause: "route.gateway-no-match"},
			{Status: 502, Says: []string{"the server encountered a temporary error and could not complete your request"}, Cause: "gateway.bad-response", Slow: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"the service you requested is not available at this time"}, Cause: "server.unavailable"},
			{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 403, Says: []string{"unusual traffic from your computer network", "our systems have detected unusual traffic"}, Cause: "security.waf-block"},
			{Status: 429, Says: []string{"our systems have detected unusual traffic"}, Cause: "security.waf-block"},
		},
		Log: Log{Where: "the load balancer's log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "statusDetails failed_to_connect_to_backend",
			"gateway.upstream-timeout": "statusDetails backend_timeout",
			"gateway.bad-response":     "statusDetails backend_connection_closed_before_data_sent_to_client",
			"gateway.no-upstream":      "statusDetails failed_to_pick_backend",
			"security.waf-block":       "statusDetails denied_by_security_policy",
		}},
	})
}
