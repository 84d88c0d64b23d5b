package hop

import "github.com/faultline-http/faultline"

// cloudflared is the tunnel between Cloudflare and an origin.
func init() {
	add(System{
		Name: "cloudflared", Kind: Ingress,
		Marks: []Mark{{Page: "unable to reach the origin service"}},
		Tells: []Tell{
			{Says: []string{"unable to reach the origin service"}, Vague: true, Cause: "gateway.upstream-refused"},
		},
		Log: Log{Where: "the log of cloudflared", Lines: map[faultline.Slug]string{"gateway.upstream-refused": "Unable to reach the origin service"}},
	})
}
