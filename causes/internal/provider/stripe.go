package provider

// stripe: https://docs.stripe.com/error-codes and https://docs.stripe.com/declines/codes.
var stripe = API{
	name:  "Stripe",
	known: anySign(answersWith("Stripe-Version", "Stripe-Account"), mentions("stripe.com"), hasMembers("error/type")),
	means: []meaning{
		{"limit.rate", "", "rate_limit"},
		{"limit.concurrency", "", "lock_timeout"},
		{"state.idempotency", "header:Idempotency-Key", "idempotency_error idempotency_key_in_use"},
		{"resource.not-found", "", "resource_missing"},
		{"state.conflict", "", "resource_already_exists payment_intent_unexpected_state setup_intent_unexpected_state charge_already_captured" +
			" charge_already_refunded invoice_not_editable payment_method_unexpected_state charge_disputed bank_account_exists" +
			" token_already_used"},
		{"state.business-rule", "", "card_error card_declined insufficient_funds expired_card incorrect_cvc incorrect_number processing_error" +
			" balance_insufficient amount_too_large amount_too_small charge_exceeds_transaction_limit" +
			" payment_intent_authentication_failure authentication_required payment_method_provider_decline bank_account_declined" +
			" debit_not_authorized do_not_honor generic_decline lost_card stolen_card fraudulent instant_payouts_unsupported" +
			" invoice_no_payment_method_types payouts_limit_exceeded transfers_not_allowed invoice_no_customer_line_items" +
			" refund_disputed_payment customer_max_payment_methods payment_method_customer_decline"},
		{"auth.token-expired", "header:Authorization", "api_key_expired platform_api_key_expired"},
		{"auth.wrong-tenant", "header:Authorization", "livemode_mismatch testmode_charges_only"},
		{"auth.forbidden-role", "", "secret_key_required account_invalid"},
	},
}
