package hop

import "github.com/faultline-http/faultline"

// Development proxies of Node: http-proxy-middleware, create-react-app, webpack, Vite, Next.js.
func init() {
	add(System{
		Name: "a development proxy", Kind: Ingress,
		Marks: []Mark{{Page: "error occurred while trying to proxy*"}, {Page: "error occured while trying to proxy*"}, {Page: "proxy error: could not proxy request"}},
		Tells: []Tell{
			{Status: 403, Says: []string{"blocked request. this host"}, Cause: "route.wrong-host", At: "Host", Hint: "the host is not among `server.allowedHosts`"},
			{Says: []string{"invalid host header"}, Cause: "route.wrong-host", At: "Host"},
		},
		Log: Log{Where: "its terminal", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "ECONNREFUSED",
			"gateway.upstream-timeout": "ETIMEDOUT or ECONNRESET",
			"gateway.upstream-dns":     "ENOTFOUND",
		}},
	})
}
