package provider

// plaid: https://plaid.com/docs/errors/ (error_code).
var plaid = API{
	name:  "Plaid",
	known: hasMembers("error_type", "error_code", "request_id"),
	means: []meaning{
		{"limit.rate", "", "rate_limit accounts_limit auth_limit balance_limit identity_limit item_get_limit transactions_limit" +
			" transactions_sync_limit addition_limit"},
		{"auth.invalid-credentials", "", "invalid_api_keys"},
		{"auth.invalid-credentials", "/access_token", "invalid_access_token invalid_public_token"},
		{"auth.interaction-required", "/access_token", "item_login_required pending_expiration user_setup_required mfa_not_supported insufficient_credentials"},
		{"auth.forbidden-role", "", "access_not_granted invalid_product"},
		{"auth.account-inactive", "", "item_locked item_not_supported"},
		{"auth.wrong-tenant", "", "unauthorized_environment"},
		{"state.conflict", "", "product_not_ready transactions_sync_mutation_during_pagination"},
		{"resource.not-found", "", "item_not_found institution_not_found no_accounts"},
	},
}
