package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/fetch/fetchtest"
)

const (
	page       = fetchtest.Page
	api        = fetchtest.API
	allowPage  = "Access-Control-Allow-Origin: " + page
	blocked    = "Access to fetch at '" + api + "' from origin '" + page + "' has been blocked by CORS policy: "
	notPassing = "Response to preflight request doesn't pass access control check: "
)

// TestConsoleTextAloneIsDiagnosed pastes what a browser's console shows: no
// exchange is known.
func TestConsoleTextAloneIsDiagnosed(t *testing.T) {
	t.Parallel()
	const gecko = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + api + ". (Reason: "
	const safari = "\n[Error] Fetch API cannot load " + api + " due to access control checks."
	tests := []struct {
		text  string
		cause faultline.Slug
		says  string // a part of the message
	}{
		{blocked + "No 'Access-Control-Allow-Origin' header is present on the requested resource.\n" + "POST " + api + " net::ERR_FAILED 500\nUncaught (in promise) TypeError: Failed to fetch", "cors.missing", "Access-Control-Allow-Origin"},
		{blocked + notPassing + "No 'Access-Control-Allow-Origin' header is present on the requested resource.", "cors.missing", "Access-Control-Allow-Origin"},
		{blocked + notPassing + "It does not have HTTP ok status.", "cors.preflight-failed", "preflight"},
		{blocked + notPassing + "Redirect is not allowed for a preflight request.", "cors.preflight-failed", "redirected"},
		{blocked + "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.", "cors.method", "`PATCH`"},
		{blocked + "Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response.", "cors.header", "`x-request-id`"},
		{blocked + "The 'Access-Control-Allow-Origin' header has a value 'https://b.example.com' that is not equal to the supplied origin.", "cors.origin", "`https://b.example.com`"},
		{blocked + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.", "cors.duplicate-header", "several"},
		{blocked + "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.", "cors.credentials-wildcard", "credentials"},
		{blocked + "Permission was denied for this request to access the `loopback` address space.", "cors.private-network", "local network"},
		{blocked + "Cross origin requests are only supported for protocol schemes: chrome, data, http, https.", "cors.scheme", "http"},
		{blocked + "Redirect location 'https://u:p@x.example.com/' contains a username and password, which is disallowed for cross-origin requests.", "cors.redirect", "password"},
		{`Refused to get unsafe header "X-Total-Count"`, "cors.expose-header", "`X-Total-Count`"},
		{gecko + "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.", "cors.missing", "Access-Control-Allow-Origin"},
		{gecko + "CORS preflight response did not succeed). Status code: 405.", "cors.preflight-failed", "405"},
		{gecko + "Did not find method in CORS header ‘Access-Control-Allow-Methods’).", "cors.method", "method"},
		{gecko + "header ‘x-request-id’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).", "cors.header", "`x-request-id`"},
		{gecko + "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.example.com’).", "cors.origin", "`https://b.example.com`"},
		{gecko + "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).", "cors.duplicate-header", "several"},
		{gecko + "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).", "cors.credentials-wildcard", "`*`"},
		{gecko + "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).", "cors.credentials-wildcard", "credentials"},
		{gecko + "CORS request not http).", "cors.scheme", "http"},
		{"[Error] Origin " + page + " is not allowed by Access-Control-Allow-Origin. Status code: 200" + safari, "cors.origin", page},
		{"[Error] Preflight response is not successful. Status code: 404" + safari, "cors.preflight-failed", "404"},
		{"[Error] Request header field X-Request-Id is not allowed by Access-Control-Allow-Headers." + safari, "cors.header", "`x-request-id`"},
		{"[Error] Method PUT is not allowed by Access-Control-Allow-Methods." + safari, "cors.method", "`PUT`"},
		{"[Error] Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true." + safari, "cors.credentials-wildcard", "`*`"},
		{"[Error] Fetch API cannot load " + api + " due to access control checks.", "cors.missing", "does not say"},
	}
	for _, tt := range tests {
		d := diagnose.New().Diagnose(&faultline.Exchange{Failure: &faultline.Failure{Text: tt.text}})
		f, _ := d.Primary()
		if f.Cause.Slug != tt.cause || !strings.Contains(f.Message, tt.says) {
			t.Errorf("%s\n is %s %q, want %s with %q", tt.text, f.Cause.Slug, f.Message, tt.cause, tt.says)
		}
	}
}

// TestFirefoxWithoutAnswerIsNoCORS: Firefox speaks of CORS also when nobody answered.
func TestFirefoxWithoutAnswerIsNoCORS(t *testing.T) {
	t.Parallel()
	text := "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + api + ". (Reason: CORS request did not succeed). Status code: (null)."
	d := diagnose.New().Diagnose(&faultline.Exchange{Failure: &faultline.Failure{Text: text}})
	if f, _ := d.Primary(); f.Cause.Slug != "network.refused" || f.Strength != faultline.Possible || len(d.Findings) > 1 {
		t.Errorf("found %s, want network.refused as a possibility", slugs(d))
	}
}

// TestPreflightBeforeTheCall: the network tab has both, and of the call only
// that it failed.
func TestPreflightBeforeTheCall(t *testing.T) {
	t.Parallel()
	asked := plain("OPTIONS", 204, "", allowPage, "Access-Control-Allow-Methods: GET")
	asked.Request.Header = fetchtest.Fields("Origin: "+page, "Access-Control-Request-Method: PUT")
	call := plain("PUT", 0, "")
	call.Request.Header, call.Response, call.Failure = fetchtest.Fields("Referer: "+page+"/"), nil, &faultline.Failure{Text: "net::ERR_FAILED"}
	around := func(*faultline.Exchange) []*faultline.Exchange { return []*faultline.Exchange{asked, call} }
	engine := diagnose.New(diagnose.WithAround(around))
	f, _ := engine.Diagnose(call).Primary()
	if f.Cause.Slug != "cors.method" || f.Strength != faultline.Proven || len(f.Evidence) == 0 {
		t.Errorf("cause = %s (%s) with %d pieces of evidence, want cors.method, shown by the preflight", f.Cause.Slug, f.Strength, len(f.Evidence))
	}
	asked.Response.Header = fetchtest.Fields(allowPage, "Access-Control-Allow-Methods: PUT")
	if f, found := engine.Diagnose(call).Primary(); found {
		t.Errorf("after a preflight that passes: %s, want nothing", f.Cause.Slug)
	}
}

// TestCredentialsThatNothingShows: the script failed although a call without
// credentials passes.
func TestCredentialsThatNothingShows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		asked    []string
		answered []string
		cause    faultline.Slug
	}{
		{"answer with a star", nil, []string{"Access-Control-Allow-Origin: *"}, "cors.credentials-wildcard"},
		{"answer without true", nil, []string{allowPage}, "cors.credentials-wildcard"},
		{"preflight with stars", []string{"Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a"}, []string{allowPage, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: *"}, "cors.header"},
		{"preflight in order", []string{"Access-Control-Request-Method: PUT"}, []string{allowPage, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: PUT"}, ""},
	} {
		method := "GET"
		if tt.asked != nil {
			method = "OPTIONS"
		}
		ex := plain(method, 200, "", tt.answered...)
		ex.Request.Header = fetchtest.Fields(append(tt.asked, "Origin: "+page)...)
		holds(t, tt.name, ex, "", "")
		ex.Failure = &faultline.Failure{Text: "TypeError: Failed to fetch"}
		f, _ := diagnose.New().Diagnose(ex).Primary()
		if f.Cause.Slug != tt.cause || tt.cause != "" && f.Strength != faultline.Possible {
			t.Errorf("%s: cause = %q (%s), want %q as a possibility", tt.name, f.Cause.Slug, f.Strength, tt.cause)
		}
	}
}

// TestWithoutOriginNothingIsCORS: who sends no Origin is no page, whatever the
// server says.
func TestWithoutOriginNothingIsCORS(t *testing.T) {
	t.Parallel()
	for _, ex := range []*faultline.Exchange{
		plain("GET", 200, ""), plain("GET", 500, "Error: Not allowed by CORS"), plain("OPTIONS", 405, ""), plain("OPTIONS", 404, "Invalid CORS request"),
		plain("GET", 200, "", "Access-Control-Allow-Origin: https://b.example.com"), plain("GET", 302, "", "Location: myapp://x"),
	} {
		holds(t, "no Origin", ex, "", "")
	}
}

func plain(method string, status int, body string, lines ...string) *faultline.Exchange {
	return &faultline.Exchange{
		Request:  faultline.Request{Method: method, Scheme: "https", Host: "api.example.com", Target: "/v1", Header: fetchtest.Fields("User-Agent: curl/8.5.0", "Cookie: sid=1")},
		Response: &faultline.Response{Status: status, Header: fetchtest.Fields(lines...), Body: faultline.NewBody([]byte(body))},
	}
}

// TestNavigationsAndSocketsAreNoCORS: they carry Origin and are not held
// against the protocol (Fetch, section 4.1; HTML, section 7.4).
func TestNavigationsAndSocketsAreNoCORS(t *testing.T) {
	t.Parallel()
	for _, lines := range [][]string{
		{"Origin: " + page, "Sec-Fetch-Mode: navigate"},
		{"Origin: " + page, "Upgrade-Insecure-Requests: 1"},
		{"Origin: " + page, "Sec-Fetch-Mode: websocket"},
		{"Origin: " + page, "Upgrade: websocket", "Connection: Upgrade"},
		{"Origin: " + page, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"},
		{"Origin: " + page, "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"},
		{"Origin: https://api.example.com", "Sec-Fetch-Mode: cors"},
	} {
		ex := plain("POST", 200, "{}")
		ex.Request.Header = fetchtest.Fields(lines...)
		holds(t, lines[len(lines)-1], ex, "", "")
	}
}

// TestErrorBehindCORS: both are found, and what the answer itself shows is first.
func TestErrorBehindCORS(t *testing.T) {
	t.Parallel()
	text := blocked + "No 'Access-Control-Allow-Origin' header is present on the requested resource."
	for _, tt := range []struct {
		status int
		body   string
		first  string // family
	}{
		{500, "<h1>500 Internal Server Error</h1>", "server"},
		{401, `{"error":"token expired"}`, "auth"},
		{429, "rate limit exceeded", "limit"},
		{502, "<html><head><title>502 Bad Gateway</title></head><center>nginx</center></html>", "gateway"},
	} {
		ex := plain("GET", tt.status, tt.body, "Server: nginx")
		ex.Request.Header = fetchtest.Fields("Origin: "+page, "Sec-Fetch-Mode: cors", "Authorization: Bearer x")
		ex.Failure = &faultline.Failure{Text: text}
		d := diagnose.New().Diagnose(ex)
		f, _ := d.Primary()
		if f.Cause.Slug.Family() != tt.first {
			t.Errorf("%d: first is %s, want one of %s", tt.status, f.Cause.Slug, tt.first)
		}
		if _, both := find(d, "cors.missing"); !both {
			t.Errorf("%d: cors.missing is not found: %s", tt.status, slugs(d))
		}
	}
}

// TestMiddlewareWords are refusals as frameworks word them.
func TestMiddlewareWords(t *testing.T) {
	t.Parallel()
	ask := []string{"Origin: " + page, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a"}
	for _, tt := range []struct {
		name, body string
		status     int
		lines      []string
		reason     string
		cause      faultline.Slug
	}{
		{"Starlette", "Disallowed CORS origin", 400, nil, "", "cors.origin"},
		{"Starlette, all of it", "Disallowed CORS origin, method, headers", 400, nil, "", "cors.origin"},
		{"Starlette method", "Disallowed CORS method", 400, []string{allowPage, "Access-Control-Allow-Methods: GET"}, "", "cors.method"},
		{"Starlette headers", "Disallowed CORS headers", 400, []string{allowPage, "Access-Control-Allow-Headers: Accept"}, "", "cors.header"},
		{"Spring", "Invalid CORS request", 403, []string{"Vary: Origin"}, "", "cors.origin"},
		{"Express", "<pre>Error: Not allowed by CORS<br> at origin (app.js:1)</pre>", 500, []string{"X-Powered-By: Express"}, "", "cors.origin"},
		{"warp", "CORS request forbidden: origin not allowed", 403, nil, "", "cors.origin"},
		{"warp header", "CORS request forbidden: header not allowed", 403, nil, "", "cors.header"},
		{"actix", "Requested method is not allowed.", 400, nil, "", "cors.method"},
		{"actix headers", "One or more request headers are not allowed.", 400, nil, "", "cors.header"},
		{"Pekko", "CORS: invalid method 'PUT'", 400, nil, "", "cors.method"},
		{"Azure Storage", `<?xml version="1.0"?><Error><Code>CorsPreflightFailure</Code><Message>CORS not enabled or no matching rule found for this request.</Message></Error>`, 403, nil, "", "cors.origin"},
		{"Amazon S3", `<Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.</Message></Error>`, 403, nil, "", "cors.origin"},
		{"Fastify", "Invalid Preflight Request", 400, []string{allowPage}, "", "cors.preflight-failed"},
		{"Vert.x", "", 403, nil, "CORS Rejected - Invalid origin", "cors.origin"},
		{"Vert.x method", "", 403, nil, "CORS Rejected - Invalid method", "cors.method"},
		{"Helidon", "", 403, nil, "CORS headers not in allowed list", "cors.header"},
		{"rack-cors", "", 200, []string{"X-Rack-CORS: preflight-miss; no-method"}, "", "cors.method"},
		{"rack-cors origin", "", 200, []string{"X-Rack-CORS: miss; no-origin"}, "", "cors.origin"},
		{"rs/cors", "", 204, []string{"Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}, "", "cors.origin"},
	} {
		ex := plain("OPTIONS", tt.status, tt.body, tt.lines...)
		ex.Request.Header, ex.Response.Reason = fetchtest.Fields(ask...), tt.reason
		if f, _ := diagnose.New().Diagnose(ex).Primary(); f.Cause.Slug != tt.cause {
			t.Errorf("%s: cause = %q, want %q", tt.name, f.Cause.Slug, tt.cause)
		}
	}
}
