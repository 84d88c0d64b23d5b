package hop

import "github.com/faultline-http/faultline"

// Render tells by a field what it did instead of asking the service.
func init() {
	add(System{
		Name: "Render", Kind: Edge,
		Marks: []Mark{{Field: "x-render-*"}, {Field: "rndr-id"}},
		Tells: []Tell{
			{Says: []string{"no server"}, Shared: true, Status: 404, Cause: "route.gateway-no-match", At: "Host"},
			{Status: 502, Says: []string{"bad gateway"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Status: 503, Says: []string{"service suspended", "suspend by user", "this service has been suspended"}, Shared: true, Cause: "server.unavailable"},
		},
		Log: Log{Where: "the service's log", Lines: map[faultline.Slug]string{"gateway.upstream-refused": "the address and port that the app listens at"}},
	})
}
