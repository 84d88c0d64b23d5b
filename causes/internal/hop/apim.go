package hop

import "github.com/faultline-http/faultline"

// Azure API Management. https://learn.microsoft.com/en-us/azure/api-management/api-management-error-
// handling-policies
func init() {
	add(System{
		Name: "Azure API Management", Kind: Gateway,
		Marks: []Mark{
			{Field: "ocp-apim-*"},
			{Field: "apim-*"},
			{Field: "request-context", Value: "appid=cid-v1", Means: Passed},
			{Page: "due to missing subscription key ~ subscription key"},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{`"status code": 404, "message": "resource not found"`, `"status code":404,"message":"resource not found"`, `"status code": 404, "message": "unable to match incoming request to an operation`}, Cause: "route.gateway-no-match"},
			{Says: []string{"unable to match incoming request to an operation", "unable to match incoming request to an api"}, Cause: "route.gateway-no-match"},
			{Says: []string{"backend connection failure"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"error occurred while calling backend service"}, Cause: "gateway.bad-response"},
			{Status: 500, Says: []string{`"message": "internal server error", "activity id"`, `"message":"internal server error","activity id"`}, Cause: "gateway.bad-response", Hint: "a policy failed, or the backend could not be reached"},
		},
		Log: Log{Where: "a trace of the call, or GatewayLogs", Lines: map[faultline.Slug]string{
			"route.gateway-no-match":   "OperationNotFound",
			"gateway.upstream-refused": "BackendConnectionFailure",
			"gateway.bad-response":     "the activityId of the answer",
		}},
	})
}
