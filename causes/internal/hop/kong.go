package hop

import "github.com/faultline-http/faultline"

// Kong answers in JSON, or as the Accept field asks, with fixed sentences.
// https://docs.konghq.com/gateway/latest/ and kong/error_handlers in its source.
func init() {
	add(System{
		Name: "Kong", Kind: Gateway,
		Marks: []Mark{
			{Field: "server", Value: "kong/"},
			{Field: "via", Value: "kong"},
			{Field: "x-kong-response-latency", Means: Wrote},
			{Field: "x-kong-upstream-latency", Means: Behind},
			{Field: "x-kong-*"},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{"no route matched with those values"}, Cause: "route.gateway-no-match"},
			{Says: []string{"failure to get a peer from the ring balancer", "no available targets"}, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{"name resolution failed"}, Cause: "gateway.upstream-dns"},
			{Status: 502, Says: []string{"an invalid response was received from the upstream server"}, Cause: "gateway.bad-response", Fast: "gateway.upstream-refused"},
			{Status: 504, Says: []string{"the upstream server is timing out"}, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"the upstream server is currently unavailable"}, Cause: "gateway.no-upstream"},
		},
		Log: Log{Where: "its error log (/usr/local/kong/logs/error.log)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "connect() failed (111: Connection refused) while connecting to upstream",
			"gateway.upstream-timeout": "upstream timed out (110: Connection timed out)",
			"gateway.bad-response":     "upstream prematurely closed connection",
			"gateway.no-upstream":      "no peers available",
			"gateway.upstream-dns":     "DNS resolution failed",
			"gateway.upstream-tls":     "SSL_do_handshake() failed",
			"route.gateway-no-match":   "the routes that `GET /routes` of the admin API lists",
		}},
	})
}
