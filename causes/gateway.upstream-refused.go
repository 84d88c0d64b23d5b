package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.upstream-refused", upstreamRefused) }

// upstreamRefused is for gateways that answer in place of an API that they
// could not reach. Few say so; a 502 at once, from a gateway and without a sign
// of the API, says it too.
func upstreamRefused(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.upstream-refused", &story{
		message:  "the gateway answered for an API it could not reach",
		brief:    "cannot reach the API",
		broke:    "refused",
		expected: "an answer of the API",
		remedy:   "start the API behind %s, or correct the address that it is reached by",
		retry:    "only with an Idempotency-Key: that the API never saw the %s is likely, not proven",
	})
}
