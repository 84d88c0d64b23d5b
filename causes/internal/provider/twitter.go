package provider

// twitter numbers its errors (https://developer.x.com/en/support/x-api/error-troubleshooting); version 2 names them by type.
var twitter = API{
	name:  "Twitter",
	known: anySign(answersWith("X-Connection-Hash", "X-Transaction-Id", "X-Rate-Limit-Limit", "X-Twitter-Response-Tags"), servedBy("tsa"), mentions("api.twitter.com", "api.x.com")),
	means: []meaning{
		{"limit.rate", "", "code:88"},
		{"limit.quota", "", "code:185 usage-capped usagecapexceeded code:344 code:161"},
		{"resource.not-found", "", "code:34 code:17 code:50 code:144 code:109 code:8 code:13 resource-not-found code:421"},
		{"resource.hidden", "", "code:179 not-authorized-for-resource"},
		{"state.conflict", "", "code:139 code:160 code:187 code:327"},
		{"auth.invalid-credentials", "header:Authorization", "code:32 code:89 code:99"},
		{"auth.missing", "header:Authorization", "code:215"},
		{"auth.clock-skew", "", "code:135"},
		{"auth.account-inactive", "", "code:64 code:326 code:63 client-forbidden code:416 code:453 client-not-enrolled"},
		{"auth.forbidden-role", "", "code:220 code:87 code:93 code:261 code:385 code:433 code:136 code:162"},
		{"auth.interaction-required", "", "code:231 code:243"},
	},
}
