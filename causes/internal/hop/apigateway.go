package hop

import "github.com/faultline-http/faultline"

// Amazon API Gateway: the type of its error stands in x-amzn-ErrorType.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
func init() {
	add(System{
		Name: "Amazon API Gateway", Kind: Gateway,
		Marks: []Mark{
			{Field: "x-amz-apigw-id"},
			{Field: "apigw-requestid"},
			{Field: "x-amzn-remapped-*", Means: Behind},
		},
		Tells: []Tell{
			{Status: 403, Says: []string{"missing authentication token"}, Shared: true, Cause: "route.gateway-no-match", Hint: "so it answers a method and path that the stage does not have"},
			{Status: 404, Says: []string{`{"message":"not found"}`, `{"message": "not found"}`}, Shared: true, Cause: "route.gateway-no-match"},
			{Status: 404, Says: []string{"no method found matching route"}, Cause: "route.gateway-no-match"},
			{Status: 502, Says: []string{"internal server error"}, Shared: true, Cause: "gateway.bad-response", Hint: "the function failed, or its result has not the shape {statusCode, headers, body}"},
			{Status: 500, Says: []string{"internal server error"}, Shared: true, Cause: "gateway.bad-response", Hint: "the integration failed: no permission to call it, a failed mapping, or a function that failed"},
			{Status: 503, Says: []string{"service unavailable"}, Shared: true, Cause: "gateway.bad-response", Hint: "the integration failed or could not be reached"},
			{Status: 504, Says: []string{"endpoint request timed out"}, Cause: "gateway.upstream-timeout"},
			{Status: 504, Says: []string{"network error communicating with endpoint"}, Cause: "gateway.upstream-refused"},
			{Status: 500, Says: []string{"invalid permissions on lambda function"}, Cause: "gateway.bad-response"},
			{Status: 403, Says: []string{"waf filtered", "wafv2", "waf blocked"}, Shared: true, Cause: "security.waf-block"},
		},
		Log: Log{Where: "its execution log in CloudWatch", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "Execution failed due to an internal error: Network error communicating with endpoint",
			"gateway.upstream-timeout": "Execution failed due to a timeout error",
			"gateway.bad-response":     "Execution failed due to configuration error: Malformed Lambda proxy response",
			"gateway.upstream-dns":     "Execution failed due to configuration error: Invalid endpoint address",
			"gateway.upstream-tls":     "General SSLEngine problem",
			"route.gateway-no-match":   "nothing: unmatched calls are not in it; compare with the stage's resources",
		}},
	})
}
