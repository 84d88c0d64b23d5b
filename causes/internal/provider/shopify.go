package provider

// shopify: https://shopify.dev/docs/api/usage/response-codes and the codes of GraphQL's extensions.
var shopify = API{
	name:  "Shopify",
	known: anySign(answersWith("X-Shopify-API-Version", "X-Shopify-Shop-Api-Call-Limit", "X-ShopId", "X-Shopify-Stage"), askedWith("X-Shopify-Access-Token"), mentions("shopify")),
	means: []meaning{
		{"limit.rate", "", "throttled"},
		{"limit.complexity", "/query", "max_cost_exceeded"},
		{"auth.account-inactive", "", "shop_inactive"},
		{"state.conflict", "", "taken"},
		{"resource.not-found", "", "not_found resource_not_found"},
		{"auth.insufficient-scope", "header:X-Shopify-Access-Token", "access_denied"},
	},
}
