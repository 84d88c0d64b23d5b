package hop

import "github.com/faultline-http/faultline"

// NetScaler (Citrix ADC).
func init() {
	add(System{
		Name: "NetScaler", Kind: Balancer,
		Marks: []Mark{
			{Field: "via", Value: "ns-cache"},
			{Field: "set-cookie", Value: "nsc_"},
			{Field: "set-cookie", Value: "citrix_ns_id"},
			{Field: "cneonction"},
			{Field: "nncoection"},
			{Page: "http/1.1 service unavailable"},
			{Page: "appfw session id"},
		},
		Tells: []Tell{
			{Says: []string{"http/1.1 service unavailable"}, Cause: "gateway.no-upstream", Hint: "every service of the virtual server is down"},
			{Says: []string{"http/1.1 internal server error 43531", "http/1.1 internal server error 29"}, Cause: "gateway.bad-response"},
			{Says: []string{"appfw session id", "ns transaction id:"}, Cause: "security.waf-block"},
		},
		Log: Log{Where: "ns.log", Lines: map[faultline.Slug]string{"gateway.no-upstream": "STATE: DOWN", "security.waf-block": "APPFW"}},
	})
}
