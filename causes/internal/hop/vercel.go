package hop

import "github.com/faultline-http/faultline"

// Vercel names the error in X-Vercel-Error and on its page. https://vercel.com/docs/errors
func init() {
	add(System{
		Name: "Vercel", Kind: Edge,
		Marks: []Mark{
			{Field: "server", Value: "vercel"},
			{Field: "x-vercel-error", Means: Wrote},
			{Field: "x-vercel-mitigated", Means: Wrote},
			{Field: "x-vercel-*"},
			{Page: "vercel security checkpoint"},
		},
		Tells: []Tell{
			{Says: []string{"function invocation timeout", "edge function invocation timeout", "middleware invocation timeout", "router external target connection timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"function invocation failed", "edge function invocation failed", "middleware invocation failed"}, Cause: "server.exception", Hint: "the function threw an exception or exited"},
			{Says: []string{"no response from function", "body not a string from function", "function response payload too large", "middleware runtime deprecated"}, Cause: "gateway.bad-response"},
			{Says: []string{"router external target connection error", "router external target error"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"router external target handshake error"}, Cause: "gateway.upstream-tls"},
			{Says: []string{"dns hostname not found", "dns hostname resolve failed", "dns hostname resolved private", "dns hostname server error", "dns hostname empty"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"deployment not found", "the deployment could not be found on vercel"}, Cause: "route.gateway-no-match", At: "Host", Hint: "no deployment has this name"},
			{Says: []string{"deployment paused", "deployment disabled", "deployment blocked", "deployment deleted"}, Shared: true, Cause: "server.unavailable"},
			{Status: 404, Says: []string{"the page could not be found not found"}, Shared: true, Cause: "route.unknown-path"},
			{Says: []string{"function throttled"}, Cause: "server.overloaded"},
			{Says: []string{"infinite loop detected"}, Shared: true, Cause: "gateway.bad-response"},
			{Says: []string{"vercel security checkpoint"}, Cause: "security.waf-block", Hint: "a challenge that only browsers pass"},
		},
		Log: Log{Where: "the logs of the deployment", Lines: map[faultline.Slug]string{
			"gateway.upstream-timeout": "Vercel Runtime Timeout Error: Task timed out",
			"server.exception":         "the error and its stack, by the id on the page",
		}},
	})
}
