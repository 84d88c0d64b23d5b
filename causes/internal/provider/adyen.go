package provider

// adyen: https://docs.adyen.com/development-resources/error-codes.
var adyen = API{
	name:  "Adyen",
	known: hasMembers("errorCode", "errorType", "status"),
	means: []meaning{
		{"auth.forbidden-role", "", "errorcode:010"},
		{"auth.wrong-tenant", "", "errorcode:901"},
		{"auth.invalid-credentials", "header:X-API-Key", "errorcode:000"},
		{"state.idempotency", "header:Idempotency-Key", "errorcode:704"},
		{"resource.not-found", "", "errorcode:800 errorcode:803"},
	},
}
