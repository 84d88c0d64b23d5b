package hop

import "github.com/faultline-http/faultline"

// HAProxy has one fixed page a status and no Server field; the session state in its log says why.
// https://docs.haproxy.org/2.8/configuration.html#8.5
func init() {
	add(System{
		Name: "HAProxy", Kind: Balancer,
		Marks: []Mark{
			{Field: "server", Value: "haproxy"},
			{Field: "via", Value: "haproxy"},
			{Page: "your browser sent an invalid request."},
			{Page: "your browser didn't send a complete request in time."},
			{Page: "500 internal error an internal server error occurred."},
		},
		Tells: []Tell{
			{Status: 503, Says: []string{"no server is available to handle this request"}, Cause: "gateway.no-upstream", Slow: "gateway.upstream-refused"}, // it tries three times, a second apart
			{Status: 502, Says: []string{"the server returned an invalid or incomplete response"}, Cause: "gateway.bad-response"},
			{Status: 504, Says: []string{"the server didn't respond in time"}, Cause: "gateway.upstream-timeout"},
			{Status: 403, Says: []string{"request forbidden by administrative rules"}, Cause: "security.waf-block"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "session state SC--",
			"gateway.upstream-timeout": "session state sH-- or sC--",
			"gateway.bad-response":     "session state PH-- or SH--",
			"gateway.no-upstream":      "<NOSRV>, or the backend reported DOWN",
			"gateway.upstream-tls":     "Layer6 invalid response, SSL handshake failure",
			"security.waf-block":       "session state PR--",
			"server.overloaded":        "session state sQ--: the queue is full",
		}},
	})
}
