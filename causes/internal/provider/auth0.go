package provider

// auth0: https://auth0.com/docs/api/management/v2 (errorCode) and its authentication API (code).
var auth0 = API{
	name:  "Auth0",
	known: anySign(hasMembers("errorCode", "statusCode"), hasMembers("name", "code", "description"), hasMembers("error", "error_description"), hasMembers("mfa_token")),
	means: []meaning{
		{"limit.rate", "", "too_many_attempts"},
		{"limit.quota", "", "entity_limit_reached"},
		{"state.conflict", "", "user_exists username_exists auth0_idp_error organization_conflict"},
		{"resource.not-found", "", "inexistent_user inexistent_client inexistent_connection inexistent_organization inexistent_resource_server" +
			" inexistent_grant inexistent_role"},
		{"auth.invalid-credentials", "", "invalid_user_password"},
		{"auth.account-inactive", "", "blocked_user"},
		{"auth.interaction-required", "", "mfa_required a0.mfa_required a0.mfa_registration_required mfa_registration_required password_change_required" +
			" association_required password_leaked"},
	},
}
