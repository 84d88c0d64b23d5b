package provider

// zoom: https://developers.zoom.us/docs/api/errors/ ({"code":124,"message":...}).
var zoom = API{
	name:  "Zoom",
	known: anySign(answersWith("X-Zm-*"), pathHas("/v2/users/", "/v2/meetings/")),
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "code:124"},
		{"auth.forbidden-role", "", "code:200"},
		{"auth.insufficient-scope", "header:Authorization", "code:4711"},
		{"resource.not-found", "path", "code:1001 code:3001"},
		{"state.conflict", "", "code:1005"},
		{"limit.rate", "", "code:429"},
	},
}
