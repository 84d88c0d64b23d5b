package provider

// common are names that many APIs made up alike. What a name means wherever it is used stands here.
var common = API{
	name:  "",
	loose: true,
	means: []meaning{
		{"limit.rate", "", "rate_limited ratelimited rate_limit_exceeded rate_limit too_many_requests toomanyrequests throttled rate_limit_error" +
			" ratelimitexceeded err_too_many_requests rate_limit_reached request_rate_too_large rate_exceeded too_many_attempts" +
			" request_limit_exceeded"},
		{"limit.quota", "", "quota_exceeded quotaexceeded insufficient_quota usage_limit_reached usage_limit_exceeded plan_limit_reached" +
			" plan_limit_exceeded insufficient_credits out_of_credits no_credits credits_exhausted daily_limit_exceeded" +
			" monthly_limit_exceeded quota_exhausted daily_quota_exceeded monthly_quota_exceeded monthly_limit_reached" +
			" daily_limit_reached credit_limit_reached insufficient_credit storage_quota_exceeded over_quota account_quota_exceeded" +
			" free_tier_exceeded trial_limit_reached"},
		{"limit.concurrency", "", "concurrency_limit_exceeded too_many_concurrent_requests concurrent_limit_exceeded concurrency_limit" +
			" concurrency_limit_reached concurrent_requests_limit max_concurrency_reached too_many_connections" +
			" too_many_concurrent_connections"},
		{"limit.complexity", "", "batch_too_large too_many_items_in_batch query_too_large page_size_too_large"},
		{"state.conflict", "", "conflict already_exists alreadyexists resource_already_exists duplicate duplicate_entry duplicate_key resource_exists" +
			" record_exists entity_already_exists email_already_exists email_taken username_taken user_already_exists name_taken" +
			" name_already_exists version_conflict concurrent_modification edit_conflict invalid_state invalid_state_transition" +
			" invalid_status_transition illegal_state resource_locked locked already_processed already_completed already_cancelled" +
			" already_canceled not_unique unique_violation unique_constraint optimistic_lock stale_object resource_conflict" +
			" user_exists email_exists account_exists slug_taken duplicate_email duplicate_resource already_registered already_member" +
			" operation_in_progress resource_in_use invalid_transition optimistic_lock_error"},
		{"state.precondition", "", "precondition_failed etag_mismatch if_match_failed precondition_required preconditionfailed if_match_required"},
		{"state.idempotency", "header:Idempotency-Key", "idempotency_error idempotency_key_reused idempotency_conflict idempotency_key_conflict idempotency_key_mismatch" +
			" idempotency_key_in_use idempotency_key_required missing_idempotency_key idempotency_key_missing" +
			" duplicate_idempotency_key idempotent_request_mismatch idempotency_key_already_used idempotency_parameter_mismatch" +
			" invalid_idempotency_key"},
		{"state.business-rule", "", "card_declined payment_declined insufficient_funds insufficient_balance out_of_stock payment_failed" +
			" business_rule_violation insufficient_inventory minimum_amount_not_met order_limit_exceeded not_enough_balance" +
			" domain_rule_violation business_error not_eligible"},
		{"resource.not-found", "", "resource_not_found record_not_found object_not_found entity_not_found item_not_found user_not_found not_found_error" +
			" does_not_exist no_such_object resourcenotfound recordnotfound entitynotfound order_not_found customer_not_found" +
			" product_not_found document_not_found file_not_found account_not_found project_not_found"},
		{"route.api-version", "", "invalidversion invalid_version invalid_api_version invalidapiversion unsupported_version unsupported_api_version" +
			" version_not_supported unknown_version api_version_not_supported missing_api_version apiversionunspecified deprecated_api_version"},
		{"resource.gone", "", "resource_gone gone resource_deleted endpoint_removed endpoint_retired"},
		{"auth.forbidden-role", "", "insufficient_permissions insufficient_privileges role_required admin_required not_owner permission_required" +
			" insufficient_role permission_error not_an_admin admin_only"},
		{"auth.wrong-tenant", "", "tenant_mismatch wrong_tenant organization_mismatch org_mismatch workspace_mismatch wrong_environment" +
			" environment_mismatch account_mismatch invalid_tenant livemode_mismatch wrong_workspace project_mismatch"},
		{"auth.account-inactive", "", "account_suspended account_disabled account_inactive user_disabled subscription_expired subscription_inactive" +
			" subscription_required account_locked payment_required trial_expired account_blocked user_suspended user_blocked" +
			" account_deactivated user_inactive account_closed tenant_suspended billing_required plan_expired user_deactivated" +
			" api_disabled feature_not_enabled license_expired"},
		{"auth.interaction-required", "", "mfa_required two_factor_required otp_required interaction_required consent_required password_change_required" +
			" email_not_verified sso_required 2fa_required step_up_required insufficient_user_authentication" +
			" email_verification_required password_expired terms_not_accepted mfa_setup_required totp_required login_challenge" +
			" reauthentication_required user_not_verified"},
		{"auth.request-signature", "", "invalid_signature signature_invalid signature_mismatch signature_verification_failed bad_signature invalid_hmac" +
			" signature_does_not_match hmac_mismatch signature_not_match sign_error signature_error invalid_sign"},
		{"auth.ip-blocked", "", "ip_not_allowed ip_not_whitelisted ip_blocked ip_address_not_allowed ip_restricted ip_not_allowlisted country_blocked" +
			" region_not_supported ip_address_blocked geo_blocked invalid_ip ip_denied ip_forbidden unsupported_country" +
			" ip_not_authorized"},
		{"auth.csrf", "", "csrf_failed csrf_token_invalid invalid_csrf_token csrf_token_missing csrf_error ebadcsrftoken csrf_token_mismatch" +
			" missing_csrf_token csrf_mismatch bad_csrf_token csrf_missing csrf_validation_failed fst_csrf_missing_secret" +
			" fst_csrf_invalid_token"},
	},
}
