package provider

// slack: the errors of each method, and https://api.slack.com/web#slack-web-api__errors.
var slack = API{
	name:  "Slack",
	known: anySign(answersWith("X-Slack-Req-Id", "X-Slack-Backend"), asksAs("Bearer xox"), hasMembers("ok", "error")),
	means: []meaning{
		{"limit.rate", "", "ratelimited rate_limited"},
		{"resource.not-found", "/channel", "channel_not_found"},
		{"resource.not-found", "/user", "user_not_found users_not_found"},
		{"resource.not-found", "/ts", "message_not_found"},
		{"resource.not-found", "", "file_not_found thread_not_found user_group_not_found subteam_not_found no_such_subteam team_not_found" +
			" reminder_not_found bookmark_not_found view_not_found list_not_found canvas_not_found"},
		{"resource.gone", "path", "method_deprecated deprecated_endpoint file_deleted"},
		{"auth.missing", "header:Authorization", "not_authed"},
		{"auth.invalid-credentials", "header:Authorization", "invalid_auth"},
		{"auth.token-revoked", "header:Authorization", "token_revoked"},
		{"auth.token-expired", "header:Authorization", "token_expired"},
		{"auth.account-inactive", "header:Authorization", "account_inactive"},
		{"auth.insufficient-scope", "header:Authorization", "missing_scope"},
		{"auth.scheme", "header:Authorization", "not_allowed_token_type"},
		{"auth.forbidden-role", "/channel", "not_in_channel restricted_action posting_to_general_channel_denied restricted_action_read_only_channel" +
			" restricted_action_thread_only_channel channel_is_limited_access"},
		{"auth.forbidden-role", "", "no_permission access_denied cant_update_message cant_delete_message not_admin user_is_restricted user_is_bot" +
			" ekm_access_denied cannot_dm_bot not_authorized restricted_action_thread_locked action_prohibited" +
			" method_not_supported_for_channel_type cant_kick_self"},
		{"auth.wrong-tenant", "", "team_access_not_granted org_login_required enterprise_is_restricted"},
		{"auth.interaction-required", "", "two_factor_setup_required accesslimited"},
		{"state.conflict", "/channel", "is_archived already_archived not_archived already_in_channel"},
		{"state.conflict", "", "name_taken already_reacted no_reaction already_pinned not_pinned duplicate_message_not_allowed edit_window_closed" +
			" is_inactive user_already_team_member already_invited already_in_team trigger_exchanged hash_conflict"},
	},
}
