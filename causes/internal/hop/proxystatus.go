package hop

// Proxy-Status (RFC 9209) is the field in which any proxy may say what went
// wrong. The names of the errors are those of section 2.3.
func init() {
	add(System{
		Name: "a proxy", Kind: Gateway,
		Marks: []Mark{{Field: "proxy-status"}},
		Tells: []Tell{
			{Says: []string{"error=dns timeout", "error=dns error"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"error=destination not found"}, Cause: "route.gateway-no-match"},
			{Says: []string{"error=destination unavailable"}, Cause: "gateway.no-upstream"},
			{Says: []string{"error=destination ip prohibited", "error=http request denied"}, Cause: "security.waf-block"},
			{Says: []string{"error=destination ip unroutable", "error=connection refused"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"error=connection terminated", "error=http response incomplete", "error=http response *", "error=http protocol error", "error=http upgrade failed", "error=proxy loop detected"}, Cause: "gateway.bad-response"},
			{Says: []string{"error=connection timeout", "error=connection read timeout", "error=connection write timeout", "error=http response timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"error=connection limit reached"}, Cause: "server.overloaded"},
			{Says: []string{"error=tls protocol error", "error=tls certificate error", "error=tls alert received"}, Cause: "gateway.upstream-tls"},
		},
	})
}
