package words

import "github.com/faultline-http/faultline/causes/internal/pattern"

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
