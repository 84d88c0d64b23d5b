package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.bad-response", badResponse) }

// badResponse is for gateways that were connected and got nothing that they
// could pass on: a connection cut early, bytes that are no HTTP, header fields
// that are too large, a function's result in the wrong shape.
func badResponse(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.bad-response", &story{
		message:  "the gateway could not use what the API sent",
		brief:    "got no usable answer from the API",
		broke:    "broken answer",
		expected: "a whole HTTP answer of the API",
		remedy:   "look in the API's log for a crash or a closed connection at that time",
		steps: []faultline.Step{
			{Text: "look in the API's log for a crash, a kill for memory, or a worker that was restarted at that time"},
			{Text: "call the API past the gateway: does a whole answer come, with which header fields"},
			{Text: "let the API keep idle connections open for longer than the gateway does: a reused one that it just closed looks the same"},
			{Text: "compare the size of the answer's header fields with the gateway's limit"},
		},
		retry: "only with an Idempotency-Key: the API was reached and may have done the work",
	})
}
