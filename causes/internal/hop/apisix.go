package hop

import "github.com/faultline-http/faultline"

// Apache APISIX is built on OpenResty. apisix/init.lua and core/response of its source.
func init() {
	add(System{
		Name: "APISIX", Kind: Gateway,
		Marks: []Mark{
			{Field: "server", Value: "apisix"},
			{Field: "x-apisix-*"},
			{Page: "powered by apisix"},
		},
		Tells: []Tell{
			{Status: 404, Says: []string{`"error msg":"404 route not found"`, "404 route not found"}, Cause: "route.gateway-no-match"},
			{Says: []string{"failed to find upstream", "missing upstream configuration in route or service", "no valid upstream node"}, Cause: "gateway.no-upstream"},
			{Says: []string{"no healthy upstream node", "all upstream servers tried"}, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{"503 service temporarily unavailable openresty"}, Shared: true, Cause: "gateway.no-upstream"},
			{Status: 503, Says: []string{"failed to parse domain", "failed to query the dns"}, Cause: "gateway.upstream-dns"},
		},
		Log: Log{Where: "its error log (logs/error.log)", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "connect() failed (111: Connection refused)",
			"gateway.upstream-timeout": "upstream timed out (110: Connection timed out)",
			"gateway.bad-response":     "upstream prematurely closed connection",
			"gateway.no-upstream":      "failed to pick server: no valid upstream node",
		}},
	})
}
