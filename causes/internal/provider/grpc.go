package provider

// grpc are the canonical status codes, by name and by number of Grpc-Status
// (https://grpc.io/docs/guides/status-codes/). They say the sort of a cause, seldom the cause.
var grpc = API{
	name:  "",
	loose: true,
	means: []meaning{
		{"resource.not-found", "", "not_found grpc-status:5"},
		{"state.conflict", "", "already_exists aborted grpc-status:6 grpc-status:10"},
		{"limit.rate", "", "resource_exhausted grpc-status:8"},
		{"auth.forbidden-role", "", "permission_denied grpc-status:7"},
	},
}
