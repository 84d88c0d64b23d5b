package hop

import "github.com/faultline-http/faultline"

// Azure Front Door names the error in X-Azure-ExternalError. https://learn.microsoft.com/en-
// us/azure/frontdoor/front-door-diagnostics, errorInfo
func init() {
	add(System{
		Name: "Azure Front Door", Kind: Edge,
		Marks: []Mark{
			{Field: "x-azure-ref"},
			{Field: "x-fd-*"},
			{Field: "x-azure-externalerror", Means: Wrote},
		},
		Tells: []Tell{
			{Says: []string{"origin timeout"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Says: []string{"origin connection refused", "origin connection error"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Says: []string{"origin connection aborted", "origin invalid response", "origin error", "response header too big"}, Shared: true, Cause: "gateway.bad-response"},
			{Says: []string{"ssl handshake error", "ssl invalid root ca", "ssl invalid cipher", "ssl mismatched sni", "certificate name check failure"}, Shared: true, Cause: "gateway.upstream-tls"},
			{Says: []string{"dns failure", "dns timeout", "dns name not resolved"}, Shared: true, Cause: "gateway.upstream-dns"},
			{Status: 403, Says: []string{"the request is blocked."}, Shared: true, Cause: "security.waf-block"},
			{Status: 404, Says: []string{"azure front door service configuration", "we weren't able to find your azure front door"}, Cause: "route.wrong-host", At: "Host"},
			{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"our services aren't available right now"}, Shared: true, Vague: true, Cause: "gateway.bad-response"},
			{Status: 502, Says: []string{"our services aren't available right now"}, Shared: true, Vague: true, Cause: "gateway.bad-response"},
		},
		Log: Log{Where: "its access log, by the reference of x-azure-ref", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "errorInfo OriginConnectionRefused",
			"gateway.upstream-timeout": "errorInfo OriginTimeout",
			"gateway.bad-response":     "errorInfo OriginInvalidResponse or OriginConnectionAborted",
			"gateway.upstream-dns":     "errorInfo DNSNameNotResolved",
			"gateway.upstream-tls":     "errorInfo SSLHandshakeError or SSLMismatchedSNI",
			"security.waf-block":       "the firewall log, ruleName",
		}},
	})
}
