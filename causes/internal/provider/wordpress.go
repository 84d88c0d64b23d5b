package provider

// wordpress: the codes of its REST API (https://developer.wordpress.org/rest-api/).
var wordpress = API{
	name: "WordPress",
	means: []meaning{
		{"auth.csrf", "header:X-WP-Nonce", "rest_cookie_invalid_nonce"},
		{"auth.missing", "header:Authorization", "rest_not_logged_in"},
		{"auth.forbidden-role", "", "rest_forbidden rest_cannot_create rest_cannot_edit rest_cannot_delete rest_cannot_view rest_forbidden_context" +
			" rest_cannot_read rest_cannot_publish rest_user_cannot_view rest_cannot_assign_author rest_forbidden_status" +
			" rest_cannot_edit_roles rest_cannot_manage_templates"},
		{"auth.invalid-credentials", "header:Authorization", "incorrect_password invalid_username"},
		{"auth.account-inactive", "", "application_passwords_disabled"},
		{"resource.not-found", "path", "rest_post_invalid_id rest_term_invalid rest_user_invalid_id rest_comment_invalid_id"},
		{"route.unknown-path", "path", "rest_no_route"},
		{"resource.gone", "", "rest_already_trashed"},
		{"state.conflict", "", "term_exists existing_user_login existing_user_email comment_duplicate"},
		{"limit.rate", "", "comment_flood"},
	},
}
