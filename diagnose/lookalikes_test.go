package diagnose_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// A lookalike is a healthy call that looks like a failed one: words of errors in
// data, answers without content, redirects that work, steps of a protocol.
type lookalike struct {
	name, method, target, sent string
	with                       faultline.Header
	status                     int
	fields                     faultline.Header
	body                       string
}

var jsonField = faultline.Field{Name: "Content-Type", Value: "application/json"}

// ofJSON are the fields of a call or an answer in JSON, and more.
func ofJSON(more ...faultline.Field) faultline.Header {
	return append(faultline.Header{jsonField}, more...)
}

var lookalikes = []lookalike{
	{"empty list", "GET", "/v1/x", ``, nil, 200, ofJSON(), `[]`},
	{"empty object", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{}`},
	{"errors empty", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"data":1,"errors":[]}`},
	{"error null", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"error":null,"data":{}}`},
	{"success true", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"success":true}`},
	{"errors null", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"errors":null,"data":{"a":1}}`},
	{"gql null", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"data":{"user":null}}`},
	{"log list", "GET", "/v1/x", ``, nil, 200, ofJSON(), `[{"level":"error","message":"failed to connect: connection refused"}]`},
	{"error data", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"items":[{"name":"Error handling","status":"failed"}]}`},
	{"failed job", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"id":1,"state":"failed","error_count":0}`},
	{"errno 0", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"errno":0,"errmsg":"ok"}`},
	{"code 0", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"code":0,"msg":"success","data":{}}`},
	{"code 200", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"code":200,"message":"OK","data":[]}`},
	{"status ok", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"status":"ok","error":""}`},
	{"error false", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"error":false,"result":1}`},
	{"hasErrors", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"hasErrors":false,"failures":0}`},
	{"ok true", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"ok":true,"warning":"missing_charset"}`},
	{"article", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"title":"Why your request failed","body":"invalid token, access denied"}`},
	{"jsonrpc", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"jsonrpc":"2.0","id":1,"result":null}`},
	{"null", "GET", "/v1/x", ``, nil, 200, ofJSON(), `null`},
	{"false", "GET", "/v1/x", ``, nil, 200, ofJSON(), `false`},
	{"zero", "GET", "/v1/x", ``, nil, 200, ofJSON(), `0`},
	{"string", "GET", "/v1/x", ``, nil, 200, ofJSON(), `"error"`},
	{"statusCode 200", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"statusCode":200,"message":"done"}`},
	{"soft", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"result":"error rate is 3%"}`},
	{"batch ok", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"errors":false,"items":[{"index":{"status":201}}]}`},
	{"payment", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"id":"ch_1","failure_code":null,"failure_message":null,"status":"succeeded"}`},
	{"search", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"took":1,"timed_out":false,"_shards":{"failed":0},"hits":{"total":0}}`},
	{"validation", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"valid":false,"reasons":["expired"]}`},
	{"errorCode none", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"errorCode":"","errorMessage":""}`},
	{"monitor", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"checks":[{"status":500,"error":"timeout"}]}`},
	{"created", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"message":"Invalid entries were skipped","created":3}`},
	{"204", "DELETE", "/v1/x", ``, nil, 204, nil, ``},
	{"304", "GET", "/v1/x", ``, faultline.Header{{Name: "If-None-Match", Value: `"a"`}}, 304, faultline.Header{{Name: "ETag", Value: `"a"`}}, ``},
	{"206", "GET", "/v1/x", ``, faultline.Header{{Name: "Range", Value: `bytes=0-2`}}, 206, faultline.Header{{Name: "Content-Range", Value: `bytes 0-2/10`}, {Name: "Content-Length", Value: `3`}}, `abc`},
	{"202", "POST", "/v1/x", ``, nil, 202, ofJSON(faultline.Field{Name: "Location", Value: `/jobs/1`}, faultline.Field{Name: "Retry-After", Value: `5`}), `{"status":"pending"}`},
	{"201", "POST", "/v1/x", `{}`, ofJSON(), 201, faultline.Header{{Name: "Location", Value: `/v1/x/1`}}, ``},
	{"207", "PROPFIND", "/v1/x", ``, nil, 207, faultline.Header{{Name: "Content-Type", Value: `application/xml`}}, `<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/a</href><propstat><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`},
	{"302 after login", "POST", "/login", `user=a&password=b`, faultline.Header{{Name: "Content-Type", Value: `application/x-www-form-urlencoded`}}, 302, faultline.Header{{Name: "Location", Value: `/home`}, {Name: "Set-Cookie", Value: `sid=1`}}, ``},
	{"303", "POST", "/v1/x", `{}`, ofJSON(), 303, faultline.Header{{Name: "Location", Value: `/v1/x/1`}}, ``},
	{"307", "POST", "/v1/x", `{}`, ofJSON(), 307, faultline.Header{{Name: "Location", Value: `https://h2.example/v1/x`}}, ``},
	{"308", "GET", "/v1/x", ``, nil, 308, faultline.Header{{Name: "Location", Value: `https://h.example/v2/x`}}, ``},
	{"head", "HEAD", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "Content-Length", Value: `500`}), ``},
	{"options", "OPTIONS", "/v1/x", ``, faultline.Header{{Name: "Origin", Value: `https://a.example`}, {Name: "Access-Control-Request-Method", Value: `POST`}, {Name: "Access-Control-Request-Headers", Value: `content-type`}}, 204, faultline.Header{{Name: "Access-Control-Allow-Origin", Value: `https://a.example`}, {Name: "Access-Control-Allow-Methods", Value: `POST`}, {Name: "Access-Control-Allow-Headers", Value: `content-type`}, {Name: "Vary", Value: `Origin`}}, ``},
	{"plain options", "OPTIONS", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Allow", Value: `GET, HEAD`}}, ``},
	{"sse", "GET", "/v1/x", ``, faultline.Header{{Name: "Accept", Value: `text/event-stream`}}, 200, faultline.Header{{Name: "Content-Type", Value: `text/event-stream`}}, "data: {\"error\":\"x\"}\n\n"},
	{"html", "GET", "/v1/x", ``, faultline.Header{{Name: "Accept", Value: `text/html,*/*`}}, 200, faultline.Header{{Name: "Content-Type", Value: `text/html`}}, `<html><title>Error handling</title><p>404 Not Found is a status</p></html>`},
	{"device pending", "POST", "/token", `grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x`, faultline.Header{{Name: "Content-Type", Value: `application/x-www-form-urlencoded`}}, 400, ofJSON(), `{"error":"authorization_pending"}`},
	{"dpop nonce", "POST", "/token", `grant_type=authorization_code&code=x`, faultline.Header{{Name: "Content-Type", Value: `application/x-www-form-urlencoded`}, {Name: "DPoP", Value: `eyJ`}}, 400, ofJSON(faultline.Field{Name: "DPoP-Nonce", Value: `n`}), `{"error":"use_dpop_nonce"}`},
	{"digest stale", "GET", "/v1/x", ``, faultline.Header{{Name: "Authorization", Value: `Digest username="u", realm="r", nonce="o", uri="/v1/x", response="abc"`}}, 401, faultline.Header{{Name: "WWW-Authenticate", Value: `Digest realm="r", nonce="n", stale=true`}}, ``},
	{"ntlm", "GET", "/v1/x", ``, faultline.Header{{Name: "Authorization", Value: `NTLM TlRMTVNTUAABAAAA`}}, 401, faultline.Header{{Name: "WWW-Authenticate", Value: `NTLM TlRMTVNTUAACAAAA`}}, ``},
	{"negotiate", "GET", "/v1/x", ``, faultline.Header{{Name: "Authorization", Value: `Negotiate YIIFxw`}}, 401, faultline.Header{{Name: "WWW-Authenticate", Value: `Negotiate oYG2MIGz`}}, ``},
	{"ratelimit left", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "X-RateLimit-Limit", Value: `60`}, faultline.Field{Name: "X-RateLimit-Remaining", Value: `1`}, faultline.Field{Name: "X-RateLimit-Reset", Value: `1`}), `{}`},
	{"ratelimit none left", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "X-RateLimit-Remaining", Value: `0`}), `{}`},
	{"deprecation", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "Deprecation", Value: `@1688169599`}, faultline.Field{Name: "Sunset", Value: `Sun, 30 Jun 2030 00:00:00 GMT`}), `{}`},
	{"cors same", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "Access-Control-Allow-Origin", Value: `*`}), `{}`},
	{"cors no origin", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "Access-Control-Allow-Origin", Value: `https://b.example`}), `{}`},
	{"www-auth on 200", "GET", "/v1/x", ``, nil, 200, ofJSON(faultline.Field{Name: "WWW-Authenticate", Value: `Bearer`}), `{}`},
	{"101", "GET", "/v1/x", ``, faultline.Header{{Name: "Upgrade", Value: `websocket`}, {Name: "Connection", Value: `Upgrade`}}, 101, faultline.Header{{Name: "Upgrade", Value: `websocket`}, {Name: "Connection", Value: `Upgrade`}}, ``},
	{"ndjson", "GET", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Content-Type", Value: `application/x-ndjson`}}, "{\"a\":1}\n{\"error\":\"x\"}\n"},
	{"csv", "GET", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Content-Type", Value: `text/csv`}}, "id,error\n1,failed\n"},
	{"text", "GET", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Content-Type", Value: `text/plain`}}, `error log: none`},
	{"xml ok", "GET", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Content-Type", Value: `application/xml`}}, `<r><error/><status>failed</status></r>`},
	{"soap ok", "POST", "/v1/x", ``, nil, 200, faultline.Header{{Name: "Content-Type", Value: `text/xml`}}, `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><R><Errors/></R></soap:Body></soap:Envelope>`},
	{"openapi", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"openapi":"3.1.0","components":{"responses":{"401":{"description":"Unauthorized"}}}}`},
	{"problem+json schema", "GET", "/v1/x", ``, nil, 200, ofJSON(), `{"type":"object","title":"Error","properties":{"status":{"const":400}}}`},
}

func TestHealthyCallsThatLookLikeFailuresHaveNoFinding(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range lookalikes {
		ex := &faultline.Exchange{
			Request:  faultline.Request{Method: tt.method, Scheme: "https", Host: "h.example", Target: tt.target, Header: tt.with, Body: faultline.NewBody([]byte(tt.sent))},
			Response: &faultline.Response{Status: tt.status, Header: tt.fields, Body: faultline.NewBody([]byte(tt.body))},
		}
		if d := engine.Diagnose(ex); d.Failed || len(d.Findings) > 0 {
			f, _ := d.Primary()
			t.Errorf("%s: %s %s", tt.name, f.Cause.Slug, f.Message)
		}
	}
}
