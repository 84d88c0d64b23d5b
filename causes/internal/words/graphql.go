package words

// What graphql-js and its relatives say about variables has the path of the fault in parts of its own.
var (
	variableField = compile(`Variable "\$(\w+)" got invalid value .*?(?: at "([\w.\[\]]+)")?; Field "(\w+)" of required type`)
	variable      = compile(`Variable "\$(\w+)" of (?:required|non-null) type "[^"]*" (?:was not provided|must not be null)`)
	noDocument    = compile(`(?i)must provide (?:an? )?(?:query string|document)|no (?:graphql )?query (?:document |string )?(?:was )?(?:supplied|provided|given|found)|non-empty .?query|missing (?:graphql )?query (?:string|document)|query string (?:is )?(?:missing|not present)`)
)

// graphQL returns the path of the field that a GraphQL server misses.
func graphQL(text string) (path []string, ok bool) {
	text = text[:min(len(text), maxSentence)]
	if variableField.matches(text) {
		m := variableField.re.FindStringSubmatch(text)
		path = []string{m[1]}
		if m[2] != "" {
			path, _ = split(m[2])
		}
		return append(append([]string{"variables"}, path...), m[3]), true
	}
	if variable.matches(text) {
		return []string{"variables", variable.re.FindStringSubmatch(text)[1]}, true
	}
	if noDocument.matches(text) {
		return []string{"query"}, true
	}
	return nil, false
}
