package provider

// docusign: https://developers.docusign.com/docs/esign-rest-api/esign101/error-codes/.
var docusign = API{
	name: "DocuSign",
	means: []meaning{
		{"limit.quota", "", "envelope_allowance_exceeded"},
		{"limit.rate", "", "hourly_apiinvocation_limit_exceeded burst_apiinvocation_limit_exceeded"},
		{"auth.invalid-credentials", "", "partner_authentication_failed user_authentication_failed authorization_invalid_token"},
		{"auth.account-inactive", "", "account_has_been_suspended account_is_suspended"},
		{"auth.forbidden-role", "", "user_lacks_permissions user_lacks_membership account_lacks_permissions user_not_envelope_sender_or_recipient"},
		{"auth.wrong-tenant", "", "user_does_not_exist_in_system"},
		{"state.conflict", "", "envelope_invalid_status envelope_is_incomplete recipient_already_exists edit_lock_already_locked" +
			" edit_lock_not_lock_owner envelope_cannot_void_invalid_state"},
		{"resource.not-found", "", "envelope_does_not_exist template_not_found folder_does_not_exist"},
	},
}
