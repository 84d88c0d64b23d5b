package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// saidFurther are answers of further frameworks and providers. Columns as in said.
var saidFurther = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	// labels: the humanised name of a field, there or not
	{"label blank", "POST /teams", `json {"size":3}`, 422, `{"message":"Name can't be blank"}`, "body.missing-field", "/name"},
	{"label two words", "POST /teams", `json {"first_name":"","size":3}`, 422, `{"errors":["First name can't be blank"]}`, "body.value", "/first_name"},
	{"label too short", "POST /teams", `json {"user_name":"a"}`, 422, `{"errors":["User name is too short (minimum is 3 characters)"]}`, "body.value", "/user_name"},
	{"label number", "POST /teams", `json {"max_size":"x"}`, 422, `{"errors":["Max size is not a number"]}`, "body.type", "/max_size"},
	{"label camel", "POST /teams", `json {"maxSize":0}`, 422, `{"errors":["Max Size must be greater than 0"]}`, "body.value", "/maxSize"},
	{"label after colon", "POST /teams", `json {"email":"x"}`, 422, `{"message":"Validation failed: Email is not an email"}`, "body.value", "/email"},
	{"lead-in is empty", "POST /send", `json {"text":"hi"}`, 400, `{"ok":false,"description":"Bad Request: peer_id is empty"}`, "body.missing-field", "/peer_id"},
	{"lead-in is invalid", "POST /send", `json {"peer_id":"zz"}`, 400, `{"ok":false,"description":"Bad Request: peer_id is invalid"}`, "body.value", "/peer_id"},
	{"short preposition name", "POST /send", `form from=a&text=b`, 400, `{"message":"to parameter is missing"}`, "body.missing-field", "/to"},
	{"by parameter", "GET /search", ``, 400, `{"error":"by parameter is required"}`, "param.missing", "query by"},

	// structure goes before prose
	{"issue beside prose", "POST /invoices", `json {"currency":"EUR"}`, 400, `{"name":"INVALID_REQUEST","message":"Request is not well-formed, syntactically incorrect, or violates schema.","details":[{"field":"/items","location":"body","issue":"MISSING_REQUIRED_PARAMETER","description":"A required field is missing."}]}`, "body.missing-field", "/items"},
	{"syntax issue", "POST /invoices", `json {"total":{"value":10}}`, 400, `{"message":"Request is not well-formed","details":[{"field":"/total/value","location":"body","issue":"INVALID_PARAMETER_SYNTAX","description":"The value of a field does not conform to the expected format."}]}`, "body.value", "/total/value"},
	{"reason code", "POST /orders", `json {"sku":"a"}`, 400, `{"title":"Malformed request","errors":[{"target":"quantity","code":"REQUIRED"}]}`, "body.missing-field", "/quantity"},
	{"path and code", "POST /orders", `json {"sku":1}`, 400, `{"message":"Bad Request: malformed","violations":[{"propertyPath":"sku","title":"This value should be of type string.","code":"ba785a8c"}]}`, "body.type", "/sku"},

	// bounds in signs
	{"sign le", "POST /readings", `json {"celsius":61}`, 422, `{"errors":[{"message":"expected number <= 60","location":"body.celsius","value":61}]}`, "body.value", "/celsius"},
	{"sign ge query", "GET /readings?limit=0", ``, 422, `{"errors":[{"message":"expected number >= 1","location":"query.limit","value":0}]}`, "param.value", "query limit"},
	{"expected string length", "POST /readings", `json {"station":""}`, 422, `{"errors":[{"message":"expected length >= 1","location":"body.station","value":""}]}`, "body.value", "/station"},
	{"value first", "POST /people", `json {"age":-1,"name":"A"}`, 400, `{"description":"-1 is less than the minimum of 0"}`, "body.value", "/age"},
	{"value not in", "POST /people", `json {"kind":"cat"}`, 400, `{"error":"'cat' is not one of ['dog', 'bird']"}`, "body.value", "/kind"},
	{"value not type", "POST /people", `json {"age":"old"}`, 400, `{"error":"'old' is not of type 'integer'"}`, "body.type", "/age"},
	{"value too long", "POST /people", `json {"code":"abcdef"}`, 400, `{"error":"'abcdef' is too long"}`, "body.value", "/code"},
	{"required property", "POST /people", `json {"age":3}`, 400, `{"error":"'name' is a required property"}`, "body.missing-field", "/name"},

	// types
	{"converting value", "GET /q?page=last", ``, 400, `failed to decode: schema: error converting value for "page"`, "param.type", "query page"},
	{"converting index", "GET /q?ids=a", ``, 400, `schema: error converting value for index 0 of "ids"`, "param.type", "query ids"},
	{"invalid value for integer", "GET /docs?limit=x", ``, 400, `{"error":"query_parse_error","reason":"Invalid value for integer: \"x\""}`, "param.type", "query limit"},
	{"cannot convert", "GET /items?max=abc", ``, 400, `{"message":"Cannot convert \"abc\" to number"}`, "param.type", "query max"},
	{"rust serde", "POST /items", `json {"qty":"2"}`, 422, "Failed to deserialize the JSON body into the target type: qty: invalid type: string \"2\", expected u32 at line 1 column 10", "body.type", "/qty"},
	{"rust path", "GET /items/abc", ``, 400, "Invalid URL: Cannot parse `abc` to a `u64`", "param.type", "path"},
	{"rust query", "GET /items?page=x", ``, 400, "Failed to deserialize query string: page: invalid digit found in string", "param.type", "query page"},
	{"actix query", "GET /items?page=x", ``, 400, "Query deserialize error: invalid digit found in string", "param.type", "query page"},
	{"actix missing", "GET /items", ``, 400, "Query deserialize error: missing field `page`", "param.missing", "query page"},
	{"actix body", "POST /items", `json {"name":"a"}`, 400, "Json deserialize error: missing field `qty` at line 1 column 12", "body.missing-field", "/qty"},
	{"vapor", "POST /items", `json {"name":"a"}`, 400, `{"error":true,"reason":"No such key 'qty' at path ''."}`, "body.missing-field", "/qty"},
	{"vapor type", "POST /items", `json {"qty":"a"}`, 400, `{"error":true,"reason":"Value at path 'qty' was not of type 'Int'. Expected to decode Int but found a string instead."}`, "body.type", "/qty"},
	{"vapor validation", "POST /items", `json {"email":"a"}`, 400, `{"error":true,"reason":"email is not a valid email address"}`, "body.value", "/email"},
	{"ktor", "GET /items?page=x", ``, 400, "Request parameter page couldn't be parsed/converted to Int", "param.type", "query page"},
	{"ktor missing", "GET /items", ``, 400, "Request parameter page is missing", "param.missing", "query page"},
	{"ktor kotlinx", "POST /items", `json {"name":"a"}`, 400, "Illegal input: Field 'qty' is required for type with serial name 'com.example.Item', but it was missing at path: $", "body.missing-field", "/qty"},
	{"kotlinx unknown", "POST /items", `json {"nme":"a"}`, 400, "Illegal input: Unexpected JSON token at offset 2: Encountered an unknown key 'nme' at path: $", "body.unknown-field", "/nme"},
	{"micronaut", "GET /items?page=x", ``, 400, `{"message":"Bad Request","_embedded":{"errors":[{"message":"Failed to convert argument [page] for value [x] due to: For input string: \"x\""}]}}`, "param.type", "query page"},
	{"micronaut missing", "GET /items", ``, 400, `{"message":"Bad Request","_embedded":{"errors":[{"message":"Required QueryValue [page] not specified"}]}}`, "param.missing", "query page"},
	{"quarkus", "POST /items", `json {"qty":-1}`, 400, `{"title":"Constraint Violation","status":400,"violations":[{"field":"create.item.qty","message":"must be greater than or equal to 1"}]}`, "body.value", "/qty"},
	{"play", "POST /items", `json {"name":"a"}`, 400, `{"obj.qty":[{"msg":["error.path.missing"],"args":[]}]}`, "body.missing-field", "/qty"},
	{"http4s circe", "POST /items", `json {"qty":"a"}`, 422, "The request body was invalid. Int: DownField(qty)", "body.type", "/qty"},
	{"akka", "GET /items", ``, 404, "Request is missing required query parameter 'page'", "param.missing", "query page"},
	{"akka malformed", "GET /items?page=x", ``, 400, "The query parameter 'page' was malformed:\n'x' is not a valid 32-bit signed integer value", "param.type", "query page"},
	{"phoenix", "POST /items", `json {"item":{"qty":"a"}}`, 422, `{"errors":{"qty":["is invalid"]}}`, "body.value", "/item/qty"},
	{"ecto blank", "POST /items", `json {"item":{"qty":2}}`, 422, `{"errors":{"name":["can't be blank"]}}`, "body.missing-field", "/item/name"},
	{"litestar", "POST /items", `json {"qty":"a"}`, 400, "{\"status_code\":400,\"detail\":\"Validation failed for POST /items\",\"extra\":[{\"message\":\"Expected `int`, got `str`\",\"key\":\"qty\"}]}", "body.type", "/qty"},
	{"msgspec", "POST /items", `json {"qty":"a"}`, 400, "{\"detail\":\"Expected `int`, got `str` - at `$.qty`\"}", "body.type", "/qty"},
	{"msgspec missing", "POST /items", `json {"name":"a"}`, 400, "{\"detail\":\"Object missing required field `qty`\"}", "body.missing-field", "/qty"},
	{"msgspec unknown", "POST /items", `json {"nme":"a"}`, 400, "{\"detail\":\"Object contains unknown field `nme`\"}", "body.unknown-field", "/nme"},
	{"sanic", "GET /items", ``, 400, `{"description":"Bad Request","status":400,"message":"missing a required argument: 'page'"}`, "param.missing", "query page"},
	{"connexion", "POST /items", `json {"name":"a"}`, 400, `{"title":"Bad Request","detail":"'qty' is a required property","status":400}`, "body.missing-field", "/qty"},
	{"connexion extra", "GET /items?pge=2", ``, 400, `{"detail":"Extra query parameter(s) pge not in spec","status":400,"title":"Bad Request"}`, "param.unknown", "query pge"},
	{"connexion type", "GET /items?page=x", ``, 400, `{"detail":"Wrong type, expected 'integer' for query parameter 'page'","status":400}`, "param.type", "query page"},
	{"nestjs pipe", "GET /items/abc", ``, 400, `{"statusCode":400,"message":"Validation failed (numeric string is expected)","error":"Bad Request"}`, "param.type", "path"},
	{"adonis", "POST /items", `json {"name":"a"}`, 422, `{"errors":[{"message":"The qty field must be defined","rule":"required","field":"qty"}]}`, "body.missing-field", "/qty"},
	{"adonis type", "POST /items", `json {"qty":"a"}`, 422, `{"errors":[{"message":"The qty field must be a number","rule":"number","field":"qty"}]}`, "body.type", "/qty"},
	{"elysia", "POST /items", `json {"qty":"a"}`, 422, `{"type":"validation","on":"body","summary":"Expected property 'qty' to be number but found: a","property":"/qty","message":"Expected number"}`, "body.type", "/qty"},
	{"feathers", "POST /items", `json {"name":"a"}`, 400, `{"name":"BadRequest","message":"validation failed","code":400,"data":[{"instancePath":"","keyword":"required","params":{"missingProperty":"qty"},"message":"must have required property 'qty'"}]}`, "body.missing-field", "/qty"},
	{"strapi", "POST /items", `json {"data":{"qty":"a"}}`, 400, "{\"data\":null,\"error\":{\"status\":400,\"name\":\"ValidationError\",\"message\":\"qty must be a `number` type, but the final value was: `\\\"a\\\"`.\",\"details\":{\"errors\":[{\"path\":[\"qty\"],\"message\":\"qty must be a `number` type\"}]}}}", "body.type", "/data/qty"},
	{"directus", "POST /items", `json {"name":"a"}`, 400, `{"errors":[{"message":"Validation failed for field \"qty\". Value is required.","extensions":{"code":"FAILED_VALIDATION","field":"qty","type":"required"}}]}`, "body.missing-field", "/qty"},
	{"pocketbase", "POST /items", `json {"name":"a"}`, 400, `{"code":400,"message":"Failed to create record.","data":{"qty":{"code":"validation_required","message":"Missing required value."}}}`, "body.missing-field", "/qty"},
	{"symfony", "POST /items", `json {"qty":"a"}`, 422, `{"type":"https://symfony.com/errors/validation","title":"Validation Failed","detail":"qty: This value should be of type int.","violations":[{"propertyPath":"qty","title":"This value should be of type int.","parameters":{"{{ type }}":"int"}}]}`, "body.type", "/qty"},
	{"yii", "POST /items", `json {"name":"a"}`, 422, `[{"field":"qty","message":"Qty cannot be blank."}]`, "body.missing-field", "/qty"},
	{"cakephp", "POST /items", `json {"qty":"a"}`, 422, `{"message":"A validation error occurred","errors":{"qty":{"integer":"The provided value must be an integer"}}}`, "body.type", "/qty"},
	{"codeigniter", "POST /items", `json {"name":"a"}`, 400, `{"status":400,"error":400,"messages":{"qty":"The qty field is required."}}`, "body.missing-field", "/qty"},
	{"huma unexpected", "POST /items", `json {"nme":"a"}`, 422, `{"title":"Unprocessable Entity","errors":[{"message":"unexpected property","location":"body.nme","value":{"nme":"a"}}]}`, "body.unknown-field", "/nme"},
	{"ogen", "POST /items", `json {"name":"a"}`, 400, `{"error_message":"operation createItem: decode request: decode application/json: validate: invalid: qty (field required)"}`, "body.missing-field", "/qty"},
	{"oapi-codegen", "GET /items?page=x", ``, 400, `Invalid format for parameter page: error binding string parameter: strconv.ParseInt: parsing "x": invalid syntax`, "param.type", "query page"},
	{"oapi required", "GET /items", ``, 400, `Query argument page is required, but not found`, "param.missing", "query page"},
	{"oapi header", "GET /items", ``, 400, `Header parameter X-Shop is required, but not found`, "header.missing", "header X-Shop"},
	{"openapi-core", "POST /items", `json {"qty":"a"}`, 400, `{"errors":[{"title":"'a' is not of type 'integer'","status":400}]}`, "body.type", "/qty"},
	{"goa", "POST /items", `json {"name":"a"}`, 400, `{"name":"missing_field","id":"x","message":"\"qty\" is missing from body","temporary":false}`, "body.missing-field", "/qty"},
	{"goa range", "POST /items", `json {"qty":0}`, 400, `{"name":"invalid_range","message":"body.qty must be greater or equal than 1 but got value 0"}`, "body.value", "/qty"},
	{"grape nested", "POST /tasks", `json {"who":{"name":"a"}}`, 400, `{"error":"who[mail] is missing"}`, "body.missing-field", "/who/mail"},
	{"marshmallow nested", "POST /books", `json {"lines":[{"n":1},{"n":"x"}]}`, 422, `{"lines":{"1":{"n":["Not a valid integer."]}}}`, "body.type", "/lines/1/n"},
	{"wrapped missing", "POST /issue", `json {"fields":{"project":{"key":"OPS"}}}`, 400, `{"errorMessages":[],"errors":{"summary":"You must specify a summary of the issue."}}`, "body.missing-field", "/fields/summary"},

	// names that are not known
	{"param not supported", "GET /items?$fliter=a", ``, 400, `{"error":{"code":"BadRequest","message":"The query parameter '$fliter' is not supported."}}`, "param.unknown", "query $fliter"},
	{"set or unknown", "POST /issue", `json {"fields":{"customfield_1":3,"summary":"x"}}`, 400, `{"errors":{"customfield_1":"Field 'customfield_1' cannot be set. It is not on the appropriate screen, or unknown."}}`, "body.unknown-field", "/fields/customfield_1"},
	{"airtable", "POST /items", `json {"fields":{"Nme":"a"}}`, 422, `{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"Nme\""}}`, "body.unknown-field", "/fields/Nme"},
	{"supabase", "POST /items", `json {"nme":"a"}`, 400, `{"code":"PGRST204","message":"Could not find the 'nme' column of 'items' in the schema cache"}`, "body.unknown-field", "/nme"},

	// null of the database that was not sent
	{"database null", "POST /todos", `json {"done":true}`, 400, `{"code":"23502","message":"null value in column \"title\" of relation \"todos\" violates not-null constraint"}`, "body.missing-field", "/title"},
	{"mysql null", "POST /todos", `json {"done":true}`, 400, `{"error":"Column 'title' cannot be null"}`, "body.missing-field", "/title"},
	{"mysql default", "POST /todos", `json {"done":true}`, 400, `{"error":"Field 'title' doesn't have a default value"}`, "body.missing-field", "/title"},
	{"sqlite null", "POST /todos", `json {"done":true}`, 400, `{"error":"NOT NULL constraint failed: todos.title"}`, "body.missing-field", "/title"},

	// headers
	{"header should", "GET /users", ``, 400, `{"message":"Acme-Version header failed validation: Acme-Version header should be defined, instead was undefined."}`, "header.missing", "header Acme-Version"},
	{"header with a role", "POST /incidents", `json {"title":"x"}`, 400, `{"error":{"errors":["Requester From header is missing."]}}`, "header.missing", "header From"},
	{"header must", "GET /users", ``, 400, `{"error":"X-Tenant header must be set"}`, "header.missing", "header X-Tenant"},
	{"type in sentence", "POST /tickets", `xml <t/>`, 400, `request body has an error: header Content-Type has unexpected value "application/xml"`, "content.type-unsupported", "header Content-Type"},
	{"bare 422 text", "POST /sensors", `text {"name":"hall"}`, 422, `Unprocessable Entity`, "content.type-unsupported", "header Content-Type"},

	// routes
	{"doubled in message", "POST /v2/v2/chat", `json {"model":"m"}`, 404, `{"error":{"message":"Invalid URL (POST /v2/v2/chat)","type":"invalid_request_error"}}`, "route.base-path", "path"},
	{"invalid url", "POST /v2/chatt", `json {"model":"m"}`, 404, `{"error":{"message":"Invalid URL (POST /v2/chatt)","type":"invalid_request_error"}}`, "route.unknown-path", "path"},
	{"501 of a web server", "PUT /docs/a.txt", `text x`, 501, `<html><head><title>501 Not Implemented</title></head><body><h1>501 Not Implemented</h1></body></html>`, "route.method-not-allowed", "target method"},

	// look-alikes
	{"taken label", "POST /teams", `json {"name":"a"}`, 422, `{"message":"Name has already been taken"}`, "state.conflict", "/name"},
	{"prose without field", "POST /teams", `json {"name":"a"}`, 400, `{"message":"Something is empty"}`, "", ""},
	{"period", "POST /teams", `json {"name":"a"}`, 400, `{"message":"Bad Request: chat not found"}`, "", ""},
}

func TestFurtherAnswersAreTiedToTheRequest(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range saidFurther {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ex := spokenIn(tt.request, tt.body, tt.status, tt.answer)
			d := engine.Diagnose(ex)
			first := recognised(d)
			if first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); tt.at != "" && got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}
