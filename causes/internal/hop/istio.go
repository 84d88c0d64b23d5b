package hop

import "github.com/faultline-http/faultline"

// Istio's sidecars and gateways are Envoys that call themselves istio-envoy.
// https://istio.io/latest/docs/ops/common-problems/network-issues/
func init() {
	add(System{
		Name: "Istio", Kind: Mesh,
		Marks: []Mark{{Field: "server", Value: "istio-envoy"}},
		Tells: []Tell{
			{Status: 503, Says: []string{"no healthy upstream"}, Shared: true, Cause: "gateway.no-upstream"},
			{Status: 502, Says: []string{"direct response"}, Shared: true, Cause: "gateway.no-upstream", Hint: "BlackHoleCluster: the host is in no ServiceEntry"},
		},
		Log: Log{Where: "the access log of the sidecar (kubectl logs POD -c istio-proxy)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "response flags UF",
			"gateway.upstream-timeout": "response flags UT",
			"gateway.bad-response":     "response flags UC or UPE",
			"gateway.no-upstream":      "response flags UH or NC",
			"gateway.upstream-tls":     "upstream_transport_failure_reason TLS_error: mTLS on one side only",
			"route.gateway-no-match":   "response flags NR",
			"server.overloaded":        "response flags UO",
		}},
	})
}
