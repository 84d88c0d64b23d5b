package causes

import (
	"strings"

	"github.com/faultline-http/faultline/internal/fetch"
)

// What servers say when they refuse a page: Starlette, Spring, the cors package
// of Express, Vert.x and Quarkus, warp, actix, Helidon, Pekko, Slim, Laravel,
// Amazon S3, Azure Storage, Fastify, Strapi.
var (
	saysCORSOrigin = topic("cors refuses the origin",
		"not allowed by cors", "disallowed cors origin", "invalid cors request", "cors rejected ~ origin", "cors ~ invalid origin", "cors ~ origin not allowed",
		"cors origin ~ denied", "cors origin ~ not in allowed list", "cors ~ origin is not allowed", "origin is not allowed to make this request",
		"not allowed in cors policy", "blocked by cors", "violates cors", "cors policy ~ origin", "cors not enabled", "cors is not enabled", "cors preflight failure",
		"this cors request is not allowed", "cors error ~ origin", "cors ~ not allowed origin", "origin ~ not allowed by cors", "origin ~ not allowed for cors",
		"is not a valid origin", "cors request rejected", "cors request blocked", "cors origin not allowed", "origin not allowed", "origin is not allowed", "not an allowed origin", "disallowed origin")
	saysCORSMethod = topic("cors refuses the method",
		"disallowed cors method", "cors rejected ~ method", "cors ~ invalid method", "cors ~ request method not allowed", "cors method* ~ not in allowed list",
		"cors requested method is not supported", "requested method is not allowed", "cors ~ method not allowed")
	saysCORSHeader = topic("cors refuses a header",
		"disallowed cors header*", "cors rejected ~ header*", "cors ~ invalid header*", "cors ~ header not allowed", "cors headers ~ not in allowed list",
		"cors requested header is not allowed", "one or more request headers are not allowed")
	saysCORSPreflight = topic("the preflight is malformed",
		"invalid preflight request", "cors ~ malformed request", "required cors header is not present", "access control request method ~ missing",
		"insufficient information ~ origin request header needed", "invalid cors preflight", "malformed preflight")
)

// corsWords is what the server's own words refuse, fetch.Allowed if they refuse
// nothing of a page.
func (c *Case) corsWords() fetch.Reason {
	resp := c.Exchange.Response
	// rack-cors says in a field of its own why it adds nothing.
	if rack := resp.Header.Value("X-Rack-CORS"); strings.Contains(rack, "miss") {
		switch {
		case strings.Contains(rack, "no-method"):
			return fetch.MethodRefused
		case strings.Contains(rack, "no-header"):
			return fetch.HeaderRefused
		}
		return fetch.OtherOrigin
	}
	// Vert.x, Quarkus and Helidon put their words into the status line.
	if low := strings.ToLower(resp.Reason); strings.HasPrefix(low, "cors ") {
		switch {
		case strings.Contains(low, "origin"):
			return fetch.OtherOrigin
		case strings.Contains(low, "method"):
			return fetch.MethodRefused
		case strings.Contains(low, "header"):
			return fetch.HeaderRefused
		}
	}
	if resp.Status < 400 {
		return fetch.Allowed
	}
	switch {
	case c.says(saysCORSPreflight):
		return fetch.NotOK
	case c.says(saysCORSMethod):
		return fetch.MethodRefused
	case c.says(saysCORSHeader):
		return fetch.HeaderRefused
	case c.says(saysCORSOrigin):
		return fetch.OtherOrigin
	}
	return fetch.Allowed
}

// refusedQuestion reports whether the call is a preflight that lacks what makes
// it one, and is refused for that.
func (c *Case) refusedQuestion() bool {
	return c.Exchange.Request.Method == "OPTIONS" && c.Status() >= 400 && c.says(saysCORSPreflight)
}
