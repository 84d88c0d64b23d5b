package provider

// matrix: https://spec.matrix.org/latest/client-server-api/#standard-error-response.
var matrix = API{
	name: "Matrix",
	means: []meaning{
		{"limit.rate", "", "m_limit_exceeded"},
		{"limit.quota", "", "m_resource_limit_exceeded"},
		{"auth.missing", "header:Authorization", "m_missing_token"},
		{"auth.invalid-credentials", "header:Authorization", "m_unknown_token"},
		{"auth.forbidden-role", "", "m_forbidden m_guest_access_forbidden m_cannot_leave_server_notice_room"},
		{"auth.account-inactive", "", "m_user_deactivated m_user_suspended m_user_locked"},
		{"auth.interaction-required", "", "m_consent_not_given"},
		{"state.conflict", "", "m_user_in_use m_room_in_use m_exclusive m_threepid_in_use m_wrong_room_keys_version m_duplicate_annotation"},
		{"resource.not-found", "", "m_not_found m_threepid_not_found"},
		{"route.unknown-path", "path", "m_unrecognized"},
		{"content.too-large", "", "m_too_large"},
	},
}
