package hop

import "github.com/faultline-http/faultline"

// Google Cloud Run, App Engine and Cloud Functions. https://cloud.google.com/run/docs/troubleshooting
func init() {
	add(System{
		Name: "Google Cloud Run", Kind: Edge,
		Marks: []Mark{
			{Field: "x-cloud-trace-context", Means: Passed},
			{Field: "function-execution-id"},
			{Field: "x-appengine-*"},
		},
		Tells: []Tell{
			{Says: []string{"the request was aborted because there was no available instance"}, Cause: "server.overloaded"},
			{Status: 429, Says: []string{"rate exceeded."}, Shared: true, Cause: "server.overloaded", Hint: "no instance was free: the service is at its most instances"},
			{Says: []string{"the http response was malformed or connection to the instance had an error"}, Cause: "gateway.bad-response"},
			{Says: []string{"the request has been terminated because it has reached the maximum request timeout"}, Cause: "gateway.upstream-timeout"},
			{Status: 500, Says: []string{"error: server error the server encountered an error and could not complete your request"}, Cause: "server.error"},
		},
		Log: Log{Where: "the service's log", Lines: map[faultline.Slug]string{
			"gateway.upstream-timeout": "The request has been terminated because it has reached the maximum request timeout",
			"server.overloaded":        "no available instance",
		}},
	})
}
