package hop

import "github.com/faultline-http/faultline"

// Netlify. https://docs.netlify.com/functions/overview/
func init() {
	add(System{
		Name: "Netlify", Kind: Edge,
		Marks: []Mark{
			{Field: "server", Value: "netlify"},
			{Field: "x-nf-*"},
			{Page: "not found request id:"},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{"not found request id:"}, Cause: "route.gateway-no-match", Hint: "no site of Netlify has this name, or it has no such page"},
			{Says: []string{"error decoding lambda response", "function returned an unsupported value", "invalid status code returned from lambda"}, Cause: "gateway.bad-response"},
			{Says: []string{"this function has crashed"}, Cause: "server.exception"},
			{Says: []string{"inactivity timeout"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Says: []string{"this site has been suspended", "site paused", "usage exceeded"}, Shared: true, Cause: "server.unavailable"},
		},
		Log: Log{Where: "the function's log", Lines: map[faultline.Slug]string{"server.exception": "the error and its stack"}},
	})
}
