package hop

import "github.com/faultline-http/faultline"

// The nginx ingress controller of Kubernetes. https://kubernetes.github.io/ingress-nginx/user-
// guide/default-backend/
func init() {
	add(System{
		Name: "nginx ingress", Kind: Ingress,
		Marks: []Mark{{Page: "default backend 404"}},
		Tells: []Tell{
			{Status: 404, Says: []string{"default backend 404"}, Cause: "route.gateway-no-match", At: "Host", Hint: "no Ingress has this host and path"},
			{Status: 503, Says: []string{"service unavailable default backend"}, Cause: "gateway.no-upstream"},
		},
		Log: Log{Where: "the controller's log", Lines: map[faultline.Slug]string{
			"route.gateway-no-match": "[upstream-default-backend]",
			"gateway.no-upstream":    "Service ... does not have any active Endpoint",
		}},
	})
}
