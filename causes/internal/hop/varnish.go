package hop

import "github.com/faultline-http/faultline"

// Varnish shows a Guru Meditation; VSL has the FetchError. https://varnish-cache.org/docs/trunk/users-
// guide/troubleshooting.html
func init() {
	add(System{
		Name: "Varnish", Kind: Edge,
		Marks: []Mark{
			{Field: "server", Value: "varnish"},
			{Field: "via", Value: "varnish"},
			{Field: "x-varnish"},
			{Page: "guru meditation:"},
		},
		Tells: []Tell{
			{Status: 503, Says: []string{"backend fetch failed"}, Cause: "gateway.bad-response", Fast: "gateway.upstream-refused", Slow: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"no backend connection", "backend unhealthy", "no healthy backend*"}, Shared: true, Cause: "gateway.no-upstream"},
		},
		Log: Log{Where: "varnishlog -g request -q 'RespStatus >= 500'", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "FetchError: backend connection failed",
			"gateway.upstream-timeout": "FetchError: first byte timeout",
			"gateway.bad-response":     "FetchError: http format error, or straight insufficient bytes",
			"gateway.no-upstream":      "FetchError: Director ... returned no backend, or backend is unhealthy",
		}},
	})
}
