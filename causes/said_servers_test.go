package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// saidByServers are refusals in ways of speaking that belong to a kind of server.
var saidByServers = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	// go-openapi and go-swagger: the part of the request stands behind the field
	{"go-openapi missing", "POST /pets", `json {"tag":"x"}`, 422, `{"code":602,"message":"petName in body is required"}`, "body.missing-field", "/petName"},
	{"go-openapi forbidden", "POST /pets", `json {"petName":"x","colour":"red"}`, 422, `{"code":603,"message":".colour in body is a forbidden property"}`, "body.unknown-field", "/colour"},
	{"go-openapi header", "GET /pets", ``, 422, `{"code":602,"message":"X-Tenant in header is required"}`, "header.missing", "header X-Tenant"},
	{"huma preposition", "POST /messages", `json {"text":"hi"}`, 422, `{"status":422,"detail":"validation failed","errors":[{"message":"expected required property to to be present","location":"body"}]}`, "body.missing-field", "/to"},

	// languages in a parameter
	{"logql", "GET /loki/api/v1/query_range?query=%7Bapp%3D%22x%22&limit=5", ``, 400, `parse error at line 1, col 9: syntax error: unexpected $end`, "param.value", "query query"},
	{"odata", "GET /Products?$filter=Price%20gt", ``, 400, `{"error":{"code":"","message":"Syntax error at position 8 in 'Price gt'."}}`, "param.value", "query $filter"},
	{"named parameter", "GET /api/v1/series?match%5B%5D=up%7B&end=5", ``, 400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"match[]\": 1:4: parse error: unexpected end of input inside braces"}`, "param.value", "query match[]"},

	// revisions, line protocols, traces
	{"compacted", "POST /v3/watch", `json {"key":"Zm9v","revision":"3"}`, 400, `{"error":"etcdserver: mvcc: required revision has been compacted","code":11}`, "body.value", "/revision"},
	{"tornado", "GET /jobs", ``, 400, "Traceback (most recent call last):\n  File \"/srv/app.py\", line 9, in get\n    self.get_argument('job')\ntornado.web.MissingArgumentError: HTTP 400: Bad Request (Missing argument job)\n", "param.missing", "query job"},
	{"cherrypy", "GET /area?width=3", ``, 404, `<html><head><title>404 Not Found</title></head><body><h2>404 Not Found</h2><p>Missing parameters: height</p></body></html>`, "param.missing", "query height"},
	{"webhook header", "POST /hooks", `json {"event":"x"}`, 400, `Missing X-Signature-Ed25519`, "header.missing", "header X-Signature-Ed25519"},
	{"whole body", "POST /rooms", ``, 400, `{"statusCode":400,"error":"Bad Request","message":"\"value\" must be of type object","validation":{"source":"payload","keys":[""]}}`, "body.missing", ""},

	// heads and framing
	{"aiohttp line", "GET /orders", ``, 400, `Got more than 8190 bytes when reading: bytearray(b'cookie: aaaa...').`, "header.too-large", ""},
	{"both framings", "POST /orders", `json {"a":1}`, 400, `Transfer-Encoding can't be present with Content-Length`, "content.length-mismatch", "header Transfer-Encoding"},
	{"forms alone", "POST /token", `json {"grant_type":"client_credentials"}`, 400, `{"error":"invalid_request","error_description":"only application/x-www-form-urlencoded requests are accepted here"}`, "content.type-unsupported", "header Content-Type"},

	// formats that are not read here, credentials in the path, things with a number
	{"graphite", "POST /metrics", `text stats.orders 5 now`, 400, `{"error":"unable to parse 'stats.orders 5 now': bad timestamp"}`, "body.syntax", ""},
	{"webhook in the path", "POST /api/webhooks/1112223334/aBcDeFgHiJkLmNoPqRsTuVwXyZ012345", `json {"content":"hi"}`, 401, `{"message":"Invalid Webhook Token","code":50027}`, "auth.invalid-credentials", "path"},
	{"bot in the path", "GET /bot5550001:AAEexample/getMe", ``, 401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`, "auth.invalid-credentials", "path"},
	{"number of a thing", "GET /tickets/81", ``, 404, `<html><body><h1>404</h1><p>There is no ticket 81.</p></body></html>`, "resource.not-found", "path"},
	{"version by code", "GET /widgets", ``, 400, `{"code":"UnsupportedApiVersion","message":"9 is too new"}`, "route.api-version", ""},
	{"expired under a shared code", "GET /v2/users/me?access_token=abc123def456", ``, 401, `{"code":124,"message":"Access token is expired."}`, "auth.token-expired", ""},

	// failures behind a success
	{"list of outcomes", "PUT /api/u/lights/1/state", `json {"on":true}`, 200, `[{"error":{"type":101,"description":"press the pairing button on the bridge"}}]`, "auth.interaction-required", ""},
	{"taken and refused", "POST /transfers", `json {"amount":900}`, 200, `{"id":7,"status":"REJECTED","errorCode":"source.limit"}`, "state.business-rule", ""},
	{"not a success", "POST /lookup", `json {"id":"AT1"}`, 200, `{"requestSucceeded":false,"errors":[{"error":"MAX_CONCURRENT_CALLS"}]}`, "limit.concurrency", ""},

	// places that the words lead to
	{"python value", "POST /shelf", `json {"isbn":"978","copies":false}`, 400, `{"title":"Bad Request","description":"False is not of type 'integer'"}`, "body.type", "/copies"},
	{"python number", "POST /shelf", `json {"isbn":"978","copies":-3}`, 400, `{"error":"-3 is less than the minimum of 0"}`, "body.value", "/copies"},
	{"kind of a thing", "POST /jobs", `json {"queue_id":"88","prio":1}`, 404, `{"error":"queue not found"}`, "resource.not-found", "/queue_id"},
	{"quoted thing", "POST /zoo.v1.ZooService/GetCage", `json {"cage":"5"}`, 404, `{"code":"not_found","message":"no animal in "5""}`, "resource.not-found", "/cage"},
	{"token of a form", "POST /signup", `form name=eva`, 400, `<html><title>400 Bad Request</title><p>The CSRF session token is missing.</p></html>`, "auth.csrf", "/csrf_token"},
	{"argument of a form", "POST /signup", `form name=eva`, 403, `HTTP 403: Forbidden ('_xsrf' argument missing from POST)`, "auth.csrf", "/_xsrf"},
	{"locked path", "DELETE /disks/4", ``, 423, `{"error":{"message":"disk is locked"}}`, "state.conflict", "path"},
	{"page of Bottle", "GET /authors/12", ``, 404, `<html><title>Error: 404 Not Found</title><p>Sorry, the requested URL <tt>'http://x/authors/12'</tt> caused an error:</p><pre>No author 12</pre></html>`, "resource.not-found", "path"},
}

// What a page of another origin sends as a form is refused for its Origin, mostly without a word.
func TestFormsOfOtherOrigins(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for origin, want := range map[string]string{"https://elsewhere.example": "header Origin", "https://api.example.com": ""} {
		ex := spokenIn("POST /votes", `form id=4`, 403, `Forbidden`)
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Origin", Value: origin})
		first, _ := engine.Diagnose(ex).Primary()
		if is := first.Cause.Slug == "auth.csrf"; is != (want != "") || is && where(first.At) != want {
			t.Errorf("%s: %s at %s, want %q", origin, first.Cause.Slug, where(first.At), want)
		}
	}
}

// The field that a refusal speaks of is its place.
func TestRefusalsNameTheirField(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct{ name, value, answer string }{
		{"Origin", "https://app.example", `cross origin sockets are not allowed`},
		{"Referer", "https://app.example/", `{"message":"this referer is not allowed"}`},
		{"X-Acme-Role", "owner", `{"message":"your role is not permitted here"}`},
	} {
		ex := spokenIn("GET /live", ``, 403, tt.answer)
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: tt.name, Value: tt.value})
		if first, _ := engine.Diagnose(ex).Primary(); where(first.At) != "header "+tt.name {
			t.Errorf("%s: %s at %s", tt.name, first.Cause.Slug, where(first.At))
		}
	}
}

// A token under a scheme that is written twice is what middleware breaks over.
func TestMiddlewareBreaksOverTheField(t *testing.T) {
	t.Parallel()
	ex := spokenIn("GET /invoices", ``, 500, `{"error":"could not verify token"}`)
	ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Authorization", Value: "Bearer Bearer 7c1f0b2e9d4a"})
	d := diagnose.New().Diagnose(ex)
	if first, _ := d.Primary(); first.Cause.Slug != "auth.scheme" {
		t.Errorf("got %s, want auth.scheme", slugs(d))
	}
}

func TestServersAreUnderstoodInTheirWays(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range saidByServers {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			first, _ := d.Primary()
			if first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); tt.at != "" && got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}

// Gateways name in a field what broke, and firewalls what they look at.
func TestGatewaysNameTheirField(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct {
		status              int
		answer, field, text string
		want                string
	}{
		{503, `<html><title>ERROR</title></html>`, "X-Squid-Error", "ERR_CONNECT_FAIL 111", "X-Squid-Error"},
		{403, `error code: 1010`, "Server", "cloudflare", "User-Agent"},
	} {
		ex := spokenIn("GET /live", ``, tt.status, tt.answer)
		ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: tt.field, Value: tt.text})
		if first, _ := engine.Diagnose(ex).Primary(); first.At.Name != tt.want {
			t.Errorf("%d: %s at %s, want the field %s", tt.status, first.Cause.Slug, where(first.At), tt.want)
		}
	}
}
