package hop

import "github.com/faultline-http/faultline"

// Spring Cloud Gateway. https://docs.spring.io/spring-cloud-gateway/reference/
func init() {
	add(System{
		Name: "Spring Cloud Gateway", Kind: Gateway,
		Tells: []Tell{
			{Status: 503, Says: []string{"unable to find instance for"}, Cause: "gateway.no-upstream"},
			{Status: 504, Says: []string{"response took longer than timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"finishconnect(..) failed: connection refused", "finish connect(..) failed: connection refused", "connection refused: no further information"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"failed to resolve ~ queries", "unknown host exception: failed to resolve"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"connection prematurely closed before response", "connection prematurely closed during response"}, Cause: "gateway.bad-response"},
			{Says: []string{"pkix path building failed ~ reactor", "handshake timed out after"}, Cause: "gateway.upstream-tls"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "AnnotatedConnectException: finishConnect(..) failed: Connection refused",
			"gateway.no-upstream":      "No servers available for service",
			"gateway.upstream-timeout": "Response took longer than timeout",
		}},
	})
}
