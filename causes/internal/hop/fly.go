package hop

import "github.com/faultline-http/faultline"

// Fly.io's proxy. https://fly.io/docs/networking/request-headers/
func init() {
	add(System{
		Name: "Fly.io", Kind: Edge,
		Marks: []Mark{
			{Field: "server", Value: "fly/"},
			{Field: "via", Value: "fly.io"},
			{Field: "fly-request-id"},
			{Field: "fly-*"},
		},
		Tells: []Tell{
			{Status: 504, Shared: true, Cause: "gateway.upstream-timeout"},
		},
		Log: Log{Where: "fly logs", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "instance refused connection. is your app listening on 0.0.0.0:PORT?",
			"gateway.no-upstream":      "could not find a good candidate within ... attempts at load balancing",
			"gateway.bad-response":     "could not complete HTTP request to instance: connection closed before message completed",
		}},
	})
}
