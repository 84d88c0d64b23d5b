// Package fetchtest holds calls of pages with what the Fetch standard makes of
// them: the table that package fetch, the causes and a real browser are held to.
package fetchtest

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

// Page is the origin of the page, API the address that it calls.
const (
	Page = "https://app.example.com"
	API  = "https://api.example.com/v1/orders"
)

// Row is one call of a page, the two answers that it meets, and what the
// Fetch standard makes of them.
type Row struct {
	Name      string
	Section   string // of the standard, and the step
	Call      fetch.Call
	Asked     string // the preflight: its method, then the headers; "" if none is sent
	Preflight *faultline.Response
	Answer    *faultline.Response
	Step      fetch.Step // where the browser stops
	Reason    fetch.Reason
	Cause     faultline.Slug // that is diagnosed; "" if none
	At        string         // the place, as the corpus spells it
	Told      string         // what the browser's console adds to it
}

// Fields are header fields from lines.
func Fields(lines ...string) faultline.Header {
	var h faultline.Header
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ":")
		h = append(h, faultline.Field{Name: name, Value: strings.TrimSpace(value)})
	}
	return h
}

func answered(status int, lines ...string) *faultline.Response {
	return &faultline.Response{Status: status, Header: Fields(lines...)}
}

// call is a call of the page to the API.
func call(method string, lines ...string) fetch.Call {
	return fetch.Call{Origin: Page, URL: API, Method: method, Header: Fields(lines...)}
}

// with is the same call with credentials.
func with(c fetch.Call) fetch.Call { c.Credentials = true; return c }

const (
	allowPage   = "Access-Control-Allow-Origin: " + Page
	allowAll    = "Access-Control-Allow-Origin: *"
	allowCookie = "Access-Control-Allow-Credentials: true"
	jsonType    = "Content-Type: application/json"

	onOrigin   = "header:Origin"
	onMethod   = "header:Access-Control-Request-Method"
	onHeaders  = "header:Access-Control-Request-Headers"
	onAllowed  = "response-header:Access-Control-Allow-Origin"
	onCookies  = "response-header:Access-Control-Allow-Credentials"
	onStatus   = "-"
	notPassing = "Response to preflight request doesn't pass access control check: "
)

var (
	readable     = answered(200, allowPage)
	readableBoth = answered(200, allowPage, allowCookie)
	long128      = strings.Repeat("a", 128)
	long129      = strings.Repeat("a", 129)
)

// Rows follow the standard section by section.
var Rows = []Row{
	// Main fetch: only calls to another origin are under the protocol.
	{Name: "same origin", Section: "4.1 main fetch", Call: fetch.Call{Origin: "https://api.example.com", URL: API, Method: "PUT", Header: Fields("X-A: 1")}, Answer: answered(200)},
	{Name: "same origin, port spelt out", Section: "4.1 main fetch", Call: fetch.Call{Origin: "https://api.example.com", URL: "https://api.example.com:443/v1", Method: "GET"}, Answer: answered(200)},
	{Name: "same origin, host in capitals", Section: "4.1 main fetch", Call: fetch.Call{Origin: "https://api.example.com", URL: "https://API.example.com/v1", Method: "GET"}, Answer: answered(200)},
	{Name: "another scheme", Section: "4.1 main fetch", Call: fetch.Call{Origin: "http://api.example.com", URL: API, Method: "GET"}, Answer: answered(200), Step: fetch.AtAnswer, Reason: fetch.NoAllowOrigin, Cause: "cors.missing", At: onAllowed},
	{Name: "another port", Section: "4.1 main fetch", Call: fetch.Call{Origin: "http://localhost:3000", URL: "http://localhost:8080/v1", Method: "GET"}, Answer: answered(200), Step: fetch.AtAnswer, Reason: fetch.NoAllowOrigin, Cause: "cors.missing", At: onAllowed},
	{Name: "a subdomain", Section: "4.1 main fetch", Call: fetch.Call{Origin: "https://example.com", URL: API, Method: "GET"}, Answer: answered(200), Step: fetch.AtAnswer, Reason: fetch.NoAllowOrigin, Cause: "cors.missing", At: onAllowed},

	// Methods.
	{Name: "GET asks nothing", Section: "2.2.1 CORS-safelisted method", Call: call("GET"), Answer: readable},
	{Name: "HEAD asks nothing", Section: "2.2.1 CORS-safelisted method", Call: call("HEAD"), Answer: readable},
	{Name: "POST asks nothing", Section: "2.2.1 CORS-safelisted method", Call: call("POST"), Answer: readable},
	{Name: "PUT asks", Section: "2.2.1 CORS-safelisted method", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: PUT"), Answer: readable},
	{Name: "put is made PUT", Section: "2.2.1 normalize", Call: call("put"), Asked: "PUT", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: PUT"), Answer: readable},
	{Name: "patch stays patch", Section: "2.2.1 normalize", Call: call("patch"), Asked: "patch", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: PATCH"), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod},
	{Name: "get is made GET", Section: "2.2.1 normalize", Call: call("get"), Answer: readable},

	// Request headers that need no preflight.
	{Name: "form type", Section: "2.2.2 CORS-safelisted request-header", Call: call("POST", "Content-Type: application/x-www-form-urlencoded"), Answer: readable},
	{Name: "multipart type", Section: "2.2.2 CORS-safelisted request-header", Call: call("POST", "Content-Type: multipart/form-data; boundary=x"), Answer: readable},
	{Name: "text type with charset", Section: "2.2.2 CORS-safelisted request-header", Call: call("POST", "Content-Type: text/plain; charset=utf-8"), Answer: readable},
	{Name: "type in capitals", Section: "2.2.2 CORS-safelisted request-header", Call: call("POST", "Content-Type: TEXT/PLAIN"), Answer: readable},
	{Name: "JSON type asks", Section: "2.2.2 CORS-safelisted request-header", Call: call("POST", jsonType), Asked: "POST content-type", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: content-type"), Answer: readable},
	{Name: "JSON type not allowed", Section: "4.8 step 7.7", Call: call("POST", jsonType), Asked: "POST content-type", Preflight: answered(204, allowPage), Step: fetch.AtPreflight, Reason: fetch.HeaderRefused, Cause: "cors.header", At: onHeaders},
	{Name: "type with an unsafe byte asks", Section: "2.2.2 CORS-unsafe request-header byte", Call: call("POST", `Content-Type: text/plain; x="y"`), Asked: "POST content-type", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: content-type"), Answer: readable},
	{Name: "accept of 128 bytes", Section: "2.2.2 CORS-safelisted request-header step 1", Call: call("GET", "Accept: "+long128), Answer: readable},
	{Name: "accept of 129 bytes asks", Section: "2.2.2 CORS-safelisted request-header step 1", Call: call("GET", "Accept: "+long129), Asked: "GET accept", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: accept"), Answer: readable},
	{Name: "accept with an unsafe byte asks", Section: "2.2.2 CORS-unsafe request-header byte", Call: call("GET", "Accept: text/(html)"), Asked: "GET accept", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: accept"), Answer: readable},
	{Name: "language", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Accept-Language: de-DE, en;q=0.5"), Answer: readable},
	{Name: "language with an underscore asks", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Accept-Language: de_DE"), Asked: "GET accept-language", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: Accept-Language"), Answer: readable},
	{Name: "content language", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Content-Language: de"), Answer: readable},
	{Name: "simple range", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Range: bytes=0-99"), Answer: readable},
	{Name: "open range", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Range: bytes=100-"), Answer: readable},
	{Name: "suffix range asks", Section: "2.2.2 CORS-safelisted request-header", Call: call("GET", "Range: bytes=-100"), Asked: "GET range", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: range"), Answer: readable},
	{Name: "own header asks", Section: "2.2.2 CORS-unsafe request-header names", Call: call("GET", "X-Request-Id: 1"), Asked: "GET x-request-id", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: X-Request-Id"), Answer: readable},
	{Name: "names are sorted", Section: "2.2.2 CORS-unsafe request-header names", Call: call("GET", "X-B: 1", "X-A: 1"), Asked: "GET x-a,x-b", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: x-b, x-a"), Answer: readable},
	{Name: "cache control asks", Section: "2.2.2 CORS-unsafe request-header names", Call: call("GET", "Cache-Control: no-cache"), Asked: "GET cache-control", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: cache-control"), Answer: readable},
	{Name: "authorization asks", Section: "2.2.2 CORS-unsafe request-header names", Call: call("GET", "Authorization: Bearer x"), Asked: "GET authorization", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: Authorization"), Answer: readable},

	// The preflight's status (section 4.8, steps 7 and 8).
	{Name: "preflight 200", Section: "4.8 step 7", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(200, allowPage, "Access-Control-Allow-Methods: DELETE"), Answer: readable},
	{Name: "preflight 299", Section: "4.8 step 7", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(299, allowPage, "Access-Control-Allow-Methods: DELETE"), Answer: readable},
	{Name: "preflight 400", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(400), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 401", Section: "4.8 step 8", Call: call("GET", "Authorization: Bearer x"), Asked: "GET authorization", Preflight: answered(401, "WWW-Authenticate: Bearer"), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 401 with all fields", Section: "4.8 step 8", Call: call("GET", "Authorization: Bearer x"), Asked: "GET authorization", Preflight: answered(401, allowPage, "Access-Control-Allow-Headers: authorization"), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 403", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(403), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 404", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(404), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 405", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(405, "Allow: GET, POST"), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 500", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(500), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 301", Section: "4.8, a preflight is not redirected", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(301, allowPage, "Location: https://www.example.com/v1/orders"), Step: fetch.AtPreflight, Reason: fetch.Redirected, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 302 to a login", Section: "4.8, a preflight is not redirected", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(302, "Location: /login"), Step: fetch.AtPreflight, Reason: fetch.Redirected, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 308 over a slash", Section: "4.8, a preflight is not redirected", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(308, "Location: /v1/orders/"), Step: fetch.AtPreflight, Reason: fetch.Redirected, Cause: "cors.preflight-failed", At: onStatus},
	{Name: "preflight 304", Section: "4.8 step 8", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(304, allowPage, "Access-Control-Allow-Methods: DELETE"), Step: fetch.AtPreflight, Reason: fetch.NotOK, Cause: "cors.preflight-failed", At: onStatus},

	// The CORS check of the preflight (section 4.10).
	{Name: "preflight without fields", Section: "4.10 step 2", Call: call("PUT"), Asked: "PUT", Preflight: answered(204), Step: fetch.AtPreflight, Reason: fetch.NoAllowOrigin, Cause: "cors.missing", At: onAllowed},
	{Name: "preflight of a middleware that refuses", Section: "4.10 step 2", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, "Access-Control-Allow-Methods: PUT", "Vary: Origin"), Step: fetch.AtPreflight, Reason: fetch.NoAllowOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "preflight for another page", Section: "4.10 step 4", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, "Access-Control-Allow-Origin: https://other.example.com", "Access-Control-Allow-Methods: PUT"), Step: fetch.AtPreflight, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "preflight for all pages", Section: "4.10 step 3", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, allowAll, "Access-Control-Allow-Methods: PUT"), Answer: readable},
	{Name: "preflight for all pages, with credentials", Section: "4.10 step 4", Call: with(call("PUT")), Asked: "PUT", Preflight: answered(204, allowAll, "Access-Control-Allow-Methods: PUT"), Step: fetch.AtPreflight, Reason: fetch.StarForCredentials, Cause: "cors.credentials-wildcard", At: onAllowed, Told: notPassing + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."},
	{Name: "preflight without allowed credentials", Section: "4.10 step 8", Call: with(call("PUT")), Asked: "PUT", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: PUT"), Step: fetch.AtPreflight, Reason: fetch.NoCredentials, Cause: "cors.credentials-wildcard", At: onCookies, Told: notPassing + "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'."},
	{Name: "preflight names the page twice", Section: "4.10 step 4 and 2.2.2 get", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, allowPage, allowPage, "Access-Control-Allow-Methods: PUT"), Step: fetch.AtPreflight, Reason: fetch.SeveralOrigins, Cause: "cors.duplicate-header", At: onAllowed},

	// Methods that the preflight allows (section 4.8, step 7.5).
	{Name: "method not listed", Section: "4.8 step 7.5", Call: call("PATCH"), Asked: "PATCH", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: GET, POST"), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod},
	{Name: "no list of methods", Section: "4.8 step 7.5", Call: call("PUT"), Asked: "PUT", Preflight: answered(204, allowPage), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod},
	{Name: "method in lower case", Section: "4.8 step 7.5", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: delete"), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod},
	{Name: "star for methods", Section: "4.8 step 7.5", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: *"), Answer: readable},
	{Name: "star for methods, with credentials", Section: "4.8 step 7.5", Call: with(call("DELETE")), Asked: "DELETE", Preflight: answered(204, allowPage, allowCookie, "Access-Control-Allow-Methods: *"), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod, Told: "Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response."},
	{Name: "POST need not be listed", Section: "4.8 step 7.5", Call: call("POST", jsonType), Asked: "POST content-type", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: GET", "Access-Control-Allow-Headers: content-type"), Answer: readable},
	{Name: "methods on two lines", Section: "4.8 step 7.1", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: GET", "Access-Control-Allow-Methods: PUT,DELETE"), Answer: readable},
	{Name: "methods that are no list", Section: "4.8 step 7.3", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(204, allowPage, `Access-Control-Allow-Methods: ["GET", "DELETE"]`), Step: fetch.AtPreflight, Reason: fetch.BadMethods, Cause: "cors.method", At: onMethod},
	{Name: "methods parted by spaces", Section: "4.8 step 7.3", Call: call("DELETE"), Asked: "DELETE", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: GET DELETE"), Step: fetch.AtPreflight, Reason: fetch.BadMethods, Cause: "cors.method", At: onMethod},

	// Headers that the preflight allows (section 4.8, steps 7.6 and 7.7).
	{Name: "header not listed", Section: "4.8 step 7.7", Call: call("GET", "X-A: 1", "X-B: 1"), Asked: "GET x-a,x-b", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: x-a"), Step: fetch.AtPreflight, Reason: fetch.HeaderRefused, Cause: "cors.header", At: onHeaders},
	{Name: "headers compare without case", Section: "4.8 step 7.7", Call: call("GET", "X-A: 1"), Asked: "GET x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: X-A"), Answer: readable},
	{Name: "star for headers", Section: "4.8 step 7.7", Call: call("GET", "X-A: 1"), Asked: "GET x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: *"), Answer: readable},
	{Name: "star for headers, with credentials", Section: "4.8 step 7.7", Call: with(call("GET", "X-A: 1")), Asked: "GET x-a", Preflight: answered(204, allowPage, allowCookie, "Access-Control-Allow-Headers: *"), Step: fetch.AtPreflight, Reason: fetch.HeaderRefused, Cause: "cors.header", At: onHeaders, Told: "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response."},
	{Name: "star and authorization named", Section: "4.8 step 7.6", Call: call("GET", "Authorization: Bearer x", "X-A: 1"), Asked: "GET authorization,x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: *, Authorization"), Answer: readable},
	{Name: "safelisted header need not be listed", Section: "4.8 step 7.7", Call: call("PUT", "Accept: text/html"), Asked: "PUT", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: PUT"), Answer: readable},
	{Name: "headers that are no list", Section: "4.8 step 7.3", Call: call("GET", "X-A: 1"), Asked: "GET x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: x-a; x-b"), Step: fetch.AtPreflight, Reason: fetch.BadHeaders, Cause: "cors.header", At: onHeaders},
	{Name: "empty members count for nothing", Section: "4.8 step 7.2", Call: call("GET", "X-A: 1"), Asked: "GET x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Headers: ,, x-a,"), Answer: readable},
	{Name: "method and header refused", Section: "4.8 step 7.5", Call: call("PUT", "X-A: 1"), Asked: "PUT x-a", Preflight: answered(204, allowPage, "Access-Control-Allow-Methods: GET", "Access-Control-Allow-Headers: x-b"), Step: fetch.AtPreflight, Reason: fetch.MethodRefused, Cause: "cors.method", At: onMethod},

	// The CORS check of the answer (section 4.10).
	{Name: "answer for this page", Section: "4.10 step 5", Call: call("GET"), Answer: readable},
	{Name: "answer for all pages", Section: "4.10 step 3", Call: call("GET"), Answer: answered(200, allowAll)},
	{Name: "answer without fields", Section: "4.10 step 2", Call: call("GET"), Answer: answered(200), Step: fetch.AtAnswer, Reason: fetch.NoAllowOrigin, Cause: "cors.missing", At: onAllowed},
	{Name: "answer for another page", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin: https://other.example.com"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "slash at the end", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, allowPage+"/"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "another scheme named", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin: http://app.example.com"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "port spelt out", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, allowPage+":443"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "capitals", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin: "+strings.ToUpper(Page)), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "a pattern", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin: https://*.example.com"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "null named for a page", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin: null"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "empty value", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, "Access-Control-Allow-Origin:"), Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "opaque page named null", Section: "4.10 step 4", Call: fetch.Call{Origin: "null", URL: API, Method: "GET"}, Answer: answered(200, "Access-Control-Allow-Origin: null")},
	{Name: "opaque page", Section: "4.10 step 4", Call: fetch.Call{Origin: "null", URL: API, Method: "GET"}, Answer: readable, Step: fetch.AtAnswer, Reason: fetch.OtherOrigin, Cause: "cors.origin", At: onOrigin},
	{Name: "opaque page, all allowed", Section: "4.10 step 3", Call: fetch.Call{Origin: "null", URL: API, Method: "GET"}, Answer: answered(200, allowAll)},
	{Name: "two lines with stars", Section: "2.2.2 get", Call: call("GET"), Answer: answered(200, allowAll, allowAll), Step: fetch.AtAnswer, Reason: fetch.SeveralOrigins, Cause: "cors.duplicate-header", At: onAllowed},
	{Name: "page and star", Section: "2.2.2 get", Call: call("GET"), Answer: answered(200, allowPage, allowAll), Step: fetch.AtAnswer, Reason: fetch.SeveralOrigins, Cause: "cors.duplicate-header", At: onAllowed},
	{Name: "list of origins", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, allowPage+", https://b.example.com"), Step: fetch.AtAnswer, Reason: fetch.SeveralOrigins, Cause: "cors.duplicate-header", At: onAllowed},
	{Name: "origins parted by spaces", Section: "4.10 step 4", Call: call("GET"), Answer: answered(200, allowPage+" https://b.example.com"), Step: fetch.AtAnswer, Reason: fetch.SeveralOrigins, Cause: "cors.duplicate-header", At: onAllowed},

	// Credentials (section 4.10, steps 3 to 8).
	{Name: "credentials allowed", Section: "4.10 step 7", Call: with(call("GET")), Answer: readableBoth},
	{Name: "credentials and star", Section: "4.10 step 4", Call: with(call("GET")), Answer: answered(200, allowAll), Step: fetch.AtAnswer, Reason: fetch.StarForCredentials, Cause: "cors.credentials-wildcard", At: onAllowed},
	{Name: "credentials, star and true", Section: "4.10 step 4", Call: with(call("GET")), Answer: answered(200, allowAll, allowCookie), Step: fetch.AtAnswer, Reason: fetch.StarForCredentials, Cause: "cors.credentials-wildcard", At: onAllowed},
	{Name: "credentials not mentioned", Section: "4.10 step 8", Call: with(call("GET")), Answer: readable, Step: fetch.AtAnswer, Reason: fetch.NoCredentials, Cause: "cors.credentials-wildcard", At: onCookies},
	{Name: "credentials True", Section: "4.10 step 7", Call: with(call("GET")), Answer: answered(200, allowPage, "Access-Control-Allow-Credentials: True"), Step: fetch.AtAnswer, Reason: fetch.NoCredentials, Cause: "cors.credentials-wildcard", At: onCookies},
	{Name: "credentials false", Section: "4.10 step 8", Call: with(call("GET")), Answer: answered(200, allowPage, "Access-Control-Allow-Credentials: false"), Step: fetch.AtAnswer, Reason: fetch.NoCredentials, Cause: "cors.credentials-wildcard", At: onCookies},
	{Name: "credentials true twice", Section: "2.2.2 get", Call: with(call("GET")), Answer: answered(200, allowPage, allowCookie, allowCookie), Step: fetch.AtAnswer, Reason: fetch.NoCredentials, Cause: "cors.credentials-wildcard", At: onCookies},
	{Name: "no credentials, true is no matter", Section: "4.10 step 3", Call: call("GET"), Answer: answered(200, allowAll, allowCookie)},

	// Errors and redirects pass the check too (section 4.4).
	{Name: "error with the field", Section: "4.4 HTTP fetch", Call: call("GET"), Answer: answered(404, allowPage)},
	{Name: "redirect with the field", Section: "4.5 HTTP-redirect fetch", Call: call("GET"), Answer: answered(302, allowPage, "Location: /v2/orders")},
	{Name: "redirect to an app", Section: "4.5 HTTP-redirect fetch", Call: call("GET"), Answer: answered(302, allowPage, "Location: myapp://orders"), Step: fetch.AtAnswer, Reason: fetch.RedirectScheme, Cause: "cors.redirect", At: "response-header:Location"},
	{Name: "redirect with a password", Section: "4.5 HTTP-redirect fetch", Call: call("GET"), Answer: answered(302, allowPage, "Location: https://user:secret@files.example.com/7"), Step: fetch.AtAnswer, Reason: fetch.RedirectUserinfo, Cause: "cors.redirect", At: "response-header:Location"},

	// Uploads and private networks ask too.
	{Name: "upload with listeners asks", Section: "4.4 use-CORS-preflight flag", Call: fetch.Call{Origin: Page, URL: API, Method: "POST", Listened: true}, Asked: "POST", Preflight: answered(204, allowPage), Answer: readable},
	{Name: "streamed body asks", Section: "4.4 use-CORS-preflight flag", Call: fetch.Call{Origin: Page, URL: API, Method: "POST", Streamed: true}, Asked: "POST", Preflight: answered(204, allowPage), Answer: readable},
	{Name: "private network not allowed", Section: "Private Network Access 3.4", Call: fetch.Call{Origin: Page, URL: API, Method: "GET", Private: true}, Asked: "GET", Preflight: answered(204, allowPage), Step: fetch.AtPreflight, Reason: fetch.PrivateRefused, Cause: "cors.private-network", At: "response-header:Access-Control-Allow-Private-Network"},
	{Name: "private network allowed", Section: "Private Network Access 3.4", Call: fetch.Call{Origin: Page, URL: API, Method: "GET", Private: true}, Asked: "GET", Preflight: answered(204, allowPage, "Access-Control-Allow-Private-Network: true"), Answer: readable},
}
