package provider

// github names its errors rarely by code: errors[].code of a 422 and the types of GraphQL
// (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
var github = API{
	name:  "GitHub",
	known: anySign(answersWith("X-GitHub-Request-Id", "X-GitHub-Media-Type"), servedBy("github.com"), mentions("docs.github.com")),
	means: []meaning{
		{"limit.rate", "", "rate_limited graphql_rate_limit"},
		{"limit.complexity", "/query", "max_node_limit_exceeded node_limit_exceeded resource_limits_exceeded"},
		{"state.conflict", "", "already_exists"},
		{"auth.insufficient-scope", "header:Authorization", "insufficient_scopes"},
		{"auth.forbidden-role", "", "forbidden"},
	},
	hides: []string{"/repos/", "/orgs/", "/teams/", "/projects/"},
}
