package causes

// trello: https://developer.atlassian.com/cloud/trello/guides/rest-api/status-codes/.
var trello = provider{
	name: "Trello",
	means: []meaning{
		{"limit.rate", "", "api_token_limit_exceeded api_key_limit_exceeded"},
	},
}
