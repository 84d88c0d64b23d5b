package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.upstream-timeout", upstreamTimeout) }

// upstreamTimeout is for gateways that waited in vain. RFC 9110, section
// 15.6.5: 504 says just that, whoever sends it.
func upstreamTimeout(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.upstream-timeout", &story{
		message:  "the gateway waited for the API and gave up",
		brief:    "gave up waiting",
		broke:    "no answer",
		expected: "an answer of the API within the gateway's limit",
		remedy:   "find out why the API is slow, or raise the timeout of %s",
		steps: []faultline.Step{
			{Text: "look up this call in the API's log: did it arrive, and how long did it run"},
			{Text: "make it faster, or answer 202 and let the client ask for the result"},
			{Text: "raise the timeout of the gateway only if the work takes that long by its nature"},
		},
		retry: "only with an Idempotency-Key: the API may have done the work after the gateway gave up",
	})
}
