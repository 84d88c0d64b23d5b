package provider

// zendesk: https://developer.zendesk.com/api-reference/introduction/requests/ and the errors of its resources.
var zendesk = API{
	name:  "Zendesk",
	known: anySign(answersWith("X-Zendesk-*"), hasMembers("error", "description")),
	means: []meaning{
		{"resource.not-found", "path", "recordnotfound"},
		{"state.conflict", "", "duplicatevalue databaseconflict"},
		{"auth.forbidden-role", "", "forbidden"},
	},
}
