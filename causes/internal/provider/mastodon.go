package provider

// mastodon answers with sentences; ActivityPub servers of other make have codes.
var mastodon = API{
	name:  "Mastodon",
	known: anySign(servedBy("Mastodon"), pathHas("/api/v1/statuses", "/api/v1/accounts")),
	means: []meaning{
		{"state.conflict", "", "err_taken"},
		{"state.business-rule", "", "err_blocked err_unreachable"},
	},
}
