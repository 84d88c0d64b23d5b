package provider

// quickbooks: https://developer.intuit.com/app/developer/qbo/docs/develop/troubleshooting/error-codes (Fault.Error[].code).
var quickbooks = API{
	name:  "QuickBooks",
	known: anySign(answersWith("Intuit_Tid"), hasMembers("Fault/Error")),
	means: []meaning{
		{"auth.forbidden-role", "", "code:5020 code:003100"},
		{"state.conflict", "", "code:5010 code:6240 code:6140 code:6210 code:6540"},
		{"resource.not-found", "", "code:610"},
		{"limit.rate", "", "code:3001 code:003001"},
		{"auth.account-inactive", "", "code:6190"},
		{"state.business-rule", "", "code:6070"},
	},
}
