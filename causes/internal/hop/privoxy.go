package hop

import "github.com/faultline-http/faultline"

// Privoxy names its error in the title of its pages. templates/ of its source.
func init() {
	add(System{
		Name: "Privoxy", Kind: Forward,
		Marks: []Mark{{Page: "(privoxy@*", Means: Wrote}, {Field: "proxy-agent", Value: "privoxy"}},
		Tells: []Tell{
			{Status: 503, Says: []string{"connect failed (privoxy*"}, Cause: "gateway.upstream-refused"},
			{Status: 404, Says: []string{"no such domain (privoxy*"}, Cause: "gateway.upstream-dns"},
			{Status: 504, Says: []string{"connection timeout (privoxy*"}, Cause: "gateway.upstream-timeout"},
			{Status: 502, Says: []string{"no server or forwarder data received (privoxy*"}, Cause: "gateway.bad-response"},
			{Status: 503, Says: []string{"forwarding failure (privoxy*"}, Cause: "gateway.no-upstream"},
			{Status: 403, Says: []string{"request blocked (privoxy*"}, Cause: "security.waf-block", Hint: "an action file of the proxy blocks this address"},
		},
		Log: Log{Where: "its logfile", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "could not connect to",
			"gateway.upstream-dns":     "could not resolve hostname",
		}},
	})
}
