package hop

import "github.com/faultline-http/faultline"

// Go's ReverseProxy answers 502 with an empty body; grpc-gateway puts the error of its client into
// JSON.
func init() {
	add(System{
		Name: "grpc-gateway", Kind: Gateway,
		Marks: []Mark{{Field: "grpc-metadata-*", Means: Behind}},
		Tells: []Tell{
			{Says: []string{"transport: error while dialing"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"transport: authentication handshake failed"}, Cause: "gateway.upstream-tls"},
			{Says: []string{"name resolver error: produced zero addresses", "dns resolver: missing address"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"no children to pick from", "last connection error"}, Shared: true, Cause: "gateway.no-upstream"},
			{Says: []string{"unexpected http status code received from server", "received unexpected content type"}, Cause: "gateway.bad-response"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "Error while dialing: connect: connection refused",
		}},
	})
}
