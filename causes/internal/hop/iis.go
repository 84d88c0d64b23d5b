package hop

import "github.com/faultline-http/faultline"

// IIS with ARR, the ASP.NET Core module and http.sys beneath them. https://learn.microsoft.com/en-
// us/troubleshoot/developer/webapps/iis/
func init() {
	add(System{
		Name: "IIS", Kind: Web,
		Marks: []Mark{
			{Field: "server", Value: "microsoft-iis"},
			{Field: "server", Value: "microsoft-httpapi", Means: Wrote},
			{Field: "x-powered-by", Value: "arr/"},
			{Page: "internet information services"},
			{Page: "if you are looking for a resource ~ removed, had its name changed"},
			{Page: "the resource you are looking for has been removed, had its name changed"},
		},
		Tells: []Tell{
			{Status: 502, Says: []string{"the operation timed out", "err time out", "winhttp error timeout", "0x80072ee2"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 502, Says: []string{"a connection with the server could not be established", "0x80072efd"}, Cause: "gateway.upstream-refused"},
			{Status: 502, Says: []string{"the server name or address could not be resolved", "0x80072ee7"}, Cause: "gateway.upstream-dns"},
			{Status: 502, Says: []string{"a security error occurred", "0x80072f8f"}, Shared: true, Cause: "gateway.upstream-tls"},
			{Status: 502, Says: []string{"error 502.5", "process failure"}, Shared: true, Cause: "server.unavailable", Hint: "the process of the API did not start"},
			{Says: []string{"ancm in process start failure", "ancm in process handler load failure", "ancm out of process startup failure", "ancm could not find native dependencies", "http error 500.3*", "http error 502.5"}, Cause: "server.unavailable", Hint: "the process of the API did not start"},
			{Status: 502, Says: []string{"http error 502.4", "502.4 no appropriate server"}, Cause: "gateway.no-upstream"},
			{Status: 502, Says: []string{"web server received an invalid response while acting as a gateway or proxy server", "error 502.3"}, Vague: true, Cause: "gateway.bad-response"},
			{Status: 503, Says: []string{"http error 503. the service is unavailable"}, Cause: "server.unavailable", Hint: "the application pool is stopped"},
			{Status: 400, Says: []string{"invalid hostname", "the request hostname is invalid"}, Cause: "route.wrong-host", At: "Host"},
			{Status: 404, Says: []string{"404.0 not found", "file or directory not found"}, Shared: true, Cause: "route.unknown-path"},
		},
		Log: Log{Where: "its log, the failed request trace and the event log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "502 3 12029",
			"gateway.upstream-timeout": "502 3 12002",
			"gateway.bad-response":     "502 3 12152",
			"gateway.upstream-dns":     "502 3 12007",
			"gateway.upstream-tls":     "502 3 12175",
			"server.unavailable":       "HTTPERR: 503 AppOffline, or the event of the ASP.NET Core module",
		}},
	})
}
