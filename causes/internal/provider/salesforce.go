package provider

// salesforce: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
// (exception codes and status codes of the API).
var salesforce = API{
	name:  "Salesforce",
	known: anySign(hasMembers("0/errorCode"), answersWith("Sforce-Limit-Info"), hasMembers("Envelope/Body/Fault"), pathHas("/services/data/", "/services/apexrest/")),
	means: []meaning{
		{"limit.quota", "", "request_limit_exceeded storage_limit_exceeded txn_security_metering_error license_limit_exceeded" +
			" mass_mail_limit_exceeded single_email_limit_exceeded"},
		{"limit.concurrency", "", "too_many_concurrent_requests concurrent_api_limit_exceeded"},
		{"limit.complexity", "", "query_too_complicated query_timeout exceeded_max_size_request exceeded_id_limit"},
		{"state.conflict", "", "duplicate_value duplicates_detected unable_to_lock_row entity_is_locked entity_is_deleted already_in_process" +
			" delete_failed duplicate_username duplicate_developer_name duplicate_external_id cannot_update_converted_lead" +
			" item_no_longer_active"},
		{"state.business-rule", "", "field_custom_validation_exception"},
		{"resource.not-found", "", "invalid_cross_reference_key invalid_id_field"},
		{"auth.invalid-credentials", "header:Authorization", "invalid_session_id invalid_login"},
		{"auth.account-inactive", "", "api_disabled_for_org api_currently_disabled org_locked inactive_user inactive_owner_or_user trial_expired" +
			" functionality_not_enabled"},
		{"auth.forbidden-role", "", "insufficient_access insufficient_access_or_readonly insufficient_access_on_cross_reference_entity" +
			" cannot_insert_update_activate_entity oauth_app_blocked no_access"},
		{"auth.ip-blocked", "", "login_must_use_security_token restricted_ip login_during_restricted_time login_during_restricted_domain"},
		{"auth.interaction-required", "", "expired_password password_expired login_challenge_issued login_challenge_pending"},
		{"auth.wrong-tenant", "", "unknown_org_exception unknown_org"},
	},
}
