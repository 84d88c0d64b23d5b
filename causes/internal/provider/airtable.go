package provider

// airtable: https://airtable.com/developers/web/api/errors.
var airtable = API{
	name:  "Airtable",
	known: anySign(answersWith("Airtable-*", "X-Airtable-*"), servedBy("Tengine"), mentions("airtable")),
	means: []meaning{
		{"limit.rate", "", "too_many_requests rate_limit_reached"},
		{"limit.quota", "", "public_api_billing_limit_exceeded billing_limit_exceeded"},
		{"auth.missing", "header:Authorization", "authentication_required"},
		{"auth.invalid-credentials", "header:Authorization", "unauthorized"},
		{"auth.forbidden-role", "", "invalid_permissions"},
		{"resource.hidden", "path", "invalid_permissions_or_model_not_found"},
		{"resource.not-found", "path", "not_found table_not_found model_id_not_found row_does_not_exist"},
	},
}
