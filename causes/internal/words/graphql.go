package words

import (
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// graphqlJS is an error of graphql-js and its relatives: it has places in the document, and a path that
// is one of the answer. One that speaks of no variable is about the document.
// https://spec.graphql.org/October2021/#sec-Errors
var graphqlJS = dialect{
	name: "graphql-js",
	speaks: func(n *Node) bool {
		places := n.Get("locations")
		return places != nil && places.shape == aList && n.has("message")
	},
	amend: func(_ *Node, c *Complaint) {
		if c.Kind == Syntax || c.Kind == Type || c.Kind == Value {
			c.Document = !strings.Contains(c.Text, "ariable")
		}
	},
	inside: []string{"extensions"},
}

// hasura names the place in the document itself: "$.selectionSet.orders.args.limit".
// https://hasura.io/docs/2.0/api-reference/graphql-api/overview/
var hasura = dialect{
	name:   "Hasura",
	speaks: func(n *Node) bool { return n.has("message") && n.Get("extensions").has("path", "code") },
	amend: func(n *Node, c *Complaint) {
		c.Document = strings.HasPrefix(n.Get("extensions").Get("path").Text(), "$.selectionSet")
	},
	inside: []string{"extensions"},
}

// What graphql-js and its relatives say about variables has the path of the fault in parts of its own.
var (
	variableField = compile(`Variable "\$(\w+)" got invalid value .*?(?: at "([\w.\[\]]+)")?; Field "(\w+)" of required type`)
	variable      = compile(`Variable "\$(\w+)" of (?:required|non-null) type "[^"]*" (?:was not provided|must not be null)`)
	noDocument    = compile(`(?i)must provide (?:an? )?(?:query string|document)|no (?:graphql )?query (?:document |string )?(?:was )?(?:supplied|provided|given|found)|non-empty .?query|missing (?:graphql )?query (?:string|document)|query string (?:is )?(?:missing|not present)`)
)

// graphQL returns the path of the field that a GraphQL server misses.
func graphQL(line pattern.Line) (path []string, ok bool) {
	text := line.Text
	if m, ok := line.Find(variableField); ok {
		path = []string{m.Group(text, 1)}
		if at := m.Group(text, 2); at != "" {
			path, _ = split(at)
		}
		return append(append([]string{"variables"}, path...), m.Group(text, 3)), true
	}
	if m, ok := line.Find(variable); ok {
		return []string{"variables", m.Group(text, 1)}, true
	}
	if line.Matches(noDocument) {
		return []string{"query"}, true
	}
	return nil, false
}
