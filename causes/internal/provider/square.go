package provider

// square: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors.
var square = API{
	name:  "Square",
	known: anySign(hasMembers("errors/0/category"), answersWith("Square-Version")),
	means: []meaning{
		{"limit.rate", "", "rate_limited rate_limit_error"},
		{"resource.not-found", "", "not_found"},
		{"state.conflict", "", "conflict version_mismatch"},
		{"state.idempotency", "/idempotency_key", "idempotency_key_reused"},
		{"state.business-rule", "/source_id", "card_declined insufficient_funds cvv_failure address_verification_failure invalid_expiration card_expired" +
			" generic_decline transaction_limit voice_failure pan_failure expiration_failure payment_limit_exceeded" +
			" card_not_supported payment_method_error refund_already_pending refund_amount_invalid" +
			" card_declined_verification_required card_declined_call_issuer allowable_pin_tries_exceeded"},
		{"auth.token-expired", "header:Authorization", "access_token_expired"},
		{"auth.token-revoked", "header:Authorization", "access_token_revoked"},
		{"auth.insufficient-scope", "header:Authorization", "insufficient_scopes"},
		{"auth.forbidden-role", "", "forbidden insufficient_permissions"},
		{"auth.account-inactive", "", "client_disabled merchant_subscription_not_found account_unusable"},
	},
}
