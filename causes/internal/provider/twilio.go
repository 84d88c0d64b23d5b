package provider

// twilio: https://www.twilio.com/docs/api/errors; more_info leads to the page of each.
var twilio = API{
	name:  "Twilio",
	known: anySign(mentions("twilio.com"), answersWith("Twilio-*", "X-Twilio-*"), hasMembers("code", "more_info")),
	means: []meaning{
		{"limit.rate", "", "code:20429 code:14107 code:63018 code:30022 code:54009"},
		{"limit.quota", "", "code:63038 code:30023"},
		{"limit.concurrency", "", "code:10004"},
		{"auth.invalid-credentials", "header:Authorization", "code:20003"},
		{"auth.forbidden-role", "", "code:20403 code:70051"},
		{"auth.wrong-tenant", "header:Authorization", "code:20008"},
		{"auth.account-inactive", "", "code:20005 code:10001 code:30002 code:90010"},
		{"auth.ip-blocked", "", "code:21408 code:60410 code:32205"},
		{"resource.not-found", "", "code:20404"},
		{"state.conflict", "", "code:20409 code:21220 code:54301 code:54208 code:50404 code:50433"},
		{"state.business-rule", "", "code:21608 code:21610 code:21612 code:21614 code:30003 code:30004 code:30005 code:30006 code:30007 code:30034" +
			" code:63016 code:21219 code:21216 code:21215"},
	},
}
