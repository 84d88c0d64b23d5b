package provider

// trello: https://developer.atlassian.com/cloud/trello/guides/rest-api/status-codes/.
var trello = API{
	name: "Trello",
	means: []meaning{
		{"limit.rate", "", "api_token_limit_exceeded api_key_limit_exceeded"},
	},
}
