package provider

// cloudflare are the numbers of its API (https://developers.cloudflare.com/fundamentals/api/troubleshooting/), not those of its edge.
var cloudflare = API{
	name:  "Cloudflare",
	known: hasMembers("success", "errors/0/code", "messages"),
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "code:9109 code:9103"},
		{"auth.missing", "header:Authorization", "code:9106 code:10001"},
		{"auth.scheme", "header:Authorization", "code:6111 code:6003"},
		{"resource.not-found", "", "code:81044 code:1001 code:1049 code:10007 code:10006"},
		{"state.conflict", "", "code:81057 code:81053 code:81058 code:1061 code:1062 code:81054 code:10004"},
		{"limit.rate", "", "code:971 code:10429"},
		{"limit.quota", "", "code:81045"},
	},
}
