package hop

import "github.com/faultline-http/faultline"

// Netflix Zuul 1 in Spring Cloud.
func init() {
	add(System{
		Name: "Zuul", Kind: Gateway,
		Marks: []Mark{{Field: "x-application-context"}, {Page: "com.netflix.zuul*"}},
		Tells: []Tell{
			{Says: []string{"load balancer does not have available server for client"}, Cause: "gateway.no-upstream"},
			{Says: []string{"com.netflix.zuul.exception.zuul exception ~ timeout", `"message":"timeout"`}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Says: []string{"com.netflix.zuul.exception.zuul exception", "forwarding error"}, Shared: true, Cause: "gateway.bad-response"},
		},
		Log: Log{Where: "its log", Lines: map[faultline.Slug]string{
			"gateway.no-upstream":  "Load balancer does not have available server for client",
			"gateway.bad-response": "Caused by: behind com.netflix.zuul.exception.ZuulException",
		}},
	})
}
