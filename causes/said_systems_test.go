package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// saidElsewhere are answers of more systems, each with the request that it belongs to: shapes, languages
// and places where names stand. Columns as in said.
var saidElsewhere = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	// lists of issues inside strings
	{"zod 4 in message", "POST /notes", `json {"title":"M"}`, 400, `{"error":{"message":"[\n {\"code\":\"too_small\",\"minimum\":3,\"path\":[\"title\"],\"message\":\"Too small: expected string to have >=3 characters\"}\n]"}}`, "body.value", "/title"},
	{"zod 4 undefined", "POST /notes", `json {"title":"Milk"}`, 400, `{"message":"[{\"expected\":\"boolean\",\"code\":\"invalid_type\",\"path\":[\"pinned\"],\"message\":\"Invalid input: expected boolean, received undefined\"}]"}`, "body.missing-field", "/pinned"},
	{"zod 4 option", "POST /notes", `json {"color":"green"}`, 400, `{"success":false,"error":{"name":"ZodError","message":"[{\"code\":\"invalid_value\",\"values\":[\"red\",\"blue\"],\"path\":[\"color\"],\"message\":\"Invalid option: expected one of \\\"red\\\"|\\\"blue\\\"\"}]"}}`, "body.value", "/color"},
	{"zod 4 keys", "POST /notes", `json {"title":"Milk","colour":"red"}`, 400, `{"error":[{"code":"unrecognized_keys","keys":["colour"],"path":[],"message":"Unrecognized key: \"colour\""}]}`, "body.unknown-field", "/colour"},
	{"zod 4 null", "POST /notes", `json {"title":null}`, 400, `{"error":[{"code":"invalid_type","expected":"string","path":["title"],"message":"Invalid input: expected string, received null"}]}`, "body.null", "/title"},
	{"zod number limit", "GET /parcels?limit=500", ``, 400, `{"error":[{"origin":"number","code":"too_big","maximum":50,"path":["limit"],"message":"Too big: expected number to be <=50"}]}`, "param.value", "query limit"},
	{"zod flatten", "POST /users", `json {"name":"Ada","age":"x"}`, 400, `{"errors":{"formErrors":[],"fieldErrors":{"age":["Expected number, received string"]}}}`, "body.type", "/age"},
	{"zod format", "POST /users", `json {"age":"x"}`, 400, `{"error":{"_errors":[],"age":{"_errors":["Expected number, received string"]}}}`, "body.type", "/age"},
	{"prefix and list", "POST /users", `json {"age":"x"}`, 400, `{"message":"Validation error: [{\"path\":\"age\",\"message\":\"must be a number\"}]"}`, "body.type", "/age"},
	{"string in string", "POST /users", `json {"age":"x"}`, 400, `"{\"field\":\"age\",\"message\":\"must be a number\"}"`, "body.type", "/age"},
	{"tRPC flattened", "POST /noteAdd", `json {"title":1}`, 400, `{"error":{"message":"Input validation failed","code":-32600,"data":{"code":"BAD_REQUEST","httpStatus":400,"path":"noteAdd","zodError":{"formErrors":[],"fieldErrors":{"title":["Expected string, received number"]}}}}}`, "body.type", "/title"},
	{"tRPC query", "GET /noteById?input=%7B%22id%22%3A%227%22%7D", ``, 400, `{"error":{"message":"[{\"code\":\"invalid_type\",\"expected\":\"number\",\"path\":[\"id\"],\"message\":\"Expected number, received string\"}]","code":-32600,"data":{"code":"BAD_REQUEST","httpStatus":400,"path":"noteById"}}}`, "param.type", "query input"},

	// labels in quotes and nothing else
	{"joi alone", "POST /orders", `json {"quantity":"x"}`, 400, `"\"quantity\" must be a number"`, "body.type", "/quantity"},
	{"joi path label", "POST /orders", `json {"items":[{"sku":"a"}]}`, 400, `{"error":"\"items[0].quantity\" is required"}`, "body.missing-field", "/items/0/quantity"},
	{"joi not allowed", "POST /orders", `json {"sku":"a","skuu":"b"}`, 400, `{"message":"\"skuu\" is not allowed"}`, "body.unknown-field", "/skuu"},
	{"joi empty", "POST /orders", `json {"sku":""}`, 400, `{"message":"\"sku\" is not allowed to be empty"}`, "body.value", "/sku"},
	{"joi one of", "POST /orders", `json {"size":"XXL"}`, 400, `{"message":"\"size\" must be one of [S, M, L]"}`, "body.value", "/size"},
	{"joi pattern", "POST /orders", `json {"sku":"a b"}`, 400, `{"details":[{"message":"\"sku\" with value \"a b\" fails to match the required pattern: /^\\w+$/","path":["sku"],"type":"string.pattern.base"}]}`, "body.value", "/sku"},
	{"joi integer", "POST /orders", `json {"quantity":1.5}`, 400, `{"message":"\"quantity\" must be an integer"}`, "body.type", "/quantity"},
	{"hapi payload", "POST /bookings", `json {"room":"Double"}`, 400, `{"statusCode":400,"error":"Bad Request","message":"\"room\" must be one of [single, double]","validation":{"source":"payload","keys":["room"]}}`, "body.value", "/room"},
	{"hapi headers", "GET /tenants", ``, 400, `{"statusCode":400,"error":"Bad Request","message":"\"x-hotel-id\" is required","validation":{"source":"headers","keys":["x-hotel-id"]}}`, "header.missing", "header x-hotel-id"},
	{"hapi params", "GET /rooms/abc", ``, 400, `{"statusCode":400,"error":"Bad Request","message":"\"id\" must be a number","validation":{"source":"params","keys":["id"]}}`, "param.type", "path"},
	{"celebrate headers", "GET /me", ``, 400, `{"statusCode":400,"error":"Bad Request","message":"Validation failed","validation":{"headers":{"source":"headers","keys":["x-tenant"],"message":"\"x-tenant\" is required"}}}`, "header.missing", "header x-tenant"},
	{"yup type", "POST /yup", `json {"qty":"2"}`, 422, "{\"errors\":[\"qty must be a `number` type, but the final value was: `\\\"2\\\"`.\"]}", "body.type", "/qty"},
	{"yup required", "POST /yup", `json {"sku":"a"}`, 422, `{"name":"ValidationError","errors":["qty is a required field"]}`, "body.missing-field", "/qty"},
	{"yup unknown", "POST /yup", `json {"sku":"a","colour":"red"}`, 422, `{"errors":["this field has unspecified keys: colour"]}`, "body.unknown-field", "/colour"},
	{"yup nested", "POST /yup", `json {"to":{"zip":"x"}}`, 422, `{"errors":["to.name is a required field"]}`, "body.missing-field", "/to/name"},
	{"superstruct", "POST /orders", `json {"quantity":"2"}`, 400, "{\"error\":\"Expected a number, but received: \\\"2\\\"\",\"path\":[\"quantity\"]}", "body.type", "/quantity"},
	{"valibot", "POST /orders", `json {"items":[{"quantity":"2"}]}`, 400, `{"issues":[{"kind":"schema","type":"number","input":"2","expected":"number","received":"\"2\"","message":"Invalid type: Expected number but received \"2\"","path":[{"key":"items"},{"key":0},{"key":"quantity"}]}]}`, "body.type", "/items/0/quantity"},
	{"typebox", "POST /orders", `json {"quantity":"2"}`, 400, `{"errors":[{"type":41,"path":"/quantity","value":"2","message":"Expected number"}]}`, "body.type", "/quantity"},
	{"elysia", "POST /orders", `json {"quantity":"2"}`, 422, `{"type":"validation","on":"body","summary":"Expected property 'quantity' to be number but found: 2","property":"/quantity","message":"Expected number","errors":[]}`, "body.type", "/quantity"},
	{"arktype", "POST /orders", `json {"quantity":"2"}`, 400, `{"error":"quantity must be a number (was a string)"}`, "body.type", "/quantity"},
	{"fastest-validator", "POST /orders", `json {"sku":"a"}`, 422, `[{"type":"required","message":"The 'quantity' field is required.","field":"quantity","actual":null}]`, "body.missing-field", "/quantity"},
	{"vine", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":[{"message":"The quantity field must be defined","rule":"required","field":"quantity"}]}`, "body.missing-field", "/quantity"},

	// paths in other spellings
	{"ajv instancePath", "POST /orders", `json {"items":[{"quantity":"x"}]}`, 400, `[{"instancePath":"/items/0/quantity","schemaPath":"#/properties/items","keyword":"type","params":{"type":"integer"},"message":"must be integer"}]`, "body.type", "/items/0/quantity"},
	{"ajv dataPath", "POST /orders", `json {"items":[{"quantity":"x"}]}`, 400, `[{"keyword":"type","dataPath":".items[0].quantity","params":{"type":"integer"},"message":"should be integer"}]`, "body.type", "/items/0/quantity"},
	{"ajv required", "POST /orders", `json {"sku":"a"}`, 400, `{"errors":[{"instancePath":"","keyword":"required","params":{"missingProperty":"quantity"},"message":"must have required property 'quantity'"}]}`, "body.missing-field", "/quantity"},
	{"ajv additional", "POST /orders", `json {"sku":"a","skuu":"b"}`, 400, `{"errors":[{"instancePath":"","keyword":"additionalProperties","params":{"additionalProperty":"skuu"},"message":"must NOT have additional properties"}]}`, "body.unknown-field", "/skuu"},
	{"ajv enum", "POST /orders", `json {"size":"XXL"}`, 400, `{"errors":[{"instancePath":"/size","keyword":"enum","params":{"allowedValues":["S","M"]},"message":"must be equal to one of the allowed values"}]}`, "body.value", "/size"},
	{"express-openapi-validator", "POST /orders", `json {"sku":"a"}`, 400, `{"message":"request/body must have required property 'quantity'","errors":[{"path":"/body/quantity","message":"must have required property 'quantity'","errorCode":"required.openapi.validation"}]}`, "body.missing-field", "/quantity"},
	{"express-openapi query", "GET /orders?limit=x", ``, 400, `{"message":"request/query/limit must be integer","errors":[{"path":"/query/limit","message":"must be integer","errorCode":"type.openapi.validation"}]}`, "param.type", "query limit"},
	{"express-openapi unknown", "GET /orders?limt=3", ``, 400, `{"message":"Unknown query parameter 'limt'","errors":[{"path":"/query/limt","message":"Unknown query parameter 'limt'"}]}`, "param.unknown", "query limt"},
	{"rails brackets", "POST /orders", `form order[qty]=x&order[sku]=a`, 422, `{"errors":[{"param":"order[qty]","message":"is not a number"}]}`, "body.type", "/order[qty]"},
	{"snake for camel", "POST /orders", `json {"shipTo":{"postalCode":"x"}}`, 422, `{"errors":{"ship_to.postal_code":["has an invalid format"]}}`, "body.value", "/shipTo/postalCode"},
	{"pascal for camel", "POST /orders", `json {"quantity":0}`, 400, `{"errors":{"Quantity":["The field Quantity must be between 1 and 100."]}}`, "body.value", "/quantity"},
	{"json path", "POST /orders", `json {"items":[{"qty":"x"}]}`, 400, `{"violations":[{"path":"$.items[0].qty","message":"must be an integer"}]}`, "body.type", "/items/0/qty"},
	{"fragment pointer", "POST /orders", `json {"to":{"zip":"x"}}`, 422, `{"errors":[{"pointer":"#/to/zip","detail":"does not match the pattern"}]}`, "body.value", "/to/zip"},
	{"python dict path", "POST /orders", `json {"to":{"zip":1}}`, 400, `{"error":"1 is not of type 'string'","path":["to","zip"]}`, "body.type", "/to/zip"},
	{"jsonschema python", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"'quantity' is a required property"}`, "body.missing-field", "/quantity"},
	{"jsonschema additional", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"Additional properties are not allowed ('skuu' was unexpected)"}`, "body.unknown-field", "/skuu"},
	{"cerberus", "POST /orders", `json {"quantity":"x"}`, 422, `{"_status":"ERR","_issues":{"quantity":"must be of integer type"},"_error":{"code":422,"message":"Insertion failure: 1 document(s) contain(s) error(s)"}}`, "body.type", "/quantity"},
	{"cerberus unknown", "POST /orders", `json {"sku":"a","skuu":1}`, 422, `{"_status":"ERR","_issues":{"skuu":"unknown field"}}`, "body.unknown-field", "/skuu"},
	{"voluptuous", "POST /orders", `json {"quantity":"x"}`, 400, `{"message":"expected int for dictionary value @ data['quantity']"}`, "body.type", "/quantity"},
	{"voluptuous missing", "POST /orders", `json {"sku":"a"}`, 400, `{"message":"required key not provided @ data['quantity']"}`, "body.missing-field", "/quantity"},
	{"voluptuous extra", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"message":"extra keys not allowed @ data['skuu']"}`, "body.unknown-field", "/skuu"},
	{"colander", "POST /orders", `json {"quantity":"x"}`, 400, `{"status":"error","errors":[{"location":"body","name":"quantity","description":"\"x\" is not a number"}]}`, "body.type", "/quantity"},
	{"colander query", "GET /orders?page=x", ``, 400, `{"status":"error","errors":[{"location":"querystring","name":"page","description":"\"x\" is not a number"}]}`, "param.type", "query page"},
	{"msgspec", "POST /orders", `json {"quantity":"x"}`, 400, "{\"status_code\":400,\"detail\":\"Expected `int`, got `str` - at `$.quantity`\"}", "body.type", "/quantity"},
	{"msgspec missing", "POST /orders", `json {"sku":"a"}`, 400, "{\"status_code\":400,\"detail\":\"Object missing required field `quantity`\"}", "body.missing-field", "/quantity"},
	{"litestar", "GET /orders?page=x", ``, 400, `{"status_code":400,"detail":"Validation failed for GET /orders","extra":[{"message":"Input should be a valid integer, unable to parse string as an integer","key":"page","source":"query"}]}`, "param.type", "query page"},
	{"litestar body", "POST /orders", `json {"quantity":"x"}`, 400, "{\"status_code\":400,\"detail\":\"Validation failed for POST /orders\",\"extra\":[{\"message\":\"Expected `int`, got `str`\",\"key\":\"quantity\",\"source\":\"body\"}]}", "body.type", "/quantity"},
	{"sanic", "GET /orders", ``, 400, `{"description":"Bad Request","status":400,"message":"Missing required query parameter 'shop'"}`, "param.missing", "query shop"},
	{"falcon", "GET /orders", ``, 400, `{"title":"Missing parameter","description":"The \"shop\" parameter is required."}`, "param.missing", "query shop"},
	{"falcon invalid", "GET /orders?page=x", ``, 400, `{"title":"Invalid parameter","description":"The \"page\" parameter is invalid. The value must be an integer."}`, "param.type", "query page"},
	{"falcon header", "GET /orders", ``, 400, `{"title":"Missing header value","description":"The \"X-Shop\" header is required."}`, "header.missing", "header X-Shop"},
	{"flask bad key", "POST /orders", `form sku=a`, 400, `<!doctype html><title>400 Bad Request</title><h1>Bad Request</h1><p>The browser (or proxy) sent a request that this server could not understand.<br>KeyError: 'quantity'</p>`, "body.missing-field", "/quantity"},
	{"flask-restful", "POST /orders", `json {"sku":"a"}`, 400, `{"message":{"quantity":"Missing required parameter in the JSON body or the post body or the query string"}}`, "body.missing-field", "/quantity"},
	{"flask-restx", "POST /orders", `json {"sku":"a"}`, 400, `{"errors":{"quantity":"'quantity' is a required property"},"message":"Input payload validation failed"}`, "body.missing-field", "/quantity"},
	{"django form", "POST /orders", `form quantity=x`, 400, `{"quantity":[{"message":"Enter a whole number.","code":"invalid"}]}`, "body.type", "/quantity"},
	{"django choice", "POST /orders", `json {"size":"XXL"}`, 400, `{"size":["\"XXL\" is not a valid choice."]}`, "body.value", "/size"},
	{"ninja", "GET /orders?page=x", ``, 422, `{"detail":[{"type":"int_parsing","loc":["query","page"],"msg":"Input should be a valid integer, unable to parse string as an integer"}]}`, "param.type", "query page"},

	// JVM
	{"jackson mapping", "POST /orders", `json {"quantity":"two"}`, 400, `{"code":400,"message":"Unable to process JSON","details":"Cannot deserialize value of type ` + "`int`" + ` from String \"two\": not a valid int value (through reference chain: Order[\"quantity\"])"}`, "body.type", "/quantity"},
	{"dropwizard", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":["quantity must not be null"]}`, "body.missing-field", "/quantity"},
	{"dropwizard unknown", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"code":400,"message":"Unable to process JSON","details":"Unrecognized field at: skuu\n Did you mean?:\n - sku"}`, "body.unknown-field", "/skuu"},
	{"micronaut", "POST /orders", `json {"quantity":0}`, 400, `{"_links":{"self":{"href":"/orders"}},"_embedded":{"errors":[{"message":"order.quantity: must be greater than or equal to 1"}]},"message":"Bad Request"}`, "body.value", "/quantity"},
	{"micronaut query", "GET /orders", ``, 400, `{"_embedded":{"errors":[{"message":"Required QueryValue [shop] not specified","path":"/shop"}]},"message":"Bad Request"}`, "param.missing", "query shop"},
	{"vertx", "POST /orders", `json {"quantity":"x"}`, 400, `{"type":"about:blank","status":400,"message":"[Bad Request] Validation error for body application/json: input don't match type \"integer\"","inputScope":"/quantity"}`, "body.type", ""},
	{"play", "POST /orders", `json {"quantity":"x"}`, 400, `{"obj.quantity":[{"msg":["error.expected.jsnumber"],"args":[]}]}`, "body.type", "/quantity"},
	{"play missing", "POST /orders", `json {"sku":"a"}`, 400, `{"obj.quantity":[{"msg":["error.path.missing"],"args":[]}]}`, "body.missing-field", "/quantity"},
	{"play query", "GET /orders", ``, 400, `<html><body><h1>Bad Request</h1><p>For request 'GET /orders' [Missing parameter: shop]</p></body></html>`, "param.missing", "query shop"},
	{"akka", "GET /orders", ``, 404, `Request is missing required query parameter 'shop'`, "param.missing", "query shop"},
	{"akka body", "POST /orders", `json {"sku":"a"}`, 400, `The request content was malformed: Object is missing required member 'quantity'`, "body.missing-field", "/quantity"},
	{"circe", "POST /orders", `json {"sku":"a"}`, 400, `DecodingFailure at .quantity: Missing required field`, "body.missing-field", "/quantity"},
	{"ktor", "GET /orders", ``, 400, `Request parameter shop is missing`, "param.missing", "query shop"},
	{"ktor convert", "GET /orders?page=x", ``, 400, `Request parameter page couldn't be parsed/converted to Int`, "param.type", "query page"},
	{"moshi", "POST /users", `json {"name":"Ada"}`, 400, `{"error":"Required value 'email' missing at $"}`, "body.missing-field", "/email"},
	{"gson", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"java.lang.NumberFormatException: For input string: \"x\""}`, "body.type", "/quantity"},
	{"struts", "POST /orders", `form quantity=x`, 400, `{"fieldErrors":{"quantity":["Invalid field value for field \"quantity\"."]}}`, "body.value", "/quantity"},

	// .NET
	{"fastendpoints", "POST /orders", `json {"quantity":0}`, 400, `{"statusCode":400,"message":"One or more errors occurred!","errors":{"quantity":["'quantity' must be greater than '0'."]}}`, "body.value", "/quantity"},
	{"fluentvalidation", "POST /orders", `json {"sku":""}`, 400, `[{"propertyName":"Sku","errorMessage":"'Sku' must not be empty.","attemptedValue":"","errorCode":"NotEmptyValidator"}]`, "body.value", "/sku"},
	{"servicestack", "POST /orders", `json {"sku":""}`, 400, `{"responseStatus":{"errorCode":"NotEmpty","message":"'Sku' must not be empty.","errors":[{"errorCode":"NotEmpty","fieldName":"Sku","message":"'Sku' must not be empty."}]}}`, "body.value", "/sku"},
	{"system.text.json missing", "POST /orders", `json {"sku":"a"}`, 400, `{"errors":{"$":["JSON deserialization for type 'Order' was missing required properties, including the following: quantity"]}}`, "body.missing-field", "/quantity"},
	{"system.text.json unknown", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"errors":{"$.skuu":["The JSON property 'skuu' could not be mapped to any .NET member contained in type 'Order'."]}}`, "body.unknown-field", "/skuu"},
	{"model binding", "GET /orders?page=x", ``, 400, `{"title":"One or more validation errors occurred.","status":400,"errors":{"page":["The value 'x' is not valid."]}}`, "param.value", "query page"},
	{"carter plain", "GET /orders?page=x", ``, 400, `Failed to bind parameter "int page" from "x".`, "param.type", "query page"},

	// PHP and Ruby
	{"laravel type", "POST /orders", `json {"quantity":"x"}`, 422, `{"message":"The quantity field must be an integer.","errors":{"quantity":["The quantity field must be an integer."]}}`, "body.type", "/quantity"},
	{"laravel nested", "POST /orders", `json {"items":[{"sku":"a"}]}`, 422, `{"message":"The items.0.quantity field is required.","errors":{"items.0.quantity":["The items.0.quantity field is required."]}}`, "body.missing-field", "/items/0/quantity"},
	{"codeigniter", "POST /orders", `form sku=a`, 400, `{"status":400,"error":400,"messages":{"quantity":"The quantity field is required."}}`, "body.missing-field", "/quantity"},
	{"yii", "POST /orders", `json {"sku":"a"}`, 422, `[{"field":"quantity","message":"Quantity cannot be blank."}]`, "body.missing-field", "/quantity"},
	{"cakephp", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":{"_required":"This field is required"}}}`, "body.missing-field", "/quantity"},
	{"api platform", "POST /orders", `json {"quantity":"x"}`, 400, `{"@type":"hydra:Error","hydra:title":"An error occurred","hydra:description":"The type of the \"quantity\" attribute must be \"int\", \"string\" given."}`, "body.type", "/quantity"},
	{"symfony map", "POST /orders", `json {"sku":"a"}`, 422, `{"title":"Validation Failed","status":422,"violations":[{"propertyPath":"quantity","title":"This value should be of type int.","parameters":{"{{ type }}":"int"}}]}`, "body.missing-field", "/quantity"},
	{"wordpress", "GET /wp-json/wp/v2/posts?per_page=500", ``, 400, `{"code":"rest_invalid_param","message":"Invalid parameter(s): per_page","data":{"status":400,"params":{"per_page":"per_page must be between 1 (inclusive) and 100 (inclusive)"}}}`, "param.value", "query per_page"},
	{"wordpress missing", "POST /wp-json/x", `json {"title":"a"}`, 400, `{"code":"rest_missing_callback_param","message":"Missing parameter(s): content","data":{"status":400,"params":["content"]}}`, "body.missing-field", "/content"},
	{"drupal", "POST /node", `json {"type":"article"}`, 422, `{"message":"Unprocessable Entity: validation failed.\ntitle: This value should not be null.\n"}`, "body.missing-field", "/title"},
	{"rails model", "POST /users", `json {"email":"x"}`, 422, `{"errors":{"email":["is invalid"]}}`, "body.value", "/email"},
	{"rails full", "POST /users", `json {"email":"x"}`, 422, `{"errors":["Email is invalid"]}`, "body.value", "/email"},
	{"grape", "GET /orders?page=x", ``, 400, `{"error":"page is invalid"}`, "param.value", "query page"},
	{"dry-rb", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["must be an integer"]}}`, "body.type", "/quantity"},
	{"hanami", "POST /orders", `json {"sku":"a"}`, 422, `{"quantity":["is missing"]}`, "body.missing-field", "/quantity"},

	// Go, Rust, Elixir
	{"go decoder unknown", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `json: unknown field "skuu"`, "body.unknown-field", "/skuu"},
	{"go strconv", "GET /orders?page=x", ``, 400, `{"error":"strconv.Atoi: parsing \"x\": invalid syntax"}`, "param.type", "query page"},
	{"ozzo", "POST /orders", `json {"sku":"a"}`, 400, `{"errors":{"quantity":"cannot be blank"}}`, "body.missing-field", "/quantity"},
	{"ozzo text", "POST /orders", `json {"sku":"a"}`, 400, `quantity: cannot be blank.`, "body.missing-field", "/quantity"},
	{"grpc gateway", "POST /orders", `json {"skuu":"a"}`, 400, `{"code":3,"message":"proto: (line 1:2): unknown field \"skuu\"","details":[]}`, "body.unknown-field", "/skuu"},
	{"protovalidate", "POST /orders", `json {"quantity":0}`, 400, `{"code":"invalid_argument","message":"validation error:\n - quantity: value must be greater than 0 [int32.gt]"}`, "body.value", "/quantity"},
	{"field violations", "POST /orders", `json {"quantity":0}`, 400, `{"code":3,"message":"invalid","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"quantity","description":"must be at least 1"}]}]}`, "body.value", "/quantity"},
	{"goa", "POST /orders", `json {"sku":"a"}`, 400, `{"name":"missing_field","id":"x","message":"\"quantity\" is missing from body","temporary":false,"timeout":false,"fault":false}`, "body.missing-field", "/quantity"},
	{"ogen", "GET /orders", ``, 400, `{"error_message":"operation ListOrders: decode params: query: \"shop\": field required"}`, "param.missing", "query shop"},
	{"oapi-codegen", "GET /orders", ``, 400, `{"msg":"Query argument shop is required, but not found"}`, "param.missing", "query shop"},
	{"oapi-codegen type", "GET /orders?page=x", ``, 400, `{"msg":"Invalid format for parameter page: error binding string parameter: strconv.ParseInt: parsing \"x\": invalid syntax"}`, "param.type", "query page"},
	{"actix json", "POST /users", `json {"name":"Ada"}`, 400, "Json deserialize error: missing field `email` at line 1 column 14", "body.missing-field", "/email"},
	{"actix query", "GET /orders", ``, 400, "Query deserialize error: missing field `shop`", "param.missing", "query shop"},
	{"poem", "GET /orders?page=x", ``, 400, `failed to parse parameter "page": failed to parse "integer(int32)": invalid digit found in string`, "param.type", "query page"},
	{"rust validator", "POST /orders", `json {"quantity":0}`, 422, `{"quantity":[{"code":"range","message":null,"params":{"min":1,"value":0}}]}`, "body.value", "/quantity"},
	{"serde unknown", "POST /users", `json {"nmae":"Ada"}`, 422, "Failed to deserialize the JSON body into the target type: nmae: unknown field `nmae`, expected `name` at line 1 column 8", "body.unknown-field", "/nmae"},
	{"serde variant", "POST /orders", `json {"size":"XXL"}`, 422, "Failed to deserialize the JSON body into the target type: size: unknown variant `XXL`, expected `S` or `M` at line 1 column 13", "body.value", "/size"},
	{"phoenix", "POST /users", `json {"name":"Ada"}`, 422, `{"errors":{"email":["can't be blank"]}}`, "body.missing-field", "/email"},
	{"ecto cast", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["is invalid"]}}`, "body.value", "/quantity"},
	{"open_api_spex", "GET /orders", ``, 422, `{"errors":[{"title":"Invalid value","source":{"pointer":"/shop"},"detail":"Missing field: shop"}]}`, "param.missing", "query shop"},

	// products
	{"adyen", "POST /payments", `json {"reference":"x"}`, 422, `{"status":422,"errorCode":"100","message":"Required object 'amount' is not provided.","errorType":"validation"}`, "body.missing-field", "/amount"},
	{"mollie", "POST /payments", `json {"description":"x"}`, 422, `{"status":422,"title":"Unprocessable Entity","detail":"The amount is required for payments","field":"amount"}`, "body.missing-field", "/amount"},
	{"mailgun", "POST /messages", `form from=a&to=b`, 400, `{"message":"'from' parameter is not a valid address. please check documentation"}`, "body.value", "/from"},
	{"sendgrid", "POST /mail/send", `json {"from":{"email":"a@example.com"}}`, 400, `{"errors":[{"message":"The personalizations field is required and must have at least one personalization.","field":"personalizations","help":"x"}]}`, "body.missing-field", "/personalizations"},
	{"postmark", "POST /email", `json {"From":"a@example.com"}`, 422, `{"ErrorCode":300,"Message":"Zero recipients specified"}`, "", ""},
	{"mailchimp", "POST /lists", `json {"email_address":"x"}`, 400, `{"title":"Invalid Resource","status":400,"detail":"The resource submitted could not be validated.","errors":[{"field":"email_address","message":"This value should be a valid email."}]}`, "body.value", "/email_address"},
	{"intercom", "POST /contacts", `json {"role":"x"}`, 400, `{"type":"error.list","errors":[{"code":"parameter_invalid","message":"role must be one of user, lead","field":"role"}]}`, "body.value", "/role"},
	{"linear", "POST /graphql", `json {"query":"mutation($t:String!){issueCreate(title:$t){id}}","variables":{}}`, 400, `{"errors":[{"message":"Variable \"$t\" of required type \"String!\" was not provided."}]}`, "body.missing-field", "/variables/t"},
	{"supabase", "POST /rest/v1/orders", `json {"nmae":"x"}`, 400, `{"code":"PGRST204","details":null,"hint":null,"message":"Could not find the 'nmae' column of 'orders' in the schema cache"}`, "body.unknown-field", "/nmae"},
	{"pocketbase", "POST /api/collections/x/records", `json {"name":""}`, 400, `{"code":400,"message":"Failed to create record.","data":{"title":{"code":"validation_required","message":"Missing required value."}}}`, "body.missing-field", "/title"},
	{"appwrite", "POST /v1/users", `json {"email":"x"}`, 400, "{\"message\":\"Invalid `email` param: Value must be a valid email address\",\"code\":400,\"type\":\"general_argument_invalid\"}", "body.value", "/email"},
	{"parse", "POST /classes/x", `json {"score":"x"}`, 400, `{"code":111,"error":"schema mismatch for x.score; expected Number but got String"}`, "body.type", "/score"},
	{"meilisearch", "POST /search", `json {"limt":1}`, 400, "{\"message\":\"Unknown field `limt`: did you mean `limit`? expected one of `q`, `limit`\",\"code\":\"bad_request\",\"type\":\"invalid_request\"}", "body.unknown-field", "/limt"},
	{"meilisearch type", "POST /search", `json {"limit":"x"}`, 400, "{\"message\":\"Invalid value type at `.limit`: expected a positive integer, but found a string: `\\\"x\\\"`\",\"code\":\"invalid_search_limit\",\"type\":\"invalid_request\"}", "body.type", "/limit"},
	{"typesense", "GET /search?q=a", ``, 400, "{\"message\":\"Parameter `query_by` is required.\"}", "param.missing", "query query_by"},
	{"vault", "POST /v1/x", `json {"ttl":"x"}`, 400, `{"errors":["error converting input for field \"ttl\": time: invalid duration \"x\""]}`, "body.value", "/ttl"},
	{"consul", "GET /v1/kv?index=x", ``, 400, `Invalid index`, "param.value", "query index"},
	{"docker", "POST /containers/create", `json {"Cmd":["x"]}`, 400, `{"message":"No command or Image specified"}`, "", ""},
	{"prometheus", "GET /api/v1/query?time=x", ``, 400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"time\": cannot parse \"x\" to a valid timestamp"}`, "param.type", "query time"},
	{"influx", "GET /query", ``, 400, `{"error":"missing required parameter \"q\""}`, "param.missing", "query q"},
	{"binance", "GET /api/v3/order?symbol=X", ``, 400, `{"code":-1102,"msg":"Mandatory parameter 'orderId' was not sent, was empty/null, or malformed."}`, "param.missing", "query orderId"},
	{"mistral", "POST /v1/chat", `json {"model":"m"}`, 422, `{"object":"error","message":{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]},"type":"invalid_request_error"}`, "body.missing-field", "/messages"},
	{"gemini", "POST /v1/models", `json {"contentss":[]}`, 400, `{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"contentss\": Cannot find field.","status":"INVALID_ARGUMENT"}}`, "body.unknown-field", "/contentss"},
	{"clickup", "POST /list/1/task", `json {"nme":"x"}`, 400, `{"err":"Task name invalid","ECODE":"INPUT_005"}`, "", ""},
	{"trello", "POST /cards", `json {"name":"x"}`, 400, `invalid value for idList`, "", ""},
	{"monday", "POST /v2", `json {"query":"{ boards { nme } }"}`, 200, `{"errors":[{"message":"Field 'nme' doesn't exist on type 'Board'","locations":[{"line":1,"column":12}]}]}`, "body.unknown-field", "/query"},
	{"shipengine", "POST /v1/labels", `json {"shipment":{}}`, 400, `{"errors":[{"error_source":"shipengine","error_type":"validation","error_code":"field_value_required","message":"service_code should not be empty.","field_name":"shipment.service_code"}]}`, "body.missing-field", "/shipment/service_code"},
	{"woocommerce", "GET /wc/v3/orders?status=lost", ``, 400, `{"code":"rest_invalid_param","message":"Invalid parameter(s): status","data":{"status":400,"params":{"status":"status is not one of any, pending, processing."}}}`, "param.value", "query status"},

	// JSON-RPC
	{"rpc no version", "POST /rpc", `json {"id":1,"method":"add"}`, 200, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request"}}`, "body.missing-field", "/jsonrpc"},
	{"rpc no method", "POST /rpc", `json {"jsonrpc":"2.0","id":1}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Invalid Request"}}`, "body.missing-field", "/method"},
	{"rpc old version", "POST /rpc", `json {"jsonrpc":"1.0","id":1,"method":"add"}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Invalid Request"}}`, "body.value", "/jsonrpc"},
	{"rpc unknown", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"sum","params":[1]}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}`, "route.unknown-path", "/method"},
	{"ethereum", "POST /", `json {"jsonrpc":"2.0","id":1,"method":"eth_foo","params":[]}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"}}`, "route.unknown-path", "/method"},
	{"rpc params", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"add","params":["a"]}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params"}}`, "body.value", "/params"},
	{"rpc data", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"add","params":{"a":"x"}}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params","data":{"errors":[{"path":"a","message":"must be a number"}]}}}`, "body.type", "/params/a"},

	// other languages
	{"german", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["Das Feld ist erforderlich."]}}`, "body.missing-field", "/quantity"},
	{"german text", "POST /orders", `json {"sku":"a"}`, 400, `{"message":"Das Feld \"quantity\" darf nicht leer sein"}`, "body.missing-field", "/quantity"},
	{"german type", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["quantity muss eine ganze Zahl sein."]}}`, "body.type", "/quantity"},
	{"german value", "POST /orders", `json {"email":"x"}`, 422, `{"errors":[{"field":"email","message":"Ungültige E-Mail-Adresse"}]}`, "body.value", "/email"},
	{"german unknown", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"fehler":"x","message":"Unbekanntes Feld skuu"}`, "body.unknown-field", "/skuu"},
	{"german null", "POST /orders", `json {"sku":null}`, 400, `{"errors":[{"field":"sku","defaultMessage":"darf nicht null sein"}]}`, "body.null", "/sku"},
	{"french", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["Le champ quantity est obligatoire."]}}`, "body.missing-field", "/quantity"},
	{"french type", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["Le champ quantity doit être un entier."]}}`, "body.type", "/quantity"},
	{"french value", "POST /users", `json {"email":"x"}`, 422, `{"violations":[{"propertyPath":"email","message":"Cette valeur n'est pas une adresse email valide."}]}`, "body.value", "/email"},
	{"french blank", "POST /users", `json {"email":""}`, 422, `{"violations":[{"propertyPath":"email","message":"Cette valeur ne doit pas être vide."}]}`, "body.value", "/email"},
	{"spanish", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["El campo quantity es obligatorio."]}}`, "body.missing-field", "/quantity"},
	{"spanish type", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["quantity debe ser un número entero."]}}`, "body.type", "/quantity"},
	{"spanish value", "GET /orders?estado=x", ``, 400, `{"error":"El parámetro estado no es válido"}`, "param.value", "query estado"},
	{"portuguese", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["O campo quantity é obrigatório."]}}`, "body.missing-field", "/quantity"},
	{"portuguese type", "POST /orders", `json {"quantity":"x"}`, 400, `{"mensagem":"x","message":"O campo quantity deve ser um número"}`, "body.type", "/quantity"},
	{"italian", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["Il campo quantity è obbligatorio."]}}`, "body.missing-field", "/quantity"},
	{"dutch", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["Het veld quantity is verplicht."]}}`, "body.missing-field", "/quantity"},
	{"russian", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["Поле quantity обязательно для заполнения."]}}`, "body.missing-field", "/quantity"},
	{"chinese", "POST /orders", `json {"sku":"a"}`, 400, `{"code":400,"message":"quantity不能为空"}`, "body.missing-field", "/quantity"},
	{"chinese type", "POST /orders", `json {"quantity":"x"}`, 400, `{"code":400,"msg":"quantity必须是整数"}`, "body.type", "/quantity"},
	{"chinese missing", "GET /orders", ``, 400, `{"code":400,"msg":"缺少参数 shop"}`, "param.missing", "query shop"},
	{"chinese inside 200", "POST /orders", `json {"quantity":-1}`, 200, `{"success":false,"code":"PARAM_ERROR","message":"quantity参数无效"}`, "body.value", "/quantity"},
	{"japanese", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":[{"field":"quantity","message":"必須項目です"}]}`, "body.missing-field", "/quantity"},
	{"japanese type", "POST /orders", `json {"quantity":"x"}`, 422, `{"errors":{"quantity":["quantityには整数を指定してください。"]}}`, "body.type", "/quantity"},
	{"japanese value", "POST /users", `json {"email":"x"}`, 422, `{"errors":{"email":["メールアドレスの形式が正しくありません"]}}`, "body.value", "/email"},
	{"korean", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["필수 항목입니다"]}}`, "body.missing-field", "/quantity"},

	// XML, SOAP, pages
	{"soap field", "POST /soap", `xml <Order><Sku>a</Sku></Order>`, 500, `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Missing required element 'Quantity'</faultstring></soap:Fault></soap:Body></soap:Envelope>`, "body.missing-field", "/Order/Quantity"},
	{"xml errors", "GET /orders?page=x", ``, 400, `<errors><error><field>page</field><message>must be an integer</message></error></errors>`, "param.type", "query page"},
	{"page", "GET /orders", ``, 400, `<html><head><title>Error</title></head><body><pre>BadRequestError: Missing required parameter: shop<br> &nbsp; &nbsp;at /app/x.js:3:9</pre></body></html>`, "param.missing", "query shop"},

	// nothing but the request's own bytes
	{"bare syntax", "POST /users", `json {"name":"Ada",}`, 400, ``, "body.syntax", ""},
	{"bare twice", "POST /users", `json {"name":"Ada","name":"Bob"}`, 400, `Bad Request`, "body.duplicate-key", "/name"},
	{"bare escape", "GET /users?q=100%", ``, 400, `Bad Request`, "url.syntax", ""},
	{"unread", "POST /courses", `none {"title":"Pottery","capacity":12}`, 400, `{"message":["title must be a string","capacity must be an integer number"],"error":"Bad Request","statusCode":400}`, "content.type-missing", "header Content-Type"},
	{"root undefined", "POST /courses", `none {"title":"Pottery"}`, 400, `{"error":[{"code":"invalid_type","expected":"object","received":"undefined","path":[],"message":"Required"}]}`, "content.type-missing", "header Content-Type"},
	{"absent query", "GET /depots", ``, 400, `{"errors":[{"location":"query","path":"city","msg":"must be a string"}]}`, "param.missing", "query city"},
	{"absent header", "GET /carriers", ``, 400, `{"error":[{"code":"invalid_value","values":["dhl"],"path":["x-carrier"],"message":"Invalid option: expected one of \"dhl\""}]}`, "header.missing", "header x-carrier"},
	{"pipe", "GET /courses?page=abc&size=5", ``, 400, `{"message":"Validation failed (numeric string is expected)","error":"Bad Request","statusCode":400}`, "param.type", "query page"},
	{"pipe uuid", "GET /courses/7", ``, 400, `{"message":"Validation failed (uuid is expected)","error":"Bad Request","statusCode":400}`, "param.type", "path"},
	{"whole path", "GET /stocks/A1", ``, 404, `{"code":"ResourceNotFound","message":"/stocks/A1 does not exist"}`, "route.unknown-path", "path"},
}

func TestWordsOfMoreSystems(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range saidElsewhere {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			first, _ := d.Primary()
			if first.Cause.Slug != tt.cause && (tt.cause != "" || claimsField(d)) {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); tt.at != "" && got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}

// claimsField reports whether a diagnosis names a field for what names none.
func claimsField(d *faultline.Diagnosis) bool {
	for _, f := range d.Findings {
		if f.Strength >= faultline.Likely {
			return true
		}
	}
	return false
}

func spokenIn(request, body string, status int, answer string) *faultline.Exchange {
	ex := spoken(request, body, status, answer)
	if len(body) > 4 && body[:4] == "xml " {
		ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: "application/xml"}}
	}
	return ex
}
