package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// said are calls without a contract and what servers of many makes answer to them: the words have to be
// tied to the place in the request. A request is "METHOD target", a body begins with its media type.
var said = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string // pointer, or part and name
}{
	{"nest array", "POST /users", `json {"name":"Ada","email":"x","age":3}`, 400, `{"statusCode":400,"message":["email must be an email"],"error":"Bad Request"}`, "body.value", "/email"},
	{"nest whitelist", "POST /users", `json {"name":"Ada","nick":"x"}`, 400, `{"statusCode":400,"message":["property nick should not exist"],"error":"Bad Request"}`, "body.unknown-field", "/nick"},
	{"nest nested", "POST /orders", `json {"items":[{"qty":"2"}]}`, 400, `{"statusCode":400,"message":["items.0.qty must be an integer number"],"error":"Bad Request"}`, "body.type", "/items/0/qty"},
	{"nest empty", "POST /users", `json {"email":"a@example.com"}`, 400, `{"statusCode":400,"message":["name should not be empty","name must be a string"],"error":"Bad Request"}`, "body.missing-field", "/name"},
	{"nest pipe", "GET /users/abc", ``, 400, `{"statusCode":400,"message":"Validation failed (numeric string is expected)","error":"Bad Request"}`, "param.type", "path"},
	{"zod", "POST /orders", `json {"items":[{"quantity":"2"}]}`, 400, `{"error":{"issues":[{"code":"invalid_type","expected":"number","received":"string","path":["items",0,"quantity"],"message":"Expected number, received string"}],"name":"ZodError"}}`, "body.type", "/items/0/quantity"},
	{"zod missing", "POST /users", `json {"name":"Ada"}`, 400, `{"issues":[{"code":"invalid_type","expected":"string","received":"undefined","path":["email"],"message":"Required"}]}`, "body.missing-field", "/email"},
	{"joi query", "GET /orders?limit=500", ``, 400, `{"error":"\"limit\" must be less than or equal to 100"}`, "param.value", "query limit"},
	{"joi missing query", "GET /orders", ``, 400, `{"statusCode":400,"error":"Bad Request","message":"Validation failed","validation":{"query":{"source":"query","keys":["shop"],"message":"\"shop\" is required"}}}`, "param.missing", "query shop"},
	{"joi null", "POST /users", `json {"name":null}`, 400, `{"message":"\"name\" must be a string"}`, "body.null", "/name"},
	{"express-validator", "POST /users", `json {"age":"x"}`, 422, `{"errors":[{"type":"field","value":"x","msg":"Invalid value","path":"age","location":"body"}]}`, "body.value", "/age"},
	{"marshmallow", "POST /orders", `json {"sku":"a","quantity":"two"}`, 422, `{"code":422,"errors":{"json":{"quantity":["Not a valid integer."]}},"status":"Unprocessable Entity"}`, "body.type", "/quantity"},
	{"marshmallow query", "GET /orders?page=x", ``, 422, `{"errors":{"query":{"page":["Not a valid integer."]}}}`, "param.type", "query page"},
	{"connexion", "GET /orders?limt=3", ``, 400, `{"detail":"Extra query parameter(s) limt not in spec","status":400,"title":"Bad Request"}`, "param.unknown", "query limt"},
	{"serde", "POST /users", `json {"name":"Ada"}`, 422, "Failed to deserialize the JSON body into the target type: missing field `email` at line 1 column 14", "body.missing-field", "/email"},
	{"serde type", "POST /orders", `json {"items":[{"quantity":"two"}]}`, 422, `Failed to deserialize the JSON body into the target type: items[0].quantity: invalid type: string "two", expected i64 at line 1 column 30`, "body.type", "/items/0/quantity"},
	{"serde query", "GET /orders?limit=ten", ``, 400, `Failed to deserialize query string: limit: invalid digit found in string`, "param.type", "query limit"},
	{"axum media", "POST /users", `text {"name":"Ada"}`, 415, "Expected request with `Content-Type: application/json`", "content.type-unsupported", "header Content-Type"},
	{"axum path", "GET /users/abc", ``, 400, "Invalid URL: Cannot parse `abc` to a `u64`", "param.type", "path"},
	{"spring 3", "GET /orders", ``, 400, `{"type":"about:blank","title":"Bad Request","status":400,"detail":"Required parameter 'shop' is not present.","instance":"/orders"}`, "param.missing", "query shop"},
	{"spring convert", "GET /orders/abc", ``, 400, `{"title":"Bad Request","status":400,"detail":"Failed to convert 'id' with value: 'abc'"}`, "param.type", "path"},
	{"spring validation", "POST /orders", `json {"sku":"","quantity":2}`, 400, `{"status":400,"errors":[{"codes":["NotBlank.order.sku"],"defaultMessage":"must not be blank","objectName":"order","field":"sku","rejectedValue":"","code":"NotBlank"}],"path":"/orders"}`, "body.value", "/sku"},
	{"spring not null", "POST /orders", `json {"sku":"a"}`, 400, `{"status":400,"errors":[{"defaultMessage":"must not be null","field":"quantity","code":"NotNull"}],"path":"/orders"}`, "body.missing-field", "/quantity"},
	{"quarkus", "POST /orders", `json {"sku":"","quantity":2}`, 400, `{"title":"Constraint Violation","status":400,"violations":[{"field":"create.order.sku","message":"must not be blank"}]}`, "body.value", "/sku"},
	{"kotlinx", "POST /users", `json {"name":"Ada"}`, 400, `Field 'email' is required for type with serial name 'com.example.User', but it was missing at path: $`, "body.missing-field", "/email"},
	{"newtonsoft", "POST /orders", `json {"quantity":"two"}`, 400, `{"errors":{"quantity":["Could not convert string to integer: two. Path 'quantity', line 1, position 15."]}}`, "body.type", "/quantity"},
	{"minimal api", "GET /orders", ``, 400, `Microsoft.AspNetCore.Http.BadHttpRequestException: Required parameter "string shop" was not provided from query string.`, "param.missing", "query shop"},
	{"symfony", "POST /users", `json {"email":""}`, 422, `{"title":"Validation Failed","detail":"email: This value should not be blank.","violations":[{"propertyPath":"email","title":"This value should not be blank."}]}`, "body.value", "/email"},
	{"kin-openapi", "POST /orders", `json {"quantity":"2"}`, 400, `{"error":"request body has an error: doesn't match schema: Error at \"/quantity\": value must be an integer"}`, "body.type", "/quantity"},
	{"huma", "POST /orders", `json {"quantity":"two"}`, 422, `{"title":"Unprocessable Entity","status":422,"detail":"validation failed","errors":[{"message":"expected integer","location":"body.quantity","value":"two"}]}`, "body.type", "/quantity"},
	{"huma missing", "POST /users", `json {"name":"Ada"}`, 422, `{"status":422,"detail":"validation failed","errors":[{"message":"expected required property email to be present","location":"body","value":{"name":"Ada"}}]}`, "body.missing-field", "/email"},
	{"go validator slice", "POST /orders", `json {"items":[{"quantity":0}]}`, 400, `{"error":"Key: 'Order.Items[0].Quantity' Error:Field validation for 'Quantity' failed on the 'gt' tag"}`, "body.value", "/items/0/quantity"},
	{"json:api", "POST /users", `json {"data":{"attributes":{"name":"Ada"}}}`, 422, `{"errors":[{"status":"422","detail":"This field is required.","source":{"pointer":"/data/attributes/email"},"code":"required"}]}`, "body.missing-field", "/data/attributes/email"},
	{"rfc 9457", "POST /users", `json {"age":-1}`, 422, `{"type":"https://example.net/validation-error","title":"Your request is not valid.","errors":[{"detail":"must be a positive integer","pointer":"#/age"}]}`, "body.value", "/age"},
	{"problem params", "GET /users?age=-1", ``, 400, `{"title":"Your request parameters didn't validate.","invalid-params":[{"name":"age","reason":"must be a positive integer"}]}`, "param.value", "query age"},
	{"gitlab", "POST /projects", `json {"name":""}`, 400, `{"message":{"name":["can't be blank"]}}`, "body.value", "/name"},
	{"gitlab missing", "POST /issues", `json {"description":"x"}`, 400, `{"error":"title is missing"}`, "body.missing-field", "/title"},
	{"jira", "POST /issue", `json {"fields":{"project":{"key":"A"}}}`, 400, `{"errorMessages":[],"errors":{"summary":"You must specify a summary of the issue."}}`, "body.missing-field", "/fields/summary"},
	{"notion", "POST /pages", `json {"parent":{}}`, 400, "{\"object\":\"error\",\"status\":400,\"code\":\"validation_error\",\"message\":\"body failed validation: body.parent.page_id should be defined, instead was `undefined`.\"}", "body.missing-field", "/parent/page_id"},
	{"discord", "POST /messages", `json {"embeds":[{"title":""}]}`, 400, `{"code":50035,"errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be between 1 and 256 in length."}]}}}},"message":"Invalid Form Body"}`, "body.value", "/embeds/0/title"},
	{"telegram", "POST /sendMessage", `json {"text":"hi"}`, 400, `{"ok":false,"error_code":400,"description":"Bad Request: parameter \"chat_id\" is required"}`, "body.missing-field", "/chat_id"},
	{"spotify", "GET /search?q=a&limit=900", ``, 400, `{"error":{"status":400,"message":"Invalid limit"}}`, "param.value", "query limit"},
	{"twitch", "GET /channels", ``, 400, `{"error":"Bad Request","status":400,"message":"Missing required parameter \"broadcaster_id\""}`, "param.missing", "query broadcaster_id"},
	{"openai", "POST /chat", `json {"model":"m","messages":[],"temprature":1}`, 400, `{"error":{"message":"Unrecognized request argument supplied: temprature","type":"invalid_request_error","param":null,"code":null}}`, "body.unknown-field", "/temprature"},
	{"anthropic", "POST /messages", `json {"model":"m","messages":[]}`, 400, `{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"}}`, "body.missing-field", "/max_tokens"},
	{"kubernetes", "POST /apis", `json {"spec":{"replicas":-1}}`, 422, `{"kind":"Status","status":"Failure","message":"Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0","reason":"Invalid","details":{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: -1: must be greater than or equal to 0","field":"spec.replicas"}]},"code":422}`, "body.value", "/spec/replicas"},
	{"elasticsearch", "GET /_search?siz=3", ``, 400, `{"error":{"type":"illegal_argument_exception","reason":"request [/_search] contains unrecognized parameter: [siz] -> did you mean [size]?"},"status":400}`, "param.unknown", "query siz"},
	{"dynamodb", "POST /", `json {"tableName":"ab"}`, 400, `{"__type":"com.amazon.coral.validate#ValidationException","message":"1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"}`, "body.value", "/tableName"},
	{"square", "POST /payments", `json {"amount_money":{"amount":"1"}}`, 400, `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"EXPECTED_INTEGER","detail":"Expected an integer value.","field":"amount_money.amount"}]}`, "body.type", "/amount_money/amount"},
	{"paypal", "POST /orders", `json {"intent":"CAPTURE"}`, 400, `{"name":"INVALID_REQUEST","message":"Request is not well-formed, syntactically incorrect, or violates schema.","details":[{"field":"/purchase_units","location":"body","issue":"MISSING_REQUIRED_PARAMETER","description":"A required field / parameter is missing."}]}`, "body.missing-field", "/purchase_units"},
	{"plaid", "POST /link", `json {"client_id":"x"}`, 400, `{"error_type":"INVALID_REQUEST","error_code":"MISSING_FIELDS","error_message":"the following required fields are missing: client_name"}`, "body.missing-field", "/client_name"},
	{"salesforce", "POST /sobjects", `json {"Phone":"1"}`, 400, `[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]`, "body.missing-field", "/Name"},
	{"graphql input", "POST /graphql", `json {"query":"mutation($input:OrderInput!){order(input:$input){id}}","variables":{"input":{"skuu":"x"}}}`, 400, `{"errors":[{"message":"Variable \"$input\" got invalid value { skuu: \"x\" }; Field \"skuu\" is not defined by type \"OrderInput\". Did you mean \"sku\"?"}]}`, "body.unknown-field", "/variables/input/skuu"},
	{"graphql null", "POST /graphql", `json {"query":"query($id:ID!){order(id:$id){id}}","variables":{"id":null}}`, 200, `{"errors":[{"message":"Variable \"$id\" of non-null type \"ID!\" must not be null."}]}`, "body.null", "/variables/id"},
	{"json-rpc", "POST /rpc", `json {"jsonrpc":"2.0","method":"send","params":{},"id":1}`, 200, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params: missing field 'to'"},"id":1}`, "body.missing-field", "/to"},
	{"form missing", "POST /token", `form a=1`, 400, `{"error":"Missing required parameter: amount"}`, "body.missing-field", "/amount"},
	{"form type", "POST /charges", `form amount=12.50&currency=eur`, 400, `{"error":{"message":"Invalid integer: 12.50","param":"amount"}}`, "body.type", "/amount"},
	{"form brackets", "POST /charges", `form card[number]=42&currency=eur`, 400, `{"error":{"message":"Your card number is invalid","param":"card[number]"}}`, "body.value", "/card[number]"},
	{"multipart", "POST /upload", "multi title", 400, `{"detail":"Required part 'file' is not present."}`, "body.missing-field", "/file"},
	{"json as text", "POST /users", `text {"name":"Ada"}`, 400, `{"error":"name is required"}`, "content.type-unsupported", "header Content-Type"},
	{"no type", "POST /users", `none {"name":"Ada"}`, 400, `{"message":"Request body is missing"}`, "content.type-missing", "header Content-Type"},
	{"xml for json", "POST /users", `json <user/>`, 400, `Bad Request`, "content.type-mismatch", "header Content-Type"},
	{"broken", "POST /users", `json {"name": 'Ada'}`, 400, `Bad Request`, "body.syntax", ""},
	{"empty", "POST /users", `json `, 400, `{"title":"Bad Request","detail":"Failed to read request"}`, "body.missing", ""},
	{"php", "POST /users", `json {"name":"Ada"}`, 500, `{"error":"Undefined array key \"email\""}`, "body.missing-field", "/email"},
	{"plus", "GET /users?phone=+4915112345678", ``, 400, `{"error":"phone is not a valid phone number"}`, "param.serialization", "query phone"},
	{"header", "GET /reports", ``, 400, `{"error":"Missing required header: X-Tenant-Id"}`, "header.missing", "header X-Tenant-Id"},
	{"undefined", "GET /users/undefined", ``, 400, `{"message":"invalid input syntax for type integer: \"undefined\""}`, "param.type", "path"},

	// answers that speak of something else
	{"conflict", "POST /users", `json {"email":"a@example.com"}`, 409, `{"error":"email already exists"}`, "state.conflict", "/email"},
	{"taken", "POST /users", `json {"email":"a@example.com"}`, 422, `{"errors":{"email":["has already been taken"]}}`, "state.conflict", "/email"},
	{"grant", "POST /oauth/token", `form grant_type=authorization_code&code=x`, 400, `{"error":"invalid_grant","error_description":"The authorization code is invalid or has expired"}`, "oauth.invalid-grant", "/code"},
	{"too large", "POST /files", `json {"data":"x"}`, 413, `{"error":"request entity too large"}`, "content.too-large", ""},
}

func TestServersWordsAreTiedToTheRequest(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range said {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spoken(tt.request, tt.body, tt.status, tt.answer))
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

func where(at faultline.Location) string {
	switch at.In {
	case faultline.InBody:
		return at.Pointer
	case faultline.InPath:
		return "path"
	}
	return string(at.In) + " " + at.Name
}

func spoken(request, body string, status int, answer string) *faultline.Exchange {
	method, target, _ := strings.Cut(request, " ")
	ex := &faultline.Exchange{
		Request:  faultline.Request{Method: method, Scheme: "https", Host: "api.example.com", Target: target, Proto: "HTTP/1.1"},
		Response: &faultline.Response{Status: status, Header: faultline.Header{{Name: "Content-Type", Value: "text/plain"}}, Body: faultline.NewBody([]byte(answer))},
	}
	if strings.HasPrefix(answer, "{") || strings.HasPrefix(answer, "[") {
		ex.Response.Header[0].Value = "application/json"
	}
	kind, text, _ := strings.Cut(body, " ")
	types := map[string]string{"json": "application/json", "text": "text/plain", "form": "application/x-www-form-urlencoded", "multi": "multipart/form-data; boundary=A1"}
	if t := types[kind]; t != "" {
		ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: t}}
	}
	if kind == "multi" {
		text = "--A1\r\nContent-Disposition: form-data; name=\"" + text + "\"\r\n\r\nx\r\n--A1--\r\n"
	}
	ex.Request.Body = faultline.NewBody([]byte(text))
	return ex
}
