package words

import (
	"slices"
	"strings"
	"testing"
)

// sample is an answer as a system shapes it, and the first complaint that it makes. field is the path with
// dots; a field that stands in the sentence alone is looked for among the names.
type sample struct {
	system string
	body   string
	kind   Kind
	field  string
	in     Place
}

var samples = []sample{
	// validation libraries and frameworks
	{"pydantic 1", `{"detail":[{"loc":["body","items",0,"qty"],"msg":"value is not a valid integer","type":"type_error.integer"}]}`, Type, "items.0.qty", Body},
	{"pydantic 1 missing", `{"detail":[{"loc":["query","q"],"msg":"field required","type":"value_error.missing"}]}`, Missing, "q", Query},
	{"pydantic 1 enum", `{"detail":[{"loc":["query","sort"],"msg":"value is not a valid enumeration member; permitted: 'a', 'b'","type":"type_error.enum"}]}`, Value, "sort", Query},
	{"class-validator", `{"statusCode":400,"message":["email must be an email","age must be an integer number"],"error":"Bad Request"}`, Value, "email", ""},
	{"class-validator whitelist", `{"statusCode":400,"message":["property nickname should not exist"],"error":"Bad Request"}`, Unknown, "nickname", ""},
	{"class-validator empty", `{"statusCode":400,"message":["name should not be empty"],"error":"Bad Request"}`, Value, "name", ""},
	{"class-validator raw", `[{"property":"age","value":"x","constraints":{"isInt":"age must be an integer number"}}]`, Type, "age", ""},
	{"nest pipe", `{"statusCode":400,"message":"Validation failed (numeric string is expected)","error":"Bad Request"}`, Type, "", ""},
	{"nest json", `{"statusCode":400,"message":"Unexpected token } in JSON at position 17","error":"Bad Request"}`, Syntax, "", ""},
	{"zod", `{"success":false,"error":{"issues":[{"code":"invalid_type","expected":"number","received":"string","path":["items",0,"quantity"],"message":"Expected number, received string"}],"name":"ZodError"}}`, Type, "items.0.quantity", ""},
	{"zod missing", `{"error":{"issues":[{"code":"invalid_type","expected":"string","received":"undefined","path":["email"],"message":"Required"}]}}`, Missing, "email", ""},
	{"zod keys", `{"errors":[{"code":"unrecognized_keys","keys":["colour"],"path":[],"message":"Unrecognized key(s) in object: 'colour'"}]}`, Unknown, "colour", ""},
	{"zod 4", `{"issues":[{"expected":"string","code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received undefined"}]}`, Missing, "name", ""},
	{"zod flat", `{"formErrors":[],"fieldErrors":{"email":["Invalid email"]}}`, Value, "email", ""},
	{"zod enum", `[{"received":"gold","code":"invalid_enum_value","options":["free","pro"],"path":["tier"],"message":"Invalid enum value. Expected 'free' | 'pro', received 'gold'"}]`, Value, "tier", ""},
	{"joi", `{"statusCode":400,"error":"Bad Request","message":"\"email\" is required"}`, Missing, "email", ""},
	{"joi type", `{"message":"\"items[0].quantity\" must be a number"}`, Type, "items.0.quantity", ""},
	{"joi unknown", `{"error":"\"nickname\" is not allowed"}`, Unknown, "nickname", ""},
	{"joi empty", `{"error":"\"name\" is not allowed to be empty"}`, Value, "name", ""},
	{"joi details", `{"details":[{"message":"\"limit\" must be less than or equal to 100","path":["limit"],"type":"number.max","context":{"limit":100,"value":500,"label":"limit","key":"limit"}}]}`, Value, "limit", ""},
	{"celebrate", `{"statusCode":400,"error":"Bad Request","message":"Validation failed","validation":{"body":{"source":"body","keys":["name"],"message":"\"name\" is required"}}}`, Missing, "name", Body},
	{"express-validator 6", `{"errors":[{"value":"x","msg":"Invalid value","param":"age","location":"body"}]}`, Value, "age", Body},
	{"express-validator 7", `{"errors":[{"type":"field","value":"","msg":"Invalid value","path":"email","location":"query"}]}`, Value, "email", Query},
	{"yup", `{"name":"ValidationError","errors":["email is a required field"]}`, Missing, "email", ""},
	{"yup type", `{"errors":["age must be a ` + "`number`" + ` type, but the final value was: ` + "`NaN`" + `."]}`, Type, "age", ""},
	{"valibot", `{"issues":[{"kind":"schema","type":"number","input":"2","expected":"number","received":"\"2\"","message":"Invalid type: Expected number but received \"2\"","path":[{"type":"object","key":"quantity","value":"2"}]}]}`, Type, "", ""},
	{"ajv", `[{"instancePath":"/quantity","schemaPath":"#/properties/quantity/type","keyword":"type","params":{"type":"integer"},"message":"must be integer"}]`, Type, "quantity", ""},
	{"ajv required", `{"errors":[{"instancePath":"","schemaPath":"#/required","keyword":"required","params":{"missingProperty":"email"},"message":"must have required property 'email'"}]}`, Missing, "email", ""},
	{"ajv additional", `{"errors":[{"instancePath":"/items/0","keyword":"additionalProperties","params":{"additionalProperty":"colour"},"message":"must NOT have additional properties"}]}`, Unknown, "items.0.colour", ""},
	{"express-openapi-validator", `{"message":"request/body/quantity must be integer","errors":[{"path":"/body/quantity","message":"must be integer","errorCode":"type.openapi.validation"}]}`, Type, "quantity", Body},
	{"express-openapi-validator query", `{"message":"request/query must have required property 'shop'","errors":[{"path":"/query/shop","message":"must have required property 'shop'","errorCode":"required.openapi.validation"}]}`, Missing, "shop", Query},
	{"express-openapi-validator unknown", `{"message":"Unknown query parameter 'limt'","errors":[{"path":"/query/limt","message":"Unknown query parameter 'limt'"}]}`, Unknown, "limt", Query},
	{"jsonschema python", `{"error":"'email' is a required property"}`, Missing, "email", ""},
	{"jsonschema python type", `{"error":"'2' is not of type 'integer'"}`, Type, "", ""},
	{"jsonschema python extra", `{"error":"Additional properties are not allowed ('colour' was unexpected)"}`, Unknown, "colour", ""},
	{"connexion", `{"detail":"'2' is not of type 'integer' - 'quantity'","status":400,"title":"Bad Request","type":"about:blank"}`, Type, "quantity", ""},
	{"connexion query", `{"detail":"Missing query parameter 'shop'","status":400,"title":"Bad Request","type":"about:blank"}`, Missing, "shop", Query},
	{"connexion extra", `{"detail":"Extra query parameter(s) limt not in spec","status":400,"title":"Bad Request"}`, Unknown, "limt", Query},
	{"marshmallow", `{"code":422,"errors":{"json":{"quantity":["Not a valid integer."]}},"status":"Unprocessable Entity"}`, Type, "quantity", Body},
	{"marshmallow unknown", `{"errors":{"json":{"colour":["Unknown field."]}}}`, Unknown, "colour", Body},
	{"marshmallow missing", `{"email":["Missing data for required field."]}`, Missing, "email", ""},
	{"marshmallow null", `{"messages":{"json":{"name":["Field may not be null."]}}}`, Null, "name", Body},
	{"webargs query", `{"messages":{"querystring":{"limit":["Not a valid integer."]}}}`, Type, "limit", Query},
	{"wtforms", `{"errors":{"email":["This field is required."]}}`, Missing, "email", ""},
	{"flask", `{"message":"The browser (or proxy) sent a request that this server could not understand. KeyError: 'email'"}`, Missing, "email", ""},
	{"flask-restful", `{"message":{"rate":"Missing required parameter in the JSON body or the post body or the query string"}}`, Missing, "rate", ""},
	{"flask json", `<!doctype html><html lang=en><title>400 Bad Request</title><h1>Bad Request</h1><p>Failed to decode JSON object: Expecting ',' delimiter: line 1 column 17 (char 16)</p>`, Syntax, "", ""},
	{"flask 415", `{"message":"Did not attempt to load JSON data because the request Content-Type was not 'application/json'."}`, MediaType, "", ""},
	{"litestar", `{"status_code":400,"detail":"Validation failed for POST /orders","extra":[{"message":"Expected ` + "`int`, got `str`" + `","key":"quantity","source":"body"}]}`, Type, "quantity", Body},
	{"litestar query", `{"status_code":400,"detail":"Missing required query parameter 'shop' for path /orders"}`, Missing, "shop", Query},
	{"django ninja", `{"detail":[{"type":"missing","loc":["body","payload","email"],"msg":"Field required"}]}`, Missing, "payload.email", Body},
	{"drf choice", `{"status":["\"lost\" is not a valid choice."]}`, Value, "status", ""},
	{"drf nested", `{"items":[{},{"quantity":["A valid integer is required."]}]}`, Type, "items.1.quantity", ""},
	{"drf json:api", `{"errors":[{"detail":"This field is required.","status":"400","source":{"pointer":"/data/attributes/email"},"code":"required"}]}`, Missing, "data.attributes.email", Body},
	{"drf-standardized", `{"type":"validation_error","errors":[{"code":"required","detail":"This field is required.","attr":"email"}]}`, Missing, "email", ""},
	{"rails model", `{"errors":{"email":["can't be blank"],"age":["is not a number"]}}`, Value, "email", ""},
	{"rails full", `{"errors":["Email can't be blank"]}`, Value, "email", ""},
	{"rails strong", `{"error":"param is missing or the value is empty or invalid: user"}`, Missing, "user", ""},
	{"rails unpermitted", `{"error":"found unpermitted parameter: :colour"}`, Unknown, "colour", ""},
	{"grape", `{"error":"title is missing"}`, Missing, "title", ""},
	{"grape invalid", `{"error":"page is invalid"}`, Value, "page", ""},
	{"grape values", `{"error":"sort does not have a valid value"}`, Value, "sort", ""},
	{"dry", `{"errors":{"age":["must be an integer"]}}`, Type, "age", ""},
	{"dry missing", `{"errors":{"email":["is missing"]}}`, Missing, "email", ""},
	{"phoenix", `{"errors":{"email":["can't be blank"]}}`, Value, "email", ""},
	{"ecto cast", `{"errors":{"quantity":["is invalid"]}}`, Value, "quantity", ""},
	{"laravel nested", `{"message":"The items.0.quantity must be an integer.","errors":{"items.0.quantity":["The items.0.quantity must be an integer."]}}`, Type, "items.0.quantity", ""},
	{"laravel in", `{"errors":{"status":["validation.in"]}}`, Value, "status", ""},
	{"symfony", `{"type":"https://symfony.com/errors/validation","title":"Validation Failed","detail":"email: This value should not be blank.","violations":[{"propertyPath":"email","title":"This value should not be blank.","code":"c1051bb4-d103-4f74-8988-acbcafc7fdc3"}]}`, Value, "email", ""},
	{"symfony type", `{"title":"Validation Failed","violations":[{"propertyPath":"quantity","title":"This value should be of type int."}]}`, Type, "quantity", ""},
	{"api platform", `{"hydra:description":"The type of the \"quantity\" attribute must be \"int\", \"string\" given.","title":"An error occurred","detail":"The type of the \"quantity\" attribute must be \"int\", \"string\" given."}`, Type, "quantity", ""},
	{"api platform extra", `{"title":"An error occurred","detail":"Extra attributes are not allowed (\"colour\" is unknown)."}`, Unknown, "colour", ""},
	{"symfony query", `{"detail":"Query parameter \"shop\" is required."}`, Missing, "shop", Query},
	{"jakarta", `{"status":400,"errors":[{"codes":["NotBlank.order.sku"],"defaultMessage":"must not be blank","objectName":"order","field":"sku","rejectedValue":"","code":"NotBlank"}]}`, Missing, "sku", ""},
	{"jakarta null", `{"violations":[{"field":"create.order.quantity","message":"must not be null"}],"title":"Constraint Violation"}`, Null, "create.order.quantity", ""},
	{"spring mismatch", `{"status":400,"message":"Method parameter 'id': Failed to convert value of type 'java.lang.String' to required type 'long'; For input string: \"abc\""}`, Type, "id", ""},
	{"spring 3 param", `{"type":"about:blank","title":"Bad Request","status":400,"detail":"Required parameter 'shop' is not present."}`, Missing, "shop", ""},
	{"spring 3 header", `{"detail":"Required header 'X-Tenant' is not present."}`, Missing, "X-Tenant", Header},
	{"spring 3 part", `{"detail":"Required part 'file' is not present."}`, Missing, "file", ""},
	{"spring convert", `{"detail":"Failed to convert 'id' with value: 'abc'"}`, Type, "id", ""},
	{"jackson path", `{"message":"Cannot deserialize value of type ` + "`java.lang.Integer` from String \\\"two\\\": not a valid `java.lang.Integer` value (through reference chain: com.example.Order[\\\"quantity\\\"])" + `"}`, Type, "quantity", ""},
	{"micronaut", `{"_embedded":{"errors":[{"message":"order.sku: must not be blank"}]},"message":"Bad Request"}`, Value, "order.sku", ""},
	{"micronaut query", `{"message":"Bad Request","_embedded":{"errors":[{"message":"Required QueryValue [shop] not specified","path":"/shop"}]}}`, Missing, "shop", Query},
	{"quarkus", `{"title":"Constraint Violation","status":400,"violations":[{"field":"create.order.sku","message":"must not be blank"}]}`, Value, "create.order.sku", ""},
	{"ktor", `{"error":"Request parameter shop is missing"}`, Missing, "shop", ""},
	{"kotlinx", `{"error":"Field 'email' is required for type with serial name 'User', but it was missing at path: $"}`, Missing, "email", ""},
	{"kotlinx unknown", `{"error":"Encountered an unknown key 'colour' at path: $.items[0]"}`, Unknown, "colour", ""},
	{"asp.net web api 2", `{"Message":"The request is invalid.","ModelState":{"order.Quantity":["The field Quantity must be between 1 and 100."]}}`, Value, "order.Quantity", ""},
	{"asp.net newtonsoft", `{"errors":{"quantity":["Could not convert string to integer: two. Path 'quantity', line 1, position 31."]}}`, Type, "quantity", ""},
	{"fluentvalidation", `[{"propertyName":"Quantity","errorMessage":"'Quantity' must be greater than '0'.","attemptedValue":0}]`, Value, "Quantity", ""},
	{"minimal api", `Required parameter "string shop" was not provided from query string.`, Missing, "shop", Query},
	{"minimal api 8", `{"detail":"Microsoft.AspNetCore.Http.BadHttpRequestException: Failed to bind parameter \"int id\" from \"abc\"."}`, Type, "id", ""},
	{"serde", `Failed to deserialize the JSON body into the target type: missing field ` + "`email` at line 1 column 14", Missing, "email", Body},
	{"serde type", `Failed to deserialize the JSON body into the target type: items[0].quantity: invalid type: string "two", expected i64 at line 1 column 40`, Type, "items.0.quantity", Body},
	{"serde unknown", `Failed to deserialize the JSON body into the target type: unknown field ` + "`colour`, expected one of `sku`, `quantity` at line 1 column 30", Unknown, "colour", Body},
	{"serde variant", `Failed to deserialize the JSON body into the target type: status: unknown variant ` + "`lost`, expected `new` or `paid` at line 1 column 20", Value, "status", Body},
	{"serde query", `Failed to deserialize query string: missing field ` + "`shop`", Missing, "shop", Query},
	{"serde query type", `Failed to deserialize query string: limit: invalid digit found in string`, Type, "limit", Query},
	{"axum syntax", `Failed to parse the request body as JSON: key must be a string at line 1 column 2`, Syntax, "", ""},
	{"axum media", "Expected request with `Content-Type: application/json`", MediaType, "", ""},
	{"axum path", "Invalid URL: Cannot parse `abc` to a `u64`", Type, "", ""},
	{"actix", `Json deserialize error: missing field ` + "`email` at line 1 column 14", Missing, "email", ""},
	{"fiber", `{"error":"json: cannot unmarshal string into Go struct field Order.items.quantity of type int"}`, Type, "items.quantity", ""},
	{"go validator slice", `{"error":"Key: 'Order.Items[0].Quantity' Error:Field validation for 'Quantity' failed on the 'gt' tag"}`, Value, "Items.0.Quantity", ""},
	{"go kin-openapi", `{"error":"request body has an error: doesn't match schema: Error at \"/quantity\": value must be an integer"}`, Type, "quantity", Body},
	{"go kin-openapi missing", `request body has an error: doesn't match schema #/components/schemas/Order: Error at "/sku": property "sku" is missing`, Missing, "sku", Body},
	{"go kin-openapi query", `parameter "limit" in query has an error: value ten: an invalid integer: invalid syntax`, Type, "limit", Query},
	{"oapi-codegen", `{"message":"Query argument shop is required, but not found"}`, Missing, "shop", Query},
	{"oapi-codegen format", `Invalid format for parameter id: error binding string parameter: strconv.ParseInt: parsing "abc": invalid syntax`, Type, "id", ""},
	{"ogen", `{"error_message":"operation CreateOrder: decode request: decode application/json: decode Order: callback: invalid: sku (field required)"}`, Missing, "sku", ""},
	{"huma", `{"title":"Unprocessable Entity","status":422,"detail":"validation failed","errors":[{"message":"expected integer","location":"body.quantity","value":"two"}]}`, Type, "quantity", Body},
	{"huma missing", `{"status":422,"detail":"validation failed","errors":[{"message":"expected required property email to be present","location":"body","value":{"name":"Ada"}}]}`, Missing, "email", Body},
	{"huma unknown", `{"errors":[{"message":"unexpected property","location":"body.colour","value":{"colour":"red"}}]}`, Unknown, "colour", Body},
	{"protovalidate", `{"code":"invalid_argument","message":"validation error: quantity: value must be greater than 0 [int32.gt]"}`, Value, "quantity", ""},
	{"grpc gateway query", `{"code":3,"message":"parsing field \"limit\": strconv.ParseInt: parsing \"ten\": invalid syntax"}`, Type, "limit", ""},

	// public APIs by their documented shapes
	{"aip-193", `{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Request contains an invalid argument.","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"instance.machine_type","description":"Machine type is required."}]}]}}`, Missing, "instance.machine_type", ""},
	{"google legacy", `{"error":{"errors":[{"domain":"global","reason":"required","message":"Required parameter: part","locationType":"parameter","location":"part"}],"code":400,"message":"Required parameter: part"}}`, Missing, "part", Params},
	{"google legacy value", `{"error":{"code":400,"errors":[{"domain":"global","reason":"invalidParameter","message":"Invalid string value: 'x'. Allowed values: [a, b]","locationType":"parameter","location":"order"}]}}`, Value, "order", Params},
	{"google maps", `{"error_message":"Invalid request. Missing the 'address', 'components', 'latlng' or 'place_id' parameter.","results":[],"status":"INVALID_REQUEST"}`, Missing, "address", ""},
	{"rfc 9457", `{"type":"https://example.net/validation-error","title":"Your request is not valid.","errors":[{"detail":"must be a positive integer","pointer":"#/age"}]}`, Value, "age", Body},
	{"rfc 7807", `{"type":"https://example.net/validation-error","title":"Your request parameters didn't validate.","invalid-params":[{"name":"age","reason":"must be a positive integer"}]}`, Value, "age", ""},
	{"json:api query", `{"errors":[{"status":"400","source":{"parameter":"include"},"title":"Invalid Query Parameter","detail":"The resource does not have an ` + "`author`" + ` relationship path."}]}`, Value, "include", Query},
	{"paypal", `{"name":"INVALID_REQUEST","message":"Request is not well-formed, syntactically incorrect, or violates schema.","details":[{"field":"/purchase_units/@reference_id=='default'/amount/value","value":"","location":"body","issue":"MISSING_REQUIRED_PARAMETER","description":"A required field / parameter is missing."}]}`, Missing, "", Body},
	{"square", `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"MISSING_REQUIRED_PARAMETER","detail":"Field must be set","field":"source_id"}]}`, Missing, "source_id", ""},
	{"square type", `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"EXPECTED_INTEGER","detail":"Expected an integer value.","field":"amount_money.amount"}]}`, Type, "amount_money.amount", ""},
	{"adyen", `{"status":422,"errorCode":"14_007","message":"Required field 'reference' is not provided.","errorType":"validation"}`, Missing, "reference", ""},
	{"sendgrid", `{"errors":[{"message":"The from object must be provided for every email send.","field":"from.email","help":"http://example.com"}]}`, Missing, "from.email", ""},
	{"mailgun", `{"message":"'to' parameter is not a valid address. please check documentation"}`, Value, "to", ""},
	{"mailgun missing", `{"message":"from parameter is missing"}`, Missing, "", ""},
	{"mailchimp", `{"type":"https://example.com","title":"Invalid Resource","status":400,"detail":"The resource submitted could not be validated.","errors":[{"field":"email_address","message":"This value should not be blank."}]}`, Value, "email_address", ""},
	{"salesforce", `[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]`, Missing, "Name", ""},
	{"salesforce unknown", `[{"message":"No such column 'Nme' on sobject of type Account","errorCode":"INVALID_FIELD"}]`, Unknown, "Nme", ""},
	{"salesforce json", `[{"message":"Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:1, column:17]","errorCode":"JSON_PARSER_ERROR"}]`, Syntax, "", ""},
	{"hubspot", `{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"emial\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"emial\"}]","category":"VALIDATION_ERROR"}`, Unknown, "emial", ""},
	{"zendesk", `{"error":"RecordInvalid","description":"Record validation errors","details":{"name":[{"description":"Name: is too short (minimum is 1 characters)","error":"BlankValue"}]}}`, Value, "name", ""},
	{"jira", `{"errorMessages":[],"errors":{"summary":"You must specify a summary of the issue."}}`, Missing, "summary", ""},
	{"jira unknown", `{"errorMessages":[],"errors":{"custmfield":"Field 'custmfield' cannot be set. It is not on the appropriate screen, or unknown."}}`, Unknown, "custmfield", ""},
	{"notion", `{"object":"error","status":400,"code":"validation_error","message":"body failed validation: body.parent.page_id should be defined, instead was ` + "`undefined`" + `."}`, Missing, "parent.page_id", Body},
	{"notion type", `{"object":"error","code":"validation_error","message":"body failed validation: body.archived should be a boolean, instead was ` + "`\\\"yes\\\"`" + `."}`, Type, "archived", Body},
	{"notion json", `{"object":"error","status":400,"code":"invalid_json","message":"Error parsing JSON body."}`, Syntax, "", ""},
	{"airtable", `{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"Nmae\""}}`, Unknown, "Nmae", ""},
	{"airtable value", `{"error":{"type":"INVALID_VALUE_FOR_COLUMN","message":"Field \"Age\" cannot accept the provided value"}}`, Value, "Age", ""},
	{"discord", `{"code":50035,"errors":{"content":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}},"message":"Invalid Form Body"}`, Missing, "content", ""},
	{"discord nested", `{"code":50035,"errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be between 1 and 256 in length."}]}}}},"message":"Invalid Form Body"}`, Value, "embeds.0.title", ""},
	{"discord empty", `{"message":"Cannot send an empty message","code":50006}`, Value, "", ""},
	{"telegram", `{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}`, Value, "", ""},
	{"telegram missing", `{"ok":false,"error_code":400,"description":"Bad Request: parameter \"chat_id\" is required"}`, Missing, "chat_id", ""},
	{"twitch", `{"error":"Bad Request","status":400,"message":"Missing required parameter \"broadcaster_id\""}`, Missing, "broadcaster_id", ""},
	{"spotify", `{"error":{"status":400,"message":"Invalid limit"}}`, Value, "limit", ""},
	{"asana", `{"errors":[{"message":"name: Missing input","help":"For more information"}]}`, Missing, "name", ""},
	{"asana type", `{"errors":[{"message":"due_on: Not a date: 31.12.2026"}]}`, Type, "due_on", ""},
	{"gitlab", `{"message":{"name":["can't be blank"]}}`, Value, "name", ""},
	{"gitlab many", `{"error":"id is missing, name is invalid"}`, Missing, "id", ""},
	{"github schema", `{"message":"Invalid request.\n\n\"title\" wasn't supplied."}`, Missing, "title", ""},
	{"github type", `{"message":"Invalid request.\n\nFor 'links/0/schema', \"x\" is not an integer."}`, Type, "links.0.schema", ""},
	{"github code", `{"message":"Validation Failed","errors":[{"resource":"Label","code":"invalid","field":"color"}]}`, Value, "color", ""},
	{"plaid", `{"error_type":"INVALID_REQUEST","error_code":"MISSING_FIELDS","error_message":"the following required fields are missing: client_name"}`, Missing, "client_name", ""},
	{"plaid unknown", `{"error_type":"INVALID_REQUEST","error_code":"UNKNOWN_FIELDS","error_message":"the following fields are not recognized by this endpoint: clientname"}`, Unknown, "clientname", ""},
	{"plaid body", `{"error_type":"INVALID_REQUEST","error_code":"INVALID_BODY","error_message":"body could not be parsed as JSON"}`, Syntax, "", ""},
	{"openai", `{"error":{"message":"Unrecognized request argument supplied: temprature","type":"invalid_request_error","param":null,"code":null}}`, Unknown, "temprature", ""},
	{"openai type", `{"error":{"message":"Invalid type for 'max_tokens': expected an integer, but got a string instead.","type":"invalid_request_error","param":"max_tokens","code":"invalid_type"}}`, Type, "max_tokens", ""},
	{"openai missing", `{"error":{"message":"Missing required parameter: 'messages'.","type":"invalid_request_error","param":"messages","code":"missing_required_parameter"}}`, Missing, "messages", ""},
	{"openai json", `{"error":{"message":"We could not parse the JSON body of your request.","type":"invalid_request_error","param":null,"code":null}}`, Syntax, "", ""},
	{"anthropic", `{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"}}`, Missing, "max_tokens", ""},
	{"anthropic type", `{"type":"error","error":{"type":"invalid_request_error","message":"messages.0.content: Input should be a valid list"}}`, Type, "messages.0.content", ""},
	{"anthropic extra", `{"type":"error","error":{"type":"invalid_request_error","message":"stream_options: Extra inputs are not permitted"}}`, Unknown, "stream_options", ""},
	{"kubernetes", `{"kind":"Status","status":"Failure","message":"Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0","reason":"Invalid","details":{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: -1: must be greater than or equal to 0","field":"spec.replicas"}]},"code":422}`, Value, "spec.replicas", ""},
	{"kubernetes required", `{"kind":"Status","details":{"causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.selector"}]},"code":422}`, Missing, "spec.selector", ""},
	{"kubernetes strict", `{"kind":"Status","message":"strict decoding error: unknown field \"spec.replica\"","reason":"BadRequest","code":400}`, Unknown, "spec.replica", ""},
	{"elasticsearch", `{"error":{"root_cause":[{"type":"parsing_exception","reason":"unknown query [mtch]","line":1,"col":20}],"type":"parsing_exception","reason":"unknown query [mtch]"},"status":400}`, Unknown, "mtch", ""},
	{"elasticsearch param", `{"error":{"type":"illegal_argument_exception","reason":"request [/orders/_search] contains unrecognized parameter: [siz] -> did you mean [size]?"},"status":400}`, Unknown, "siz", ""},
	{"elasticsearch number", `{"error":{"type":"illegal_argument_exception","reason":"Failed to parse int parameter [size] with value [ten]"},"status":400}`, Type, "size", ""},
	{"dynamodb", `{"__type":"com.amazon.coral.validate#ValidationException","message":"1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"}`, Value, "tableName", ""},
	{"dynamodb null", `{"__type":"com.amazon.coral.validate#ValidationException","message":"1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null"}`, Null, "tableName", ""},
	{"aws json", `{"__type":"SerializationException","Message":"Start of structure or map found where not expected."}`, Type, "", ""},
	{"aws query", `<ErrorResponse><Error><Type>Sender</Type><Code>MissingParameter</Code><Message>The request must contain the parameter QueueName.</Message></Error></ErrorResponse>`, Missing, "QueueName", ""},
	{"aws ec2", `<Response><Errors><Error><Code>InvalidParameterValue</Code><Message>Value (x) for parameter maxResults is invalid. Expecting a value greater than 5.</Message></Error></Errors></Response>`, Value, "maxResults", ""},
	{"s3", `<Error><Code>InvalidArgument</Code><Message>Provided max-keys not an integer or within integer range</Message><ArgumentName>max-keys</ArgumentName><ArgumentValue>ten</ArgumentValue></Error>`, Type, "max-keys", ""},
	{"s3 xml", `<Error><Code>MalformedXML</Code><Message>The XML you provided was not well-formed or did not validate against our published schema</Message></Error>`, Syntax, "", ""},
	{"azure arm", `{"error":{"code":"InvalidRequestContent","message":"The request content was invalid and could not be deserialized: 'Could not find member 'locaton' on object of type 'ResourceDefinition'. Path 'locaton', line 1, position 11.'."}}`, Unknown, "locaton", ""},
	{"azure target", `{"error":{"code":"InvalidParameter","target":"vmSize","message":"The value of parameter vmSize is invalid."}}`, Value, "vmSize", ""},
	{"azure missing", `{"error":{"code":"LocationRequired","message":"The location property is required for this definition."}}`, Missing, "location", ""},
	{"azure api version", `{"error":{"code":"MissingApiVersionParameter","message":"The api-version query parameter (?api-version=) is required for all requests."}}`, Missing, "api-version", Query},
	{"odata", `{"error":{"code":"","message":"The query specified in the URI is not valid. Could not find a property named 'Nme' on type 'Model.Product'."}}`, Unknown, "Nme", ""},
	{"dropbox", `Error in call to API function "files/list_folder": request body: missing required field 'path'`, Missing, "path", Body},
	{"dropbox type", `Error in call to API function "files/list_folder": request body: recursive: expected boolean, got string`, Type, "recursive", Body},
	{"contentful", `{"sys":{"type":"Error","id":"ValidationFailed"},"message":"Validation error","details":{"errors":[{"name":"required","path":["fields","title"],"details":"The property \"title\" is required here"}]}}`, Missing, "fields.title", ""},
	{"strapi", `{"data":null,"error":{"status":400,"name":"ValidationError","message":"name must be defined.","details":{"errors":[{"path":["name"],"message":"name must be defined.","name":"ValidationError"}]}}}`, Missing, "name", ""},
	{"directus", `{"errors":[{"message":"Validation failed for field \"email\". Value is required.","extensions":{"code":"FAILED_VALIDATION","field":"email","type":"nnull"}}]}`, Missing, "email", ""},
	{"postgrest", `{"code":"PGRST204","details":null,"hint":null,"message":"Could not find the 'nmae' column of 'users' in the schema cache"}`, Unknown, "nmae", ""},
	{"postgrest null", `{"code":"23502","details":"Failing row contains (1, null).","hint":null,"message":"null value in column \"name\" of relation \"users\" violates not-null constraint"}`, Null, "name", ""},
	{"postgrest type", `{"code":"22P02","message":"invalid input syntax for type integer: \"two\""}`, Type, "", ""},
	{"json-rpc", `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params: missing field 'to'"},"id":1}`, Missing, "to", ""},
	{"json-rpc parse", `{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}`, Syntax, "", ""},
	{"graphql required", `{"errors":[{"message":"Variable \"$input\" of required type \"OrderInput!\" was not provided.","locations":[{"line":1,"column":10}]}]}`, Missing, "variables.input", ""},
	{"graphql field missing", `{"errors":[{"message":"Variable \"$input\" got invalid value { name: \"x\" }; Field \"sku\" of required type \"String!\" was not provided."}]}`, Missing, "variables.input.sku", ""},
	{"graphql unknown input", `{"errors":[{"message":"Variable \"$input\" got invalid value { skuu: \"x\" }; Field \"skuu\" is not defined by type \"OrderInput\". Did you mean \"sku\"?"}]}`, Unknown, "skuu", ""},
	{"graphql enum", `{"errors":[{"message":"Variable \"$s\" got invalid value \"LOST\"; Value \"LOST\" does not exist in \"Status\" enum."}]}`, Value, "s", ""},
	{"graphql null", `{"errors":[{"message":"Variable \"$id\" of non-null type \"ID!\" must not be null."}]}`, Null, "variables.id", ""},
	{"graphql argument", `{"errors":[{"message":"Unknown argument \"idd\" on field \"Query.order\". Did you mean \"id\"?"}]}`, Unknown, "idd", ""},
	{"graphql no query", `{"errors":[{"message":"Must provide query string."}]}`, Missing, "", ""},
	{"hasura", `{"errors":[{"message":"field 'nme' not found in type: 'users'","extensions":{"path":"$.selectionSet.users.selectionSet.nme","code":"validation-failed"}}]}`, Unknown, "nme", ""},
	{"vonage", `{"type":"https://example.com","title":"Invalid params","detail":"The value of one or more parameters is invalid.","invalid_parameters":[{"name":"to","reason":"Missing parameter"}]}`, Missing, "to", ""},
	{"braintree", `{"message":"Amount is required."}`, Missing, "Amount", ""},
	{"wechat", `{"errcode":41002,"errmsg":"appid missing"}`, Missing, "appid", ""},
	{"generic code", `{"error":"missing_parameter","parameter":"amount"}`, Missing, "amount", ""},
	{"generic field", `{"error":"validation_error","field":"email","message":"must be a valid e-mail address"}`, Value, "email", ""},
	{"generic text", `Parameter 'limit' must be an integer`, Type, "limit", ""},
	{"generic sentence", `The "currency" field must be one of: eur, usd`, Value, "currency", ""},
	{"generic colon", `{"error":"quantity: expected integer, got string"}`, Type, "quantity", ""},
	{"php", `{"error":"Undefined array key \"email\""}`, Missing, "email", ""},
	{"german-free plain", `Missing parameter: q`, Missing, "q", ""},
	{"html page", `<html><body><h1>400 Bad Request</h1><p>Missing required query parameter: q</p></body></html>`, Missing, "q", Query},
	{"unsupported", `{"error":"Unsupported content type: text/plain"}`, MediaType, "", ""},
	{"unsupported 2", `{"message":"Content-Type header must be application/json"}`, MediaType, "", ""},
	{"duplicate", `{"error":"duplicate key \"amount\" in object"}`, Duplicate, "amount", ""},
	{"duplicate gson", `{"error":"duplicate key: amount"}`, Duplicate, "amount", ""},
}

func TestSamples(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.system, func(t *testing.T) {
			t.Parallel()
			all := Read([]byte(s.body))
			if len(all) == 0 {
				t.Fatalf("no complaint was read, want %v of %q", s.kind, s.field)
			}
			got := all[0]
			if got.Kind != s.kind {
				t.Errorf("kind = %v, want %v", got.Kind, s.kind)
			}
			if s.in != "" && got.In != s.in {
				t.Errorf("in = %q, want %q", got.In, s.in)
			}
			if s.field != "" && !names(got, s.field) {
				t.Errorf("field = %q, names = %q, want %q", got.Field, got.Names, s.field)
			}
			if t.Failed() {
				t.Logf("%+v", all)
			}
		})
	}
}

// names reports whether the complaint names the field: by its path, or first among the words that may be names.
func names(c Complaint, field string) bool {
	if len(c.Field) > 0 {
		return strings.Join(c.Field, ".") == field
	}
	return slices.ContainsFunc(c.Names[:min(len(c.Names), 2)], func(n string) bool {
		return strings.EqualFold(strings.TrimPrefix(n, "$"), field)
	})
}
