package hop

import "github.com/faultline-http/faultline"

// OpenResty is nginx with Lua; Kong, APISIX and many portals are built on it.
func init() {
	add(System{
		Name: "OpenResty", Kind: Web,
		Marks: []Mark{
			{Field: "server", Value: "openresty"},
			{Page: "bad gateway openresty"},
			{Page: "gateway time out openresty"},
			{Page: "service temporarily unavailable openresty"},
			{Page: "internal server error openresty"},
			{Page: "not found openresty"},
			{Page: "forbidden openresty"},
			{Page: "not allowed openresty"},
			{Page: "request entity too large openresty"},
			{Page: "bad request openresty"},
			{Page: "unauthorized openresty"},
			{Page: "authorization required openresty"},
			{Page: "too many requests openresty"},
			{Page: "uri too large openresty"},
			{Page: "request header or cookie too large openresty"},
		},
		Tells: []Tell{
			{Status: 504, Says: []string{"504 gateway time out"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 500, Says: []string{"500 internal server error openresty"}, Cause: "server.error"},
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
