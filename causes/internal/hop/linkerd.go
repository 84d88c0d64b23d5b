package hop

import "github.com/faultline-http/faultline"

// Linkerd says why in the field l5d-proxy-error. https://linkerd.io/2/reference/proxy-metrics/
func init() {
	add(System{
		Name: "Linkerd", Kind: Mesh,
		Marks: []Mark{{Field: "l5d-proxy-error", Means: Wrote}, {Field: "l5d-*"}},
		Tells: []Tell{
			{Says: []string{"service in fail fast", "fail fast", "no endpoints", "unavailable"}, Shared: true, Cause: "gateway.no-upstream"},
			{Says: []string{"error trying to connect: connection refused", "connection refused (os error 111)"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Says: []string{"connect timed out", "request timed out", "response timeout", "http response timeout"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Says: []string{"connection closed before message completed", "connection error", "connection reset"}, Shared: true, Cause: "gateway.bad-response"},
			{Says: []string{"logical service in fail fast", "max concurrency exhausted", "load shed"}, Shared: true, Cause: "server.overloaded"},
			{Says: []string{"unauthorized connection", "client not authorized"}, Shared: true, Cause: "auth.forbidden-role"},
		},
		Log: Log{Where: "the log of the sidecar (kubectl logs POD -c linkerd-proxy)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "Connection refused (os error 111)",
			"gateway.upstream-timeout": "request timed out",
			"gateway.no-upstream":      "service in fail-fast",
		}},
	})
}
