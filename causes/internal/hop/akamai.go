package hop

import "github.com/faultline-http/faultline"

// Akamai gives each of its error pages a reference whose first number is the kind of error.
// https://techdocs.akamai.com/property-mgr/docs/error-codes
func init() {
	add(System{
		Name: "Akamai", Kind: Edge,
		Marks: []Mark{
			{Field: "server", Value: "akamaighost", Means: Wrote},
			{Field: "server", Value: "akamainetstorage"},
			{Field: "x-akamai-*"},
			{Field: "akamai-*"},
			{Field: "x-cache", Value: "akamaitechnologies"},
			{Field: "x-cache", Value: "(akamai"},
			{Field: "set-cookie", Value: "ak_bmsc"},
			{Field: "set-cookie", Value: "_abck"},
			{Page: "errors.edgesuite.net"},
			{Page: "reference #*"},
		},
		Tells: []Tell{
			{Status: 403, Says: []string{"you don't have permission to access ~ reference #*", "access denied you don't have permission to access*", "errors.edgesuite.net"}, Shared: true, Cause: "security.waf-block"},
			{Status: 503, Says: []string{"dns failure"}, Shared: true, Cause: "gateway.upstream-dns"},
			{Status: 503, Says: []string{"zero size object", "in header read", "bad chunking"}, Shared: true, Cause: "gateway.bad-response"},
			{Status: 503, Says: []string{"fail to connect", "service unavailable fail to connect"}, Shared: true, Cause: "gateway.upstream-refused"},
			{Status: 504, Says: []string{"gateway timeout in read", "gateway timeout in connect", "the proxy server did not receive a timely response from the upstream server"}, Cause: "gateway.upstream-timeout"},
			{Status: 503, Says: []string{"the server is temporarily unable to service your request. please try again later"}, Shared: true, Vague: true, Cause: "gateway.bad-response"},
			{Status: 400, Says: []string{"invalid url the requested url \"[no url]\"", "the requested url \"[no url]\""}, Cause: "route.wrong-host", At: "Host"},
			{Status: 500, Says: []string{"an error occurred while processing your request. reference #*"}, Cause: "gateway.bad-response"},
			{Status: 502, Says: []string{"an error occurred while processing your request. reference #*"}, Cause: "gateway.bad-response"},
		},
		Log: Log{Where: "Akamai's translator of reference codes", Lines: map[faultline.Slug]string{
			"security.waf-block":       "the reference of the answer, with the rule that matched",
			"gateway.bad-response":     "the reference of the answer",
			"gateway.upstream-refused": "ERR_CONNECT_FAIL",
			"gateway.upstream-timeout": "ERR_READ_TIMEOUT or ERR_CONNECT_TIMEOUT",
			"gateway.upstream-dns":     "ERR_DNS_FAIL",
		}},
	})
}
