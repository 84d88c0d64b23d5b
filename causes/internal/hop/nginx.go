package hop

import "github.com/faultline-http/faultline"

// nginx words no reason into its pages: its error log has it.
// https://nginx.org/en/docs/http/ngx_http_proxy_module.html
func init() {
	add(System{
		Name: "nginx", Kind: Web,
		Marks: []Mark{
			{Field: "server", Value: "nginx"},
			{Page: "bad gateway nginx"},
			{Page: "gateway time out nginx"},
			{Page: "service temporarily unavailable nginx"},
			{Page: "internal server error nginx"},
			{Page: "not found nginx"},
			{Page: "forbidden nginx"},
			{Page: "not allowed nginx"},
			{Page: "request entity too large nginx"},
			{Page: "bad request nginx"},
			{Page: "unauthorized nginx"},
			{Page: "authorization required nginx"},
			{Page: "too many requests nginx"},
			{Page: "uri too large nginx"},
			{Page: "request header or cookie too large nginx"},
		},
		Tells: []Tell{
			{Status: 504, Says: []string{"504 gateway time out"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 500, Says: []string{"500 internal server error nginx"}, Cause: "server.error"},
		},
		Log: Log{Where: "its error log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "connect() failed (111: Connection refused)",
			"gateway.upstream-timeout": "upstream timed out (110: Connection timed out)",
			"gateway.bad-response":     "upstream prematurely closed connection while reading response header from upstream",
			"gateway.no-upstream":      "no live upstreams while connecting to upstream",
			"gateway.upstream-dns":     "could not be resolved",
			"gateway.upstream-tls":     "SSL_do_handshake() failed",
			"content.too-large":        "client intended to send too large body",
			"header.too-large":         "client sent too long header line",
			"server.overloaded":        "limiting requests, excess",
		}},
	})
}
