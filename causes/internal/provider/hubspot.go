package provider

// hubspot: category and errorType (https://developers.hubspot.com/docs/api-reference/error-handling).
var hubspot = API{
	name:  "HubSpot",
	known: anySign(answersWith("X-HubSpot-*"), hasMembers("correlationId", "category"), hasMembers("correlationId", "errorType")),
	means: []meaning{
		{"limit.rate", "", "rate_limit ten_secondly_rolling"},
		{"limit.quota", "", "daily"},
		{"auth.insufficient-scope", "header:Authorization", "missing_scopes"},
		{"auth.token-expired", "header:Authorization", "expired_authentication"},
		{"auth.invalid-credentials", "header:Authorization", "invalid_authentication"},
		{"state.conflict", "", "conflict contact_exists object_already_exists"},
		{"resource.not-found", "", "object_not_found contact_does_not_exist"},
		{"auth.forbidden-role", "", "user_does_not_have_permissions"},
	},
}
