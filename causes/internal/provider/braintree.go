package provider

// braintree: https://developer.paypal.com/braintree/graphql/guides/making_api_calls/ (errorClass).
var braintree = API{
	name:  "Braintree",
	known: hasMembers("errors/0/extensions/errorClass"),
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "authentication"},
		{"auth.forbidden-role", "", "authorization"},
		{"resource.not-found", "", "not_found"},
		{"limit.rate", "", "resource_limit"},
	},
}
