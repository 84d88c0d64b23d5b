package provider

// box: https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/.
var box = API{
	name:  "Box",
	known: anySign(hasMembers("request_id", "code", "status"), mentions("developer.box.com", "developers.box.com")),
	means: []meaning{
		{"state.conflict", "", "item_name_in_use name_temporarily_reserved operation_blocked_temporary conflict folder_not_empty" +
			" user_login_already_used"},
		{"state.precondition", "header:If-Match", "precondition_failed"},
		{"resource.not-found", "path", "not_found"},
		{"resource.gone", "path", "trashed"},
		{"limit.rate", "", "rate_limit_exceeded"},
		{"limit.quota", "", "storage_limit_exceeded"},
		{"auth.forbidden-role", "", "access_denied_insufficient_permissions"},
		{"auth.ip-blocked", "", "access_from_location_blocked"},
		{"auth.interaction-required", "", "terms_of_service_required"},
	},
}
