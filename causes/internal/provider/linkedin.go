package provider

// linkedin: https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling.
var linkedin = API{
	name:  "LinkedIn",
	known: anySign(answersWith("X-Li-*", "X-RestLi-Protocol-Version", "X-LinkedIn-*"), hasMembers("serviceErrorCode")),
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "serviceerrorcode:65600 invalid_access_token"},
		{"auth.token-expired", "header:Authorization", "expired_access_token serviceerrorcode:65602"},
		{"auth.token-revoked", "header:Authorization", "revoked_access_token serviceerrorcode:65601"},
		{"auth.missing", "header:Authorization", "empty_access_token serviceerrorcode:65604"},
		{"auth.forbidden-role", "", "serviceerrorcode:100 access_denied"},
		{"auth.account-inactive", "", "serviceerrorcode:65608"},
		{"limit.quota", "", "quota_exceeded"},
	},
}
