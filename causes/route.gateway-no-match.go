package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("route.gateway-no-match", gatewayNoMatch) }

// saysNoGatewayRoute are words that only gateways use of what they route to.
var saysNoGatewayRoute = topic("no route in a gateway", "no route matched", "no matching route in gateway", "no api configured", "no api found", "no api product match*", "no proxy for this path", "no backend configured",
	"no backend found", "no upstream configured", "no service configured", "no matching virtual host", "unknown backend", "default backend 404", "no listener", "no route found for this host", "route not configured", "no matching api", "api proxy not found", "no endpoint configured", "unmatched route")

// gatewayNoMatch is for gateways that answer by themselves that no route, API
// or backend is configured for the request. Without a contract that is the
// gateway's to mend: the path may be right.
func gatewayNoMatch(c *Case) []faultline.Finding {
	if c.Status() < 400 || c.Unrouted() {
		return nil
	}
	why, at := c.noRouteInGateway()
	if why == "" {
		return nil
	}
	name, known := c.answerer()
	if !known {
		name = "the gateway"
	}
	path := shownPath(c.Exchange.Request.Path())
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  fmt.Sprintf("%s has no route for `%s %s`", name, c.Exchange.Request.Method, path),
		Brief:    "no route in " + name,
		Expected: "a route for this host, method and path in " + name,
		Found:    why,
		Remedy: faultline.Remedy{Text: "add the route to " + name + ", or send the request to one that it has", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "list the routes of " + name + ", and compare host, prefix, method and header conditions with the request"},
			{Text: "see that the configuration with the route is deployed: to this stage, namespace or listener"},
			{Text: "compare the path with the API's documentation: a missing stage or prefix looks the same"},
		}},
		Retry: failsAgain,
		Rank:  15,
	}
	f.Evidence = c.hopEvidence(name, "no route", "")
	f.Evidence = append(f.Evidence, c.saidOnPage()...)
	f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "resource.not-found", Why: "the API was not asked"})
	return []faultline.Finding{f}
}

// noRouteInGateway is how the gateway says that it has no route, and what of the
// request it is about.
func (c *Case) noRouteInGateway() (why string, at faultline.Location) {
	if cause, words := c.logged(); cause == "route.gateway-no-match" {
		return words, c.atPath()
	}
	t := c.hop().Tell
	switch {
	case t != nil && t.Cause == "route.gateway-no-match":
		at = c.atPath()
		if t.At != "" {
			at = faultline.AtHeader(t.At)
		}
		if t.Hint != "" {
			return t.Hint, at
		}
		return "its answer for calls without a route", at
	case c.says(saysNoGatewayRoute):
		return c.heard().Words(saysNoGatewayRoute), c.atPath()
	}
	return "", at
}
