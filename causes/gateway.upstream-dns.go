package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.upstream-dns", upstreamDNS) }

// upstreamDNS is for gateways whose own lookup of the API's name fails. The
// name that the client used is another one, and did resolve.
func upstreamDNS(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.upstream-dns", &story{
		message:  "the gateway cannot resolve the name of the API behind it",
		brief:    "cannot resolve the API's name",
		broke:    "name not found",
		expected: "a name that resolves from the gateway",
		remedy:   "correct the name of the API in the configuration of %s, or the DNS that it asks",
		steps: []faultline.Step{
			{Text: "resolve the name from the gateway's machine or pod, not from another", Command: "getent hosts NAME"},
			{Text: "compare it with the configuration: spelling, namespace, a service that was renamed or removed"},
			{Text: "reload the gateway if the name is new: some resolve only when they start"},
		},
		retry: "safe once the name resolves: the API did not see the %s",
	})
}
