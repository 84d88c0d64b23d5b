package contract

import "github.com/faultline-http/faultline/internal/yaml"

// flows are the names that OpenAPI 3 gave the flows of OpenAPI 2.0.
var flows = map[string]string{
	"implicit":    "implicit",
	"password":    "password",
	"application": "clientCredentials",
	"accessCode":  "authorizationCode",
}

// scheme gives a Security Scheme Object the form of OpenAPI 3.
func (s *swagger) scheme(n *yaml.Node) *yaml.Node {
	at := n.Pos
	switch text(n, "type") {
	case "basic":
		out := object(at, newText(at, "type", "http"), newText(at, "scheme", "basic"))
		keep(out, n, "description")
		return out
	case "oauth2":
		flow := newObject(at)
		keep(flow, n, "authorizationUrl", "tokenUrl", "scopes")
		out := newObject(at)
		keep(out, n, "type", "description", "x-issuer", "x-audience")
		return set(out, "flows", object(at, newMember(orText(flows[text(n, "flow")], text(n, "flow")), flow)))
	}
	return n
}
