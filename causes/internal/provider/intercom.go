package provider

// intercom: https://developers.intercom.com/docs/references/rest-api/errors/error-codes.
var intercom = API{
	name:  "Intercom",
	known: anySign(answersWith("Intercom-Version"), askedWith("Intercom-Version"), mentions("error.list")),
	means: []meaning{
		{"limit.rate", "", "rate_limit_exceeded"},
		{"auth.forbidden-role", "", "action_forbidden"},
		{"auth.account-inactive", "", "api_plan_restricted token_suspended token_blocked"},
		{"auth.token-revoked", "header:Authorization", "token_revoked"},
		{"auth.invalid-credentials", "header:Authorization", "token_unauthorized token_not_found unauthorized"},
		{"resource.not-found", "", "not_found company_not_found admin_not_found"},
		{"state.conflict", "", "conflict unique_user_constraint"},
	},
}
