package hop

import "github.com/faultline-http/faultline"

func init() { add(nginxFamily("nginx", "nginx")) }

// nginxFamily is a server whose pages are those of nginx with its own word below
// them. nginx words no reason into its pages: its error log has it.
// https://nginx.org/en/docs/http/ngx_http_proxy_module.html
func nginxFamily(name, word string) System {
	return System{
		Name: name, Kind: Web,
		Marks: append([]Mark{{Field: "server", Value: word}}, pagesOf(word)...),
		Tells: []Tell{
			{Status: 504, Says: []string{"504 gateway time out"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 500, Says: []string{"500 internal server error " + word}, Cause: "server.error"},
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
	}
}

// pagesOf are the marks of the pages: the reason of the status, and the word.
func pagesOf(word string) []Mark {
	var out []Mark
	for _, title := range []string{
		"bad gateway", "gateway time out", "service temporarily unavailable", "internal server error", "not found", "forbidden", "not allowed",
		"request entity too large", "bad request", "unauthorized", "authorization required", "too many requests", "uri too large",
		"request header or cookie too large",
	} {
		out = append(out, Mark{Page: title + " " + word})
	}
	return out
}
