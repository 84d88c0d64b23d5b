package hop

import "github.com/faultline-http/faultline"

// Envoy says in its local replies which reset it met, and in its access log the response flags.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
func init() {
	add(System{
		Name: "Envoy", Kind: Mesh,
		Marks: []Mark{
			{Field: "server", Value: "envoy"},
			{Field: "x-envoy-upstream-service-time", Means: Behind},
			{Field: "x-envoy-*"},
		},
		Tells: []Tell{
			{Says: []string{"no healthy upstream"}, Cause: "gateway.no-upstream", Hint: "each instance fails its health check, or there is none"},
			{Says: []string{"reset reason: connection failure", "reset reason: remote connection failure", "reset reason: local connection failure", "delayed connect error"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"reset reason: connection timeout", "reset reason: remote connection failure, transport failure reason: connection timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"reset reason: connection termination", "reset reason: remote reset", "reset reason: local reset", "reset reason: protocol error", "reset reason: remote refused stream reset", "reset reason: http 1.1 required"}, Cause: "gateway.bad-response"},
			{Says: []string{"upstream connect error or disconnect/reset before headers"}, Vague: true, Cause: "gateway.bad-response"},
			{Says: []string{"transport failure reason: tls error", "tls error:", "certificate verify failed:", "tls error: 268435581", "reset reason: remote connection failure, transport failure reason: tls error", "reset reason: connection failure, transport failure reason: tls error", "reset reason: remote connection failure, transport failure reason: tls_error", "reset reason: connection failure, transport failure reason: tls_error"}, Cause: "gateway.upstream-tls"},
			{Says: []string{"reset reason: overflow"}, Cause: "server.overloaded", Hint: "a circuit breaker of the gateway is open: too many connections or requests at once"},
			{Says: []string{"upstream request timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"upstream per try timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"cluster not found", "cluster_not_found"}, Cause: "gateway.no-upstream", Hint: "the route names a cluster that Envoy does not have"},
			{Status: 503, Says: []string{"fault filter abort"}, Cause: "server.unavailable", Hint: "a rule for injected faults is active"},
			{Status: 403, Says: []string{"rbac: access denied"}, Cause: "auth.forbidden-role"},
			{Status: 404, Says: []string{"route not found"}, Shared: true, Cause: "route.gateway-no-match"},
			{Status: 503, Says: []string{"local rate limited"}, Cause: "limit.rate"},
		},
		Log: Log{Where: "its access log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "response flags UF",
			"gateway.upstream-timeout": "response flags UT",
			"gateway.bad-response":     "response flags UC, UR or UPE",
			"gateway.no-upstream":      "response flags UH or NC",
			"gateway.upstream-dns":     "response flags DF, DNS resolution failure",
			"gateway.upstream-tls":     "response flags UF with upstream_transport_failure_reason TLS_error",
			"route.gateway-no-match":   "response flags NR",
			"server.overloaded":        "response flags UO",
		}},
	})
}
