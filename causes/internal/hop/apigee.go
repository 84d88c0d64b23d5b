package hop

import "github.com/faultline-http/faultline"

// Apigee answers with a fault whose errorcode names the flow.
// https://cloud.google.com/apigee/docs/api-platform/troubleshoot/runtime/runtime-errors
func init() {
	add(System{
		Name: "Apigee", Kind: Gateway,
		Marks: []Mark{
			{Field: "server", Value: "apigee"},
			{Field: "x-apigee-*"},
			{Page: "messaging.adaptors.http.*"},
			{Page: "messaging.runtime.*"},
			{Page: `"faultstring":*`},
			{Page: "unable to identify proxy for host"},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{"unable to identify proxy for host", "messaging.adaptors.http.flow.application not found"}, Cause: "route.gateway-no-match"},
			{Says: []string{"messaging.runtime.route failed", "unable to route the message to a target endpoint"}, Cause: "route.gateway-no-match"},
			{Says: []string{"no active targets"}, Cause: "gateway.no-upstream"},
			{Says: []string{"target connect connection refused", "target connect host not reachable"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"target connect timeout", "target read timeout", "messaging.adaptors.http.flow.gateway timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"unexpected eof at target", "messaging.adaptors.http.flow.bad gateway", "unexpected eof:target", "error response code"}, Shared: true, Cause: "gateway.bad-response"},
			{Says: []string{"ssl handshake failed", "target connect ssl handshake failed"}, Shared: true, Cause: "gateway.upstream-tls"},
			{Says: []string{"dns lookup failed", "target connect unknown host"}, Shared: true, Cause: "gateway.upstream-dns"},
			{Status: 503, Says: []string{"the service is temporarily unavailable"}, Shared: true, Vague: true, Cause: "gateway.upstream-refused"},
			{Says: []string{"steps.javascript.script execution failed", "steps.java script.script execution failed", "steps.servicecallout.execution failed", "steps.extractvariables."}, Cause: "server.error"},
		},
		Log: Log{Where: "a debug session of the proxy", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "error.cause Connection refused",
			"gateway.upstream-timeout": "error.cause, target.latency",
			"route.gateway-no-match":   "no session starts: compare host, base path and deployed revision",
		}},
	})
}
