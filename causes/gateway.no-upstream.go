package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.no-upstream", noUpstream) }

// noUpstream is for gateways that know the route and have nobody to send the
// call to: no instance is registered, or each fails its health check.
func noUpstream(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.no-upstream", &story{
		message:  "the gateway has no instance of the API to send the call to",
		brief:    "has no API in service",
		broke:    "nobody to ask",
		expected: "at least one healthy instance of the API behind the gateway",
		remedy:   "bring an instance of the API behind %s into service",
		steps: []faultline.Step{
			{Text: "list the instances behind the gateway, and what their health checks say"},
			{Text: "call the path of the health check on an instance directly: status, port, and how long it takes"},
			{Text: "if there are none: start the API, or correct the name by which it registers (selector, target group, service)"},
		},
		retry: "safe once an instance is healthy: the API did not see the %s",
	})
}
