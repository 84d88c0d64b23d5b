package hop

import "github.com/faultline-http/faultline"

// The API server of Kubernetes as a proxy to services and pods.
func init() {
	add(System{
		Name: "Kubernetes API server", Kind: Gateway,
		Marks: []Mark{{Field: "x-kubernetes-pf-*"}},
		Tells: []Tell{
			{Status: 503, Says: []string{"no endpoints available for service"}, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{"error trying to reach service"}, Vague: true, Cause: "gateway.upstream-refused"},
			{Status: 502, Says: []string{"error trying to reach service"}, Vague: true, Cause: "gateway.upstream-refused"},
			{Status: 503, Says: []string{"error trying to reach service ~ i/o timeout", "error trying to reach service ~ deadline"}, Cause: "gateway.upstream-timeout"},
		},
		Log: Log{Where: "kubectl get endpoints", Lines: map[faultline.Slug]string{"gateway.no-upstream": "an address for the service"}},
	})
}
