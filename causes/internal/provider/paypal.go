package provider

// paypal: https://developer.paypal.com/api/rest/responses/ and the issues of the orders API.
var paypal = API{
	name:  "PayPal",
	known: anySign(answersWith("Paypal-Debug-Id"), hasMembers("debug_id")),
	means: []meaning{
		{"limit.rate", "", "rate_limit_reached"},
		{"resource.not-found", "", "resource_not_found invalid_resource_id"},
		{"state.conflict", "", "resource_conflict order_already_captured order_already_authorized order_already_completed" +
			" authorization_already_captured authorization_voided capture_fully_refunded duplicate_transaction order_not_approved" +
			" order_completed_or_voided previously_captured previously_voided subscription_status_invalid"},
		{"state.idempotency", "header:PayPal-Request-Id", "duplicate_request_id previous_request_in_progress"},
		{"state.business-rule", "", "instrument_declined payer_cannot_pay transaction_refused payer_account_restricted compliance_violation card_expired" +
			" payee_account_restricted insufficient_funds max_number_of_payment_attempts_exceeded refund_not_allowed" +
			" refund_amount_exceeded duplicate_invoice_id payer_action_required domestic_transaction_required" +
			" transaction_limit_exceeded max_capture_amount_exceeded currency_not_supported_for_country payee_blocked_transaction" +
			" refund_time_limit_exceeded partial_refund_not_allowed"},
		{"auth.forbidden-role", "", "not_authorized permission_denied"},
		{"auth.account-inactive", "", "payee_account_locked_or_closed payer_account_locked_or_closed"},
	},
}
