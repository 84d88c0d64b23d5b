package hop

import "github.com/faultline-http/faultline"

// KrakenD tells by a field whether every backend answered. https://www.krakend.io/docs/backends/
func init() {
	add(System{
		Name: "KrakenD", Kind: Gateway,
		Marks: []Mark{{Field: "x-krakend"}, {Field: "x-krakend-*"}},
		Tells: []Tell{
			{Status: 404, Says: []string{"404 page not found"}, Shared: true, Cause: "route.gateway-no-match"},
			{Status: 500, Says: []string{"context deadline exceeded"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Says: []string{"no hosts available", "no hosts to balance"}, Shared: true, Cause: "gateway.no-upstream"},
			{Says: []string{"invalid status code"}, Shared: true, Cause: "gateway.bad-response"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "[ENDPOINT: ...] dial tcp: connect: connection refused",
			"gateway.upstream-timeout": "context deadline exceeded",
			"gateway.bad-response":     "invalid status code",
		}},
	})
}
