package hop

// Azure App Service and Functions: the front end answers for an app that is stopped or does not start.
// https://learn.microsoft.com/en-us/troubleshoot/azure/app-service/
func init() {
	add(System{
		Name: "Azure App Service", Kind: Edge,
		Marks: []Mark{
			{Field: "set-cookie", Value: "arraffinity"},
			{Field: "x-ms-middleware-request-id"},
		},
		Tells: []Tell{
			{Status: 403, Says: []string{"this web app is stopped", "web app is stopped"}, Cause: "server.unavailable"},
			{Says: []string{"function host is not running"}, Cause: "server.unavailable", Hint: "the host of the functions did not start"},
			{Status: 404, Says: []string{"404 web site not found"}, Cause: "route.wrong-host", At: "Host"},
			{Status: 502, Says: []string{"the specified cgi application encountered an error and the server terminated the process"}, Cause: "gateway.bad-response"},
			{Status: 503, Says: []string{":( application error", "application error if you are the application administrator"}, Cause: "server.unavailable"},
		},
	})
}
