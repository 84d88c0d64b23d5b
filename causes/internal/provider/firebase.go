package provider

// firebase: the messages of Identity Toolkit are codes (https://firebase.google.com/docs/reference/rest/auth#section-error-format),
// so are those of Cloud Messaging.
var firebase = API{
	name: "Firebase",
	means: []meaning{
		{"auth.invalid-credentials", "/password", "invalid_password invalid_login_credentials"},
		{"auth.invalid-credentials", "/email", "email_not_found"},
		{"auth.account-inactive", "", "user_disabled"},
		{"limit.rate", "", "too_many_attempts_try_later"},
		{"state.conflict", "/email", "email_exists"},
		{"state.conflict", "", "credential_already_in_use federated_user_id_already_linked"},
		{"auth.interaction-required", "", "credential_too_old_login_again"},
		{"auth.account-inactive", "", "password_login_disabled"},
		{"resource.not-found", "", "tenant_not_found"},
		{"resource.gone", "/message/token", "unregistered"},
		{"auth.wrong-tenant", "", "sender_id_mismatch mismatchsenderid"},
	},
}
