package hop

import "github.com/faultline-http/faultline"

// Caddy answers for an API that it does not reach with a status and nothing else.
// https://caddyserver.com/docs/caddyfile/directives/reverse_proxy
func init() {
	add(System{
		Name: "Caddy", Kind: Web,
		Marks: []Mark{{Field: "server", Value: "caddy"}, {Field: "via", Value: "caddy"}},
		Tells: []Tell{{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"}},
		Log: Log{Where: "its log (journalctl -u caddy)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "dial tcp: connect: connection refused",
			"gateway.upstream-timeout": "i/o timeout",
			"gateway.bad-response":     "EOF, or malformed HTTP response",
			"gateway.no-upstream":      "no upstreams available",
			"gateway.upstream-dns":     "no such host",
			"gateway.upstream-tls":     "tls: failed to verify certificate",
		}},
	})
}
