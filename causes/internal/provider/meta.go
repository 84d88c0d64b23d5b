package provider

// meta numbers the errors of the Graph API (https://developers.facebook.com/docs/graph-api/guides/error-handling)
// and of WhatsApp (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
var meta = API{
	name:  "Meta",
	known: anySign(hasMembers("error/fbtrace_id"), answersWith("X-FB-Trace-ID", "X-FB-Rev"), hasMembers("error/code", "error/type")),
	means: []meaning{
		{"limit.rate", "", "code:4 code:17 code:32 code:613 code:80001 code:80002 code:80003 code:80004 code:80005 code:80006 code:80008 code:80009" +
			" code:80014 code:130429 code:131048 code:131056"},
		{"limit.quota", "", "code:341"},
		{"limit.complexity", "", "error_subcode:1487534 error_subcode:99"},
		{"resource.not-found", "", "code:803"},
		{"resource.hidden", "path", "error_subcode:33"},
		{"state.conflict", "", "code:506"},
		{"state.business-rule", "", "code:131047 code:131026 code:131049"},
		{"auth.token-expired", "query:access_token", "error_subcode:463"},
		{"auth.token-revoked", "query:access_token", "error_subcode:458 error_subcode:460 error_subcode:467"},
		{"auth.interaction-required", "", "error_subcode:459 error_subcode:464 error_subcode:490"},
		{"auth.forbidden-role", "", "code:200 code:10 code:294 code:299 code:131005"},
		{"auth.account-inactive", "", "code:368 code:131031 code:131042"},
	},
}
