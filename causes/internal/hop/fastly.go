package hop

import "github.com/faultline-http/faultline"

// Fastly is Varnish with words of its own.
// https://www.fastly.com/documentation/guides/debugging/common-503-errors-on-fastly/
func init() {
	add(System{
		Name: "Fastly", Kind: Edge,
		Marks: []Mark{
			{Field: "x-served-by", Value: "cache-"},
			{Field: "x-fastly-*"},
			{Field: "fastly-*"},
			{Field: "server", Value: "fastly"},
			{Page: "guru mediation:"},
			{Page: "fastly error:"},
			{Page: "details: cache"},
		},
		Tells: []Tell{
			{Says: []string{"fastly error: unknown domain", "unknown domain:", "please check that this domain has been added to a service"}, Cause: "route.wrong-host", At: "Host"},
			{Status: 503, Says: []string{"503 connection refused", "503 backend connection refused", "no route to host"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Status: 503, Says: []string{"503 connection timed out", "503 first byte timeout", "503 between bytes timeout", "503 backend timeout"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"503 first byte timeout", "503 between bytes timeout"}, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"503 backend read error", "503 backend write error", "503 backend fetch failed", "503 broken pipe", "503 connection reset by peer", "503 http 1 response error"}, Shared: true, Cause: "gateway.bad-response"},
			{Status: 503, Says: []string{"503 backend is unhealthy", "all backends failed or unhealthy", "503 all backends", "no healthy backends", "503 backend, unhealthy", "quorum weight not reached", "503 no stale object available"}, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{"503 ssl handshake error", "503 unable to get local issuer certificate", "503 hostname doesn't match against certificate", "503 certificate has expired", "503 self signed certificate", "503 ssl"}, Shared: true, Cause: "gateway.upstream-tls"},
			{Status: 503, Says: []string{"503 backend.max conn reached", "503 maximum threads for service reached", "503 client queue full"}, Cause: "server.overloaded"},
			{Status: 503, Says: []string{"503 dns", "503 backend.host dns error", "could not resolve host"}, Shared: true, Cause: "gateway.upstream-dns"},
		},
		Log: Log{Where: "a logging endpoint with fastly_info.state", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "ERROR, Connection refused",
			"gateway.upstream-timeout": "ERROR, first byte timeout",
		}},
	})
}
