package causes_test

import "testing"

// TestDefaultPagesOfFrameworks has what frameworks answer by themselves to a path or a method that they do not have.
func TestDefaultPagesOfFrameworks(t *testing.T) {
	t.Parallel()
	const path, method = "route.unknown-path", "route.method-not-allowed"
	check(t, []answer{
		{path, "", 404, "", `{"detail":"Not Found"}`, 0},
		{path, "", 404, "", `{"timestamp":"2026-01-01T00:00:00Z","status":404,"error":"Not Found","path":"/v1/orders"}`, 0},
		{path, "", 404, "", `{"type":"about:blank","title":"Not Found","status":404,"detail":"No static resource v1/orders.","instance":"/v1/orders"}`, 0},
		{path, "", 404, "", `<!doctype html><title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>`, 0},
		{path, "", 404, "", `<pre>Cannot GET /v1/orders</pre>`, 0},
		{path, "", 404, "", `{"statusCode":404,"message":"Cannot GET /v1/orders","error":"Not Found"}`, 0},
		{path, "", 404, "", `{"message":"Route GET:/v1/orders not found","error":"Not Found","statusCode":404}`, 0},
		{path, "", 404, "", `{"message":"The route v1/orders could not be found."}`, 0},
		{path, "", 404, "", `{"status":404,"error":"Not Found","exception":"#<ActionController::RoutingError: No route matches [GET] \"/v1/orders\">"}`, 0},
		{path, "", 404, "", `<h1>Not Found</h1><p>The requested resource was not found on this server.</p>`, 0},
		{path, "", 404, "", `404 page not found`, 0},
		{path, "", 404, "", `{"title":"No route found for \"GET https://api.example.com/v1/orders\"","status":404}`, 0},
		{path, "", 404, "", `{"Message":"No HTTP resource was found that matches the request URI 'https://api.example.com/v1/orders'.","MessageDetail":"No type was found that matches the controller named 'orders'."}`, 0},
		{path, "", 404, "", `{"message":"Not Found","_links":{"self":{"href":"/v1/orders","templated":false}},"_embedded":{"errors":[{"message":"Page Not Found"}]}}`, 0},
		{path, "", 404, "", `{"details":"Error id x","stack":""}`, 0},
		{path, "", 404, "", `{"errors":{"detail":"Not Found"}}`, 0},
		{path, "", 404, "", `no route found for GET /v1/orders (ShopWeb.Router)`, 0},
		{path, "", 404, "", `<title>HTTP Status 404 – Not Found</title><h1>HTTP Status 404 – Not Found</h1><p><b>Message</b> The requested resource [/v1/orders] is not available</p>`, 0},
		{path, "", 404, "", `<title>Error 404 Not Found</title><h2>HTTP ERROR 404 Not Found</h2><table><tr><th>URI:</th><td>/v1/orders</td></tr></table><hr>Powered by Jetty:// 12.0.1<hr>`, 0},
		{path, "", 404, "", `The requested resource could not be found.`, 0},
		{path, "", 404, "", `Action not found For request 'GET /v1/orders'`, 0},
		{path, "", 404, "", `{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}`, 0},
		{path, "", 404, "", `{"error":{"code":404,"message":"Requested entity was not found: unknown API path"}}`, 0},
		{path, "", 404, "", `{"error":"Unrecognized request URL (GET: /v1/orders)."}`, 0},
		{path, "", 404, "", `{"code":5,"message":"Not Found","details":[]}`, 0},
		{path, "", 404, "", `{"success":false,"errors":[{"code":7000,"message":"No route for that URI"}]}`, 0},
		{path, "", 400, "", `{"error":"no handler found for uri [/v1/orders] and method [GET]"}`, 0},
		{path, "", 404, "", `{"name":"NotFoundError","message":"ENDPOINT_NOT_FOUND"}`, 0},
		{method, "", 405, "", `{"detail":"Method \"GET\" not allowed."}`, 0},
		{method, "", 405, "", `{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"Method 'GET' is not supported.","instance":"/v1/orders"}`, 0},
		{method, "", 405, "", `{"message":"The GET method is not supported for route v1/orders. Supported methods: POST."}`, 0},
		{method, "", 405, "", `{"Message":"The requested resource does not support http method 'GET'."}`, 0},
		{method, "", 400, "", `{"error":"Invalid HTTP method: GET"}`, 0},
		{method, "", 405, "", `No route found for "GET /v1/orders": Method Not Allowed (Allow: POST)`, 0},
		{method, "", 404, "", `{"error":"Method GET is not supported on this endpoint"}`, 0},
		{method, "", 501, "", `<h1>Unsupported method ('GET')</h1>`, 0},
		{method, "", 405, "", `<?xml version="1.0"?><Error><Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this resource.</Message></Error>`, 0},
		{method, "", 403, "Via: 1.1 x.cloudfront.net (CloudFront)", `This distribution is not configured to allow the HTTP request method that was used for this request.`, 0},
	})
}
