package causes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// answer is a refusal as some product words it. The credential stands in the Authorization field.
type answer struct {
	want       faultline.Slug
	credential string
	status     int
	header     string // one field, "Name: value"
	body       string
	took       time.Duration
}

func (a *answer) exchange() *faultline.Exchange {
	ex := &faultline.Exchange{
		Start:   time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC),
		Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
		Timing:  faultline.Timing{Total: a.took},
	}
	if a.credential != "" {
		ex.Request.Header = faultline.Header{{Name: "Authorization", Value: a.credential}}
	}
	ex.Response = &faultline.Response{Status: a.status, Body: faultline.NewBody([]byte(a.body))}
	mediaType := "application/json"
	if !strings.HasPrefix(a.body, "{") {
		mediaType = "text/plain"
	}
	if strings.HasPrefix(a.body, "<") {
		mediaType = "text/html"
	}
	ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: mediaType}}
	if name, value, ok := strings.Cut(a.header, ": "); ok {
		ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: name, Value: value})
	}
	return ex
}

func check(t *testing.T, answers []answer) {
	t.Helper()
	engine := diagnose.New()
	for _, a := range answers {
		first, _ := engine.Diagnose(a.exchange()).Primary()
		if first.Cause.Slug != a.want {
			t.Errorf("%d %.100s (%s) is diagnosed as %q (%s), want %q", a.status, a.body, a.header, first.Cause.Slug, first.Message, a.want)
		}
		if a.credential != "" && len(a.credential) > 20 {
			secret := a.credential[strings.LastIndexByte(a.credential, ' ')+1:]
			for _, text := range texts(&first) {
				if strings.Contains(text, secret) {
					t.Errorf("%.60s: the credential is quoted in %q", a.body, text)
				}
			}
		}
	}
}

func texts(f *faultline.Finding) []string {
	out := []string{f.Message, f.Brief, f.Found, f.Expected, f.Caret, f.Remedy.Text, f.Retry}
	for _, e := range f.Evidence {
		for _, l := range e.Lines {
			out = append(out, l.Text, l.Note)
		}
	}
	for _, e := range f.Remedy.Patch {
		out = append(out, e.Value)
	}
	return out
}

// opaque is a made-up token of no known kind.
const opaque = "Bearer made-up-opaque-token-0001"

func TestAnswersAboutCredentials(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"auth.missing", "", 401, "", `{"msg":"Missing Authorization Header"}`, 0},
		{"auth.missing", "", 401, "", `{"statusCode":401,"message":"Unauthorized"}`, 0},
		{"auth.missing", "", 401, `WWW-Authenticate: Bearer realm="https://auth.example.com/token",service="registry"`, `{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}`, 0},
		{"auth.missing", "", 403, "", `{"kind":"Status","status":"Failure","message":"forbidden: User \"system:anonymous\" cannot get path \"/api\"","reason":"Forbidden","code":403}`, 0},
		{"auth.missing", "", 401, "", `{"error":{"root_cause":[{"type":"security_exception","reason":"missing authentication credentials for REST request [/]"}]},"status":401}`, 0},
		{"auth.missing", "", 401, "", `{"code":"rest_not_logged_in","message":"You are not currently logged in.","data":{"status":401}}`, 0},
		{"auth.missing", "", 401, "", `{"error":"You need to sign in or sign up before continuing."}`, 0},
		{"auth.missing", "", 400, "", `{"errors":["missing client token"]}`, 0},
		{"auth.missing", "", 401, "", `{"message":"JWT Token not found","code":401}`, 0},
		{"auth.missing", "", 401, "", `{"error_msg":"Missing API key found in request"}`, 0},
		{"auth.missing", "", 200, "", `{"errors":[{"message":"Not Authenticated","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}`, 0},
		{"auth.missing", "", 400, "", `{"error":{"message":"An access token is required to request this resource.","type":"OAuthException","code":104}}`, 0},
		{"auth.scheme", "Basic am9lOnBhc3N3b3Jk", 400, "", `{"error":{"status":400,"message":"Only valid bearer authentication supported"}}`, 0},
		{"auth.scheme", "Bearer", 401, "", `{"detail":"Authorization header must contain two space-delimited values","code":"bad_authorization_header"}`, 0},
		{"auth.scheme", "made-up-opaque-token-0001", 401, "", `{"msg":"Bad Authorization header. Expected 'Authorization: Bearer <JWT>'"}`, 0},
		{"auth.scheme", "made-up-opaque-token-0001", 401, `WWW-Authenticate: Bearer`, ``, 0},
		{"auth.scheme", "Bearer made-up-opaque-token-0001", 401, `WWW-Authenticate: Basic realm="x"`, `Unauthorized`, 0},
		{"auth.scheme", "Basic joe:password-in-clear", 401, `WWW-Authenticate: Basic realm="x"`, `Unauthorized`, 0},
		{"auth.scheme", "Bearer: made-up-opaque-token-0001", 401, "", `{"message":"Unauthorized"}`, 0},
		{"auth.token-malformed", opaque, 401, "", `{"message":"Invalid token: malformed JWT"}`, 0},
		{"auth.token-malformed", "Bearer undefined", 401, "", `{"message":"Unauthorized"}`, 0},
		{"auth.token-malformed", "Bearer {{access_token}}", 401, "", `{"message":"Unauthorized"}`, 0},
		{"auth.token-malformed", `Bearer "made-up-opaque-token-0001"`, 401, "", `{"message":"Unauthorized"}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"status":"error","message":"The OAuth token used to make this call expired 6 hour(s) ago.","category":"EXPIRED_AUTHENTICATION"}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"error":{"status":401,"message":"The access token expired"}}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"error_summary":"expired_access_token/","error":{".tag":"expired_access_token"}}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}`, 0},
		{"auth.token-expired", opaque, 400, "", `{"error":{"message":"Error validating access token: Session has expired on Friday, 20-Nov-26 05:00:00 PST.","type":"OAuthException","code":190}}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"code":"PGRST301","details":null,"hint":null,"message":"JWT expired"}`, 0},
		{"auth.token-expired", opaque, 401, "", `{"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry UTC time '11/20/2026 1:31:37 PM' is earlier than current UTC time"}}`, 0},
		{"auth.token-expired", opaque, 400, "", `<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>`, 0},
		{"auth.token-expired", opaque, 401, "", `{"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]}`, 0},
		{"auth.token-expired", opaque, 200, "", `{"errors":[{"extensions":{"code":"invalid-jwt"},"message":"Could not verify JWT: JWTExpired"}]}`, 0},
		{"auth.invalid-credentials", opaque, 401, "", `{"message":"Bad credentials"}`, 0},
		{"auth.invalid-credentials", opaque, 401, "", `{"error":"Session expired or invalid"}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"message":"Forbidden"}`, 0},
		{"auth.token-revoked", opaque, 401, `WWW-Authenticate: Bearer error="invalid_token"`, `{"message":"the token was revoked"}`, 0},
		{"auth.insufficient-scope", opaque, 403, `WWW-Authenticate: Bearer error="insufficient_scope"`, ``, 0},
		{"state.business-rule", opaque, 403, "", `{"error":"Your card has expired"}`, 0},
		{"auth.csrf", "", 403, "", `{"message":"CSRF token missing or incorrect."}`, 0},
	})
}

func TestAnswersAboutLimits(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"limit.rate", opaque, 429, "", `{"message":"You are being rate limited.","retry_after":1.337,"global":false}`, 0},
		{"limit.rate", opaque, 429, "", `{"error":{"message":"Rate limit reached for model in organization on tokens per min","type":"tokens","code":"rate_limit_exceeded"}}`, 0},
		{"limit.rate", opaque, 429, "", `{"status":"error","message":"You have reached your secondly limit.","errorType":"RATE_LIMIT","policyName":"SECONDLY"}`, 0},
		{"limit.rate", opaque, 400, "", `{"__type":"ThrottlingException","message":"Rate exceeded"}`, 0},
		{"limit.rate", opaque, 503, "", `<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`, 0},
		{"limit.rate", opaque, 403, "", `{"error":{"code":403,"errors":[{"reason":"userRateLimitExceeded"}],"message":"User Rate Limit Exceeded"}}`, 0},
		{"limit.rate", opaque, 400, "", `{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","code":4}}`, 0},
		{"limit.rate", opaque, 429, "", `{"statusCode":429,"message":"Rate limit is exceeded. Try again in 12 seconds."}`, 0},
		{"limit.rate", opaque, 429, "", `{"fault":{"faultstring":"Spike arrest violation. Allowed rate : 10ps","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}`, 0},
		{"limit.rate", opaque, 429, "Retry-After: Fri, 20 Nov 2026 14:32:02 GMT", ``, 0},
		{"limit.quota", opaque, 429, "", `{"error":{"message":"You exceeded your current quota, please check your plan and billing details."}}`, 0},
		{"limit.quota", opaque, 403, "", `{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 10.00:00:00."}`, 0},
		{"limit.quota", opaque, 429, "Retry-After: 86400", `{"message":"daily limit"}`, 0},
		{"", opaque, 200, "X-RateLimit-Remaining: 0", `{"id":7}`, 0},
	})
}

func TestAnswersOfGateways(t *testing.T) {
	t.Parallel()
	const alb502 = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>"
	check(t, []answer{
		{"gateway.upstream-refused", "", 502, "Server: awselb/2.0", alb502, 3 * time.Millisecond},
		{"gateway.upstream-refused", "", 502, "Server: Caddy", ``, 2 * time.Millisecond},
		{"gateway.upstream-refused", "", 503, "", `upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: 111`, 9 * time.Millisecond},
		{"gateway.upstream-refused", "", 503, "Server: squid", `<html><p>Connection to 10.0.0.7 failed. The system returned: <i>(111) Connection refused</i></p></html>`, 0},
		{"gateway.upstream-refused", "", 504, "", `Error occured while trying to proxy: connect ECONNREFUSED 127.0.0.1:3001`, 0},
		{"gateway.upstream-refused", "", 502, "", `Unable to reach the origin service. The service may be down or it may not be responding to traffic from cloudflared`, 0},
		{"gateway.upstream-refused", "", 503, "", `{"code":14,"message":"connection error: desc = \"transport: Error while dialing dial tcp 10.0.0.7:50051: connect: connection refused\""}`, 0},
		{"gateway.upstream-timeout", "", 504, "", `{"status":504,"error":"Gateway Timeout","message":"Response took longer than timeout: PT5S"}`, 5 * time.Second},
		{"gateway.upstream-timeout", "", 504, "Server: awselb/2.0", strings.ReplaceAll(alb502, "502 Bad Gateway", "504 Gateway Time-out"), time.Minute},
		{"gateway.upstream-timeout", "", 504, "", `stream timeout`, 15 * time.Second},
		{"gateway.upstream-timeout", "", 503, "", `upstream connect error or disconnect/reset before headers. reset reason: connection timeout`, 5 * time.Second},
		{"gateway.upstream-timeout", "", 504, "", `{"code":4,"message":"context deadline exceeded"}`, 5 * time.Second},
	})
}
