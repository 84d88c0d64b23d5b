package provider

// dropbox: https://www.dropbox.com/developers/documentation/http/documentation#error-handling (.tag of the error).
var dropbox = API{
	name:  "Dropbox",
	known: anySign(answersWith("X-Dropbox-Request-Id", "X-Dropbox-Response-Origin"), hasMembers("error_summary")),
	means: []meaning{
		{"limit.rate", "", "too_many_requests too_many_write_operations"},
		{"limit.quota", "", "insufficient_space insufficient_quota"},
		{"auth.token-expired", "header:Authorization", "expired_access_token"},
		{"auth.invalid-credentials", "header:Authorization", "invalid_access_token"},
		{"auth.insufficient-scope", "header:Authorization", "missing_scope"},
		{"auth.account-inactive", "", "user_suspended"},
		{"auth.wrong-tenant", "", "invalid_select_user invalid_select_admin"},
		{"state.conflict", "", "conflict"},
		{"resource.not-found", "/path", "not_found"},
	},
}
