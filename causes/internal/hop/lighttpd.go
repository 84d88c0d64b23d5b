package hop

import "github.com/faultline-http/faultline"

// lighttpd answers 503 when its mod_proxy finds the API down.
func init() {
	add(System{
		Name: "lighttpd", Kind: Web,
		Marks: []Mark{{Field: "server", Value: "lighttpd"}},
		Tells: []Tell{
			{Status: 503, Says: []string{"503 service unavailable"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"},
		},
		Log: Log{Where: "its error log (/var/log/lighttpd/error.log)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "establishing connection failed",
			"gateway.upstream-timeout": "response header timeout",
			"gateway.bad-response":     "response headers too large, or unexpected EOF",
		}},
	})
}
