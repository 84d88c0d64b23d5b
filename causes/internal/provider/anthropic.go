package provider

// anthropic: https://docs.anthropic.com/en/api/errors.
var anthropic = API{
	name:  "Anthropic",
	known: anySign(answersWith("Anthropic-*", "Request-Id"), askedWith("Anthropic-Version"), hasMembers("type", "error/type")),
	means: []meaning{
		{"limit.rate", "", "rate_limit_error"},
		{"auth.forbidden-role", "", "permission_error"},
		{"auth.account-inactive", "", "billing_error"},
		{"resource.not-found", "", "not_found_error"},
		{"content.too-large", "", "request_too_large"},
	},
}
