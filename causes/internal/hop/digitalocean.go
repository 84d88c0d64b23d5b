package hop

import "github.com/faultline-http/faultline"

// The app platform of DigitalOcean.
func init() {
	add(System{
		Name: "DigitalOcean App Platform", Kind: Edge,
		Marks: []Mark{{Field: "x-do-*"}, {Field: "via", Value: "digitalocean"}},
		Tells: []Tell{
			{Status: 504, Says: []string{"via upstream", "application error"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"we encountered an error when trying to load your application"}, Cause: "gateway.upstream-refused"},
			{Status: 502, Says: []string{"we encountered an error when trying to load your application"}, Cause: "gateway.upstream-refused"},
		},
		Log: Log{Where: "the runtime log of the app", Lines: map[faultline.Slug]string{"gateway.upstream-refused": "the port that the app listens at"}},
	})
}
