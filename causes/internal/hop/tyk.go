package hop

import "github.com/faultline-http/faultline"

// Tyk answers {"error": ...}. gateway/handler_error.go of its source.
func init() {
	add(System{
		Name: "Tyk", Kind: Gateway,
		Marks: []Mark{
			{Field: "x-tyk-*"},
			{Field: "x-generator", Value: "tyk"},
		},
		Tells: []Tell{
			{Says: []string{"there was a problem proxying the request"}, Vague: true, Cause: "gateway.upstream-refused"},
			{Says: []string{"upstream service reached hard timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"all hosts are down"}, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{`{ "error": "service temporarily unavailable." }`, `"error": "service temporarily unavailable."`}, Cause: "server.overloaded", Hint: "a circuit breaker of the gateway is open"},
			{Says: []string{"upstream host lookup failed"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"requested endpoint is forbidden"}, Cause: "route.gateway-no-match"},
			{Says: []string{"this api version does not seem to exist", "version information not found"}, Cause: "route.api-version"},
			{Says: []string{"this api version has expired"}, Cause: "route.api-version"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "http: proxy error: dial tcp: connect: connection refused",
			"gateway.upstream-timeout": "http: proxy error: context deadline exceeded",
		}},
	})
}
