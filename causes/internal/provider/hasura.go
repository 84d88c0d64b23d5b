package provider

// hasura: https://hasura.io/docs/2.0/api-reference/errors/ (extensions.code).
var hasura = API{
	name:  "Hasura",
	known: anySign(askedWith("X-Hasura-*"), hasMembers("errors/0/extensions/code", "errors/0/extensions/path"), hasMembers("code", "path", "error")),
	means: []meaning{
		{"state.conflict", "", "constraint-violation already-exists conflict"},
		{"auth.forbidden-role", "", "permission-error permission-denied"},
		{"auth.invalid-credentials", "header:X-Hasura-Admin-Secret", "access-denied"},
		{"limit.rate", "", "rate-limit-exceeded"},
		{"limit.complexity", "/query", "node-limit-exceeded depth-limit-exceeded"},
	},
}
