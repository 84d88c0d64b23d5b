package hop

import "github.com/faultline-http/faultline"

// Traefik sends no field of its own and the short texts of Go.
// https://doc.traefik.io/traefik/observability/logs/
func init() {
	add(System{
		Name: "Traefik", Kind: Ingress,
		Marks: []Mark{
			{Field: "server", Value: "traefik"},
			{Field: "x-traefik-*"},
		},
		Tells: []Tell{
			{Status: 503, Says: []string{"no available server"}, Cause: "gateway.no-upstream"},
			{Status: 404, Says: []string{"404 page not found"}, Shared: true, Cause: "route.gateway-no-match"},
			{Status: 502, Says: []string{"bad gateway"}, Shared: true, Cause: "gateway.upstream-refused"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "502 Bad Gateway error=\"dial tcp ... connect: connection refused\"",
			"gateway.upstream-timeout": "504 Gateway Timeout error=\"net/http: timeout awaiting response headers\"",
			"gateway.bad-response":     "502 Bad Gateway error=EOF",
			"gateway.no-upstream":      "no available server",
			"gateway.upstream-dns":     "no such host",
			"gateway.upstream-tls":     "x509: certificate",
			"route.gateway-no-match":   "the routers that the dashboard or /api/http/routers lists",
		}},
	})
}
