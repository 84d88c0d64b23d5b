package causes_test

import (
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

const (
	refused = faultline.Slug("gateway.upstream-refused")
	late    = faultline.Slug("gateway.upstream-timeout")
)

// gatewayWords are what gateways answer in the place of an API. Where several causes are fair, the wanted
// one is what words and time tell.
var gatewayWords = []answer{
	{refused, "", 503, "Server: Varnish", `<html><title>503 Backend fetch failed</title><h1>Error 503 Backend fetch failed</h1><p>Backend fetch failed</p><h3>Guru Meditation:</h3><p>XID: 3</p></html>`, 2 * time.Millisecond},
	{late, "", 503, "Server: Varnish", `<html><title>503 Backend fetch failed</title><h1>Error 503 Backend fetch failed</h1><p>Backend fetch failed</p><h3>Guru Meditation:</h3><p>XID: 3</p></html>`, 60 * time.Second},
	{late, "", 503, "X-Served-By: cache-fra-1", `<html><title>503 first byte timeout</title><h1>Error 503 first byte timeout</h1><p>first byte timeout</p><h3>Guru Mediation:</h3></html>`, 15 * time.Second},
	{refused, "", 503, "X-Served-By: cache-fra-1", `<html><h1>Error 503 Connection refused</h1><p>Connection refused</p><h3>Guru Mediation:</h3></html>`, 20 * time.Millisecond},
	{refused, "", 503, "", `{"fault":{"faultstring":"The Service is temporarily unavailable","detail":{"errorcode":"messaging.adaptors.http.flow.ServiceUnavailable","reason":"TARGET_CONNECT_CONNECTION_REFUSED"}}}`, 30 * time.Millisecond},
	{late, "", 504, "", `{"fault":{"faultstring":"Gateway Timeout","detail":{"errorcode":"messaging.adaptors.http.flow.GatewayTimeout","reason":"TARGET_READ_TIMEOUT"}}}`, 57 * time.Second},
	{late, "", 503, "", `{"fault":{"faultstring":"The Service is temporarily unavailable","detail":{"errorcode":"messaging.adaptors.http.flow.ServiceUnavailable","reason":"TARGET_CONNECT_TIMEOUT"}}}`, 3 * time.Second},
	{refused, "", 503, "Server: envoy", `upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: 111`, 2 * time.Millisecond},
	{refused, "", 503, "Server: istio-envoy", `upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused`, 90 * time.Millisecond},
	{late, "", 503, "Server: envoy", `upstream connect error or disconnect/reset before headers. reset reason: connection timeout`, 5 * time.Second},
	{late, "", 504, "Server: istio-envoy", `upstream request timeout`, 15 * time.Second},
	{late, "", 504, "Via: 1.1 google", `upstream request timeout`, 30 * time.Second},
	{"network.timeout", "", 408, "Server: envoy", `stream timeout`, 300 * time.Second},
	{refused, "", 503, "x-envoy-response-flags: UF,URX", `Service Unavailable`, 5 * time.Millisecond},
	{late, "", 504, "x-envoy-response-flags: UT", ``, 15 * time.Second},
	{late, "", 504, "Server: awselb/2.0", `<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>`, 60 * time.Second},
	{refused, "", 502, "Server: awselb/2.0", `<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>`, 8 * time.Millisecond},
	{late, "", 504, "X-Amz-Cf-Id: x", `<HTML><TITLE>ERROR: The request could not be satisfied</TITLE><H1>504 Gateway Timeout ERROR</H1>CloudFront attempted to establish a connection with the origin, but either the attempt failed or the origin closed the connection.</HTML>`, 30 * time.Second},
	{refused, "", 502, "X-Amz-Cf-Id: x", `<HTML><TITLE>ERROR: The request could not be satisfied</TITLE><H1>502 ERROR</H1>CloudFront wasn't able to connect to the origin.</HTML>`, 30 * time.Millisecond},
	{refused, "", 521, "Server: cloudflare", `error code: 521`, 60 * time.Millisecond},
	{late, "", 522, "Server: cloudflare", `error code: 522`, 19 * time.Second},
	{late, "", 524, "Server: cloudflare", `error code: 524`, 100 * time.Second},
	{refused, "", 523, "Server: cloudflare", `error code: 523`, 300 * time.Millisecond},
	{late, "", 503, "Server: Cowboy", `<html><title>Application error</title><body>An error occurred in the application and your page could not be served.</body></html>`, 30 * time.Second},
	{late, "", 502, "Server: Microsoft-IIS/10.0", `<h2>502 - Web server received an invalid response while acting as a gateway or proxy server.</h2><h3>502.3 - The operation timed out</h3>`, 120 * time.Second},
	{late, "", 504, "", `{"message":"The upstream server is timing out","request_id":"x"}`, 60 * time.Second},
	{refused, "", 502, "Server: kong/3.4.0", `{"message":"An invalid response was received from the upstream server"}`, 3 * time.Millisecond},
	{late, "", 504, "x-amzn-RequestId: x", `{"message":"Endpoint request timed out"}`, 29 * time.Second},
	{refused, "", 500, "", `{"error":"There was a problem proxying the request"}`, 5 * time.Millisecond},
	{late, "", 504, "", `{"error":"Upstream service reached hard timeout."}`, 30 * time.Second},
	{refused, "", 502, "", `Bad Gateway`, 2 * time.Millisecond},
	{late, "", 504, "", `Gateway Timeout`, 30 * time.Second},
	{late, "", 504, "Content-Type: text/html", `<h2>Our services aren't available right now</h2><p>We're working to restore all services as soon as possible. Please check back soon.</p> OriginTimeout`, 60 * time.Second},
	{refused, "", 503, "X-Squid-Error: ERR_CONNECT_FAIL 111", `<html><h1>ERROR</h1><h2>The requested URL could not be retrieved</h2><p>Connection to 10.0.0.9 failed.</p><p>The system returned: <i>(111) Connection refused</i></p></html>`, 4 * time.Millisecond},
	{late, "", 504, "X-Squid-Error: ERR_READ_TIMEOUT 0", `<html><h1>ERROR</h1><h2>The requested URL could not be retrieved</h2><p>Read Timeout</p></html>`, 900 * time.Second},
	{late, "", 504, "l5d-proxy-error: request timed out", ``, 10 * time.Second},
	{refused, "", 502, "l5d-proxy-error: endpoint 10.42.0.9:8080: Connection refused (os error 111)", ``, 2 * time.Millisecond},
	{late, "", 504, "Server: HAProxy", `<html><body><h1>504 Gateway Time-out</h1>The server didn't respond in time.</body></html>`, 50 * time.Second},
	{late, "", 504, "X-Vercel-Error: FUNCTION_INVOCATION_TIMEOUT", `An error occurred with your deployment FUNCTION_INVOCATION_TIMEOUT`, 10 * time.Second},
	{refused, "", 502, "Ngrok-Error-Code: ERR_NGROK_8012", `Traffic was successfully tunneled to the ngrok agent, but the agent failed to establish a connection to the upstream web service at http://localhost:3000. The error encountered was: dial tcp [::1]:3000: connect: connection refused`, 90 * time.Millisecond},
	{refused, "", 500, "", `Error occurred while trying to proxy: localhost:3000/api/orders`, 4 * time.Millisecond},
	{late, "", 504, "", `Error occurred while trying to proxy to: api.example.com/orders: ETIMEDOUT`, 60 * time.Second},
	{refused, "", 503, "", `Error trying to reach service: 'dial tcp 10.244.1.7:8080: connect: connection refused'`, 4 * time.Millisecond},
	{late, "", 502, "", `{"error":"context deadline exceeded","message":"invalid status code"}`, 3 * time.Second},
	// what only looks like a gateway
	{"server.unavailable", "", 503, "", `{"error":"search index is rebuilding"}`, 20 * time.Millisecond},
	{"server.error", "", 500, "", `{"error":"could not connect to database"}`, 20 * time.Millisecond},
	{"server.error", "", 500, "", `Internal Server Error`, 40 * time.Second},
	{"server.unavailable", "", 503, "", `{"message":"fetch failed for report 7"}`, 20 * time.Millisecond},
}

func TestWordsOfFurtherGateways(t *testing.T) {
	t.Parallel()
	check(t, gatewayWords)
	engine := diagnose.New()
	for _, a := range gatewayWords {
		first, _ := engine.Diagnose(a.exchange()).Primary()
		if a.want.Family() == "gateway" && first.Cause.Slug == a.want && first.WhoActs() != faultline.Gateway {
			t.Errorf("%d %.80s: %s acts, want the gateway", a.status, a.body, first.WhoActs())
		}
	}
}
