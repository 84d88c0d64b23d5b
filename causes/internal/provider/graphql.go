package provider

// graphql are the codes that GraphQL servers give in extensions.code (Apollo Server, Yoga, Hot Chocolate, graphql-ruby).
var graphql = API{
	name:  "",
	loose: true,
	means: []meaning{
		{"limit.complexity", "/query", "query_too_complex complexity_limit_exceeded query_complexity_exceeded depth_limit_exceeded max_query_depth_exceeded" +
			" max_complexity_exceeded hc0047 cost_limit_exceeded operation_limits_exceeded query_cost_exceeded max_depth_exceeded" +
			" query_too_deep max_operation_complexity operation_complexity"},
		{"auth.forbidden-role", "", "auth_not_authorized forbidden"},
	},
}
