package provider

// openai: https://platform.openai.com/docs/guides/error-codes; many servers of language models answer in its shape.
var openai = API{
	name:  "OpenAI",
	known: anySign(hasMembers("error/message", "error/type"), answersWith("OpenAI-*", "X-RateLimit-Limit-Tokens", "X-RateLimit-Limit-Requests")),
	means: []meaning{
		{"limit.quota", "", "insufficient_quota billing_hard_limit_reached credits_exhausted insufficient_credits insufficient_balance"},
		{"limit.rate", "", "rate_limit_exceeded requests tokens rate_limit_reached"},
		{"limit.complexity", "/messages", "context_length_exceeded"},
		{"limit.complexity", "/input", "max_tokens_per_request"},
		{"auth.invalid-credentials", "header:Authorization", "invalid_api_key incorrect_api_key"},
		{"auth.ip-blocked", "", "unsupported_country_region_territory ip_not_authorized"},
		{"auth.account-inactive", "", "account_deactivated billing_not_active access_terminated"},
		{"auth.wrong-tenant", "header:OpenAI-Organization", "mismatched_organization invalid_organization"},
		{"auth.wrong-tenant", "header:OpenAI-Project", "mismatched_project"},
		{"resource.not-found", "/model", "model_not_found"},
	},
}
