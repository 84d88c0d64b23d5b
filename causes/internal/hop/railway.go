package hop

import "github.com/faultline-http/faultline"

// Railway.
func init() {
	add(System{
		Name: "Railway", Kind: Edge,
		Marks: []Mark{{Field: "server", Value: "railway"}, {Field: "x-railway-*"}},
		Tells: []Tell{
			{Status: 502, Says: []string{"application failed to respond"}, Cause: "gateway.upstream-refused", Hint: "the app is down, or listens at another port than $PORT"},
			{Status: 404, Says: []string{"application not found"}, Shared: true, Cause: "route.gateway-no-match", At: "Host"},
			{Status: 404, Says: []string{"the train has not arrived at the station"}, Cause: "route.gateway-no-match", At: "Host"},
		},
		Log: Log{Where: "the deploy log", Lines: map[faultline.Slug]string{"gateway.upstream-refused": "the address and port that the app listens at"}},
	})
}
