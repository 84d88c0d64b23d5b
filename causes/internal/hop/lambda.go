package hop

import "github.com/faultline-http/faultline"

// AWS Lambda function URLs and the errors of functions that the services in front pass on.
func init() {
	add(System{
		Name: "AWS Lambda", Kind: Origin,
		Marks: []Mark{
			{Field: "x-amz-function-error", Means: Wrote},
			{Field: "x-amz-executed-version"},
		},
		Tells: []Tell{
			{Says: []string{"task timed out after"}, Cause: "gateway.upstream-timeout", Hint: "the function ran into its own limit"},
			{Says: []string{"runtime exited with error", "runtime exited without providing a reason", "runtime.exiterror"}, Cause: "server.exception"},
			{Status: 502, Says: []string{"internal server error"}, Shared: true, Cause: "server.exception"},
		},
		Log: Log{Where: "the function's log in CloudWatch", Lines: map[faultline.Slug]string{
			"gateway.upstream-timeout": "Task timed out after",
			"server.exception":         "ERROR Invoke Error, or Unhandled Promise Rejection",
		}},
	})
}
