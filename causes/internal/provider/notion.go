package provider

// notion: https://developers.notion.com/reference/status-codes.
var notion = API{
	name:  "Notion",
	known: anySign(askedWith("Notion-Version"), hasMembers("object", "code", "status")),
	means: []meaning{
		{"limit.rate", "", "rate_limited"},
		{"resource.hidden", "path", "object_not_found"},
		{"auth.forbidden-role", "", "restricted_resource"},
		{"auth.invalid-credentials", "header:Authorization", "unauthorized"},
		{"state.conflict", "", "conflict_error"},
	},
}
