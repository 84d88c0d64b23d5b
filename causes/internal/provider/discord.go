package provider

// discord: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
var discord = API{
	name:  "Discord",
	known: anySign(asksAs("Bot "), answersWith("X-RateLimit-Scope", "X-RateLimit-Global"), pathHas("/api/v9/", "/api/v10/", "/api/webhooks/")),
	means: []meaning{
		{"resource.not-found", "path", "code:10001 code:10002 code:10003 code:10004 code:10006 code:10007 code:10008 code:10009 code:10011 code:10013" +
			" code:10014 code:10015 code:10026 code:10028 code:10050 code:10056 code:10057 code:10059 code:10060 code:10062" +
			" code:10063 code:10065 code:10066 code:10070 code:10087 code:10097"},
		{"auth.forbidden-role", "", "code:50001 code:50013 code:20001 code:20002 code:20009 code:20012 code:20018 code:50003 code:50005 code:50021"},
		{"auth.invalid-credentials", "header:Authorization", "code:50014"},
		{"auth.interaction-required", "", "code:40002 code:60003"},
		{"limit.rate", "", "code:20016 code:20022 code:20028 code:20029 code:31001 code:31002 code:40062"},
		{"limit.quota", "", "code:30001 code:30003 code:30005 code:30007 code:30008 code:30010 code:30013 code:30016 code:30018 code:30030" +
			" code:30032 code:30039 code:30040 code:30046"},
		{"state.conflict", "", "code:40032 code:40033 code:40041 code:40060 code:40061 code:50083 code:50024 code:160004 code:160006"},
		{"state.business-rule", "", "code:50007 code:50034"},
		{"content.too-large", "", "code:40005"},
	},
}
