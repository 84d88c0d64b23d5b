package hop

import "github.com/faultline-http/faultline"

// The router of OpenShift is a HAProxy with a page of its own.
func init() {
	add(System{
		Name: "OpenShift router", Kind: Ingress,
		Marks: []Mark{{Page: "the application is currently not serving requests at this endpoint"}},
		Tells: []Tell{{Status: 503, Says: []string{"the application is currently not serving requests at this endpoint"}, Cause: "gateway.no-upstream", Hint: "the route does not exist, or no pod of its service is ready"}},
		Log:   Log{Where: "oc get route,endpoints", Lines: map[faultline.Slug]string{"gateway.no-upstream": "a route for the host, and endpoints that are ready"}},
	})
}
