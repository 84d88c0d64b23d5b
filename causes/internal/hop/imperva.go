package hop

import "github.com/faultline-http/faultline"

// Imperva (Incapsula) shows an incident id and numbered errors. https://docs.imperva.com/bundle/cloud-
// application-security/page/more/error-codes.htm
func init() {
	add(System{
		Name: "Imperva", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-iinfo"},
			{Field: "x-cdn", Value: "incapsula"},
			{Field: "x-cdn", Value: "imperva"},
			{Field: "set-cookie", Value: "incap_ses"},
			{Field: "set-cookie", Value: "visid_incap"},
			{Markup: "_Incapsula_Resource"},
			{Page: "incapsula incident id"},
		},
		Tells: []Tell{
			{Says: []string{"request unsuccessful. incapsula incident id", "incapsula incident id"}, Cause: "security.waf-block"},
			{Says: []string{"error code 20 ~ timeout", "the proxy failed to connect to the web server, due to tcp connection timeout"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"the proxy failed to connect to the web server, due to tcp connection rejection"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"the proxy failed to connect to the web server, due to tcp rst"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"the proxy failed to parse the response"}, Shared: true, Cause: "gateway.bad-response"},
			{Says: []string{"an ssl handshake failed", "the proxy failed to establish a secure connection"}, Shared: true, Cause: "gateway.upstream-tls"},
			{Says: []string{"unable to resolve site", "the proxy failed to resolve site from host name"}, Cause: "route.wrong-host", At: "Host"},
			{Says: []string{"pardon our interruption"}, Cause: "security.waf-block", Hint: "a challenge for bots"},
		},
		Log: Log{Where: "the security events of the site", Lines: map[faultline.Slug]string{"security.waf-block": "the incident id of the answer"}},
	})
}
