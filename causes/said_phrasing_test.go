package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// phrasings are ways to say the same few things that no table can list in full. Columns as in said.
var phrasings = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	// absent
	{"please provide", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"Please provide a quantity"}`, "body.missing-field", "/quantity"},
	{"you must specify", "GET /orders", ``, 400, `{"error":"You must specify the shop parameter"}`, "param.missing", "query shop"},
	{"was not supplied", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"quantity was not supplied"}`, "body.missing-field", "/quantity"},
	{"not found in body", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"'quantity' not found in request body"}`, "body.missing-field", "/quantity"},
	{"lacks", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"request body lacks required field \"quantity\""}`, "body.missing-field", "/quantity"},
	{"expected property", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"expected property \"quantity\" to be present"}`, "body.missing-field", "/quantity"},
	{"no value for", "GET /orders", ``, 400, `{"error":"No value provided for required parameter 'shop'"}`, "param.missing", "query shop"},
	{"mandatory", "POST /orders", `json {"sku":"a"}`, 400, `{"code":"E1","description":"Mandatory field quantity missing"}`, "body.missing-field", "/quantity"},
	{"absent", "POST /orders", `json {"sku":"a"}`, 400, `{"reason":"property quantity absent"}`, "body.missing-field", "/quantity"},
	{"undefined", "POST /orders", `json {"sku":"a"}`, 500, `{"error":"Cannot read properties of undefined (reading 'quantity')"}`, "", ""},
	{"list of missing", "POST /orders", `json {"sku":"a"}`, 400, `{"error":"missing_fields","fields":["quantity"]}`, "body.missing-field", "/quantity"},
	{"missing list", "POST /orders", `json {"sku":"a"}`, 400, `{"missing":["quantity"]}`, "body.missing-field", "/quantity"},
	{"required true", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":{"required":true}}}`, "body.missing-field", "/quantity"},
	{"code in map", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":{"quantity":["required"]}}`, "body.missing-field", "/quantity"},
	{"upper code", "POST /orders", `json {"sku":"a"}`, 422, `{"errors":[{"field":"quantity","code":"REQUIRED"}]}`, "body.missing-field", "/quantity"},
	{"code of name", "POST /orders", `json {"sku":"a"}`, 422, `{"error":"quantity_required"}`, "body.missing-field", "/quantity"},
	{"upper code of name", "POST /orders", `json {"sku":"a"}`, 400, `{"code":"MISSING_QUANTITY"}`, "body.missing-field", "/quantity"},
	{"header need", "GET /reports", ``, 400, `{"error":"The X-Tenant-Id header must be set"}`, "header.missing", "header X-Tenant-Id"},
	{"header needs", "GET /reports", ``, 400, `{"error":"X-Tenant-Id header is required for this endpoint"}`, "header.missing", "header X-Tenant-Id"},
	{"header missing", "GET /reports", ``, 400, `{"error":"Header 'X-Tenant-Id' not provided"}`, "header.missing", "header X-Tenant-Id"},

	// not known
	{"unexpected", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"Unexpected property: skuu"}`, "body.unknown-field", "/skuu"},
	{"not part", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"skuu is not a known field"}`, "body.unknown-field", "/skuu"},
	{"not supported parameter", "GET /orders?limt=3", ``, 400, `{"error":"Parameter 'limt' is not supported"}`, "param.unknown", "query limt"},
	{"does not exist", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"Field 'skuu' does not exist"}`, "body.unknown-field", "/skuu"},
	{"invalid key", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"Object contains unknown key skuu"}`, "body.unknown-field", "/skuu"},
	{"not in schema", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"error":"Property 'skuu' is not defined in the schema"}`, "body.unknown-field", "/skuu"},
	{"filter", "GET /orders?colr=red", ``, 400, `{"error":"Unknown filter: colr"}`, "param.unknown", "query colr"},
	{"sort field", "GET /orders?sort=prce", ``, 400, `{"error":"Cannot sort by prce"}`, "param.value", "query sort"},
	{"invalid keys", "POST /orders", `json {"sku":"a","skuu":1}`, 400, `{"unknown":["skuu"]}`, "body.unknown-field", "/skuu"},

	// another type
	{"expects", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"quantity expects an integer"}`, "body.type", "/quantity"},
	{"wanted", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"quantity: integer expected"}`, "body.type", "/quantity"},
	{"not numeric", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"quantity is not numeric"}`, "body.type", "/quantity"},
	{"only accepts", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"Field quantity only accepts integers"}`, "body.type", "/quantity"},
	{"instead of", "POST /orders", `json {"quantity":"x"}`, 400, `{"error":"Got string instead of integer for quantity"}`, "body.type", "/quantity"},
	{"unable to convert", "GET /orders?page=x", ``, 400, `{"error":"Unable to convert 'x' to integer"}`, "param.type", "query page"},
	{"must be numeric", "GET /orders?page=x", ``, 400, `{"error":"page must be numeric"}`, "param.type", "query page"},
	{"bad int", "GET /orders?page=x", ``, 400, `{"error":"x is not an integer"}`, "param.type", "query page"},
	{"type code", "POST /orders", `json {"quantity":"x"}`, 400, `{"errors":[{"field":"quantity","code":"INVALID_TYPE"}]}`, "body.type", "/quantity"},
	{"expected actual", "POST /orders", `json {"quantity":"x"}`, 400, `{"field":"quantity","expected":"integer","actual":"string","message":"Type mismatch"}`, "body.type", "/quantity"},

	// a value
	{"too long", "POST /users", `json {"name":"aaaaaaaa"}`, 400, `{"error":"name is too long (maximum is 5 characters)"}`, "body.value", "/name"},
	{"exceeds", "POST /users", `json {"name":"aaaaaaaa"}`, 400, `{"error":"The length of name exceeds 5"}`, "body.value", "/name"},
	{"greater", "GET /orders?limit=500", ``, 400, `{"error":"limit cannot be greater than 100"}`, "param.value", "query limit"},
	{"maximum", "GET /orders?limit=500", ``, 400, `{"error":"The maximum limit is 100"}`, "param.value", "query limit"},
	{"unexpected value", "GET /orders?status=lost", ``, 400, `{"error":"Unexpected value for status: lost"}`, "param.value", "query status"},
	{"not supported value", "GET /orders?currency=DM", ``, 400, `{"error":"Currency DM is not supported"}`, "param.value", "query currency"},
	{"valid values", "GET /orders?status=lost", ``, 400, `{"error":"Invalid status. Valid values: open, closed"}`, "param.value", "query status"},
	{"expected one of", "POST /orders", `json {"size":"XXL"}`, 400, `{"error":"Unknown size 'XXL', expected one of S, M, L"}`, "body.value", "/size"},
	{"format", "POST /users", `json {"email":"x"}`, 400, `{"error":"email has the wrong format"}`, "body.value", "/email"},
	{"well formed", "POST /users", `json {"email":"x"}`, 400, `{"errors":{"email":"must be a well-formed email address"}}`, "body.value", "/email"},
	{"date past", "POST /users", `json {"born":"2999-01-01"}`, 422, `{"errors":[{"field":"born","message":"must be a past date"}]}`, "body.value", "/born"},
	{"illegal", "POST /orders", `json {"size":"XXL"}`, 400, `{"error":"Illegal value for size"}`, "body.value", "/size"},
	{"code of value", "POST /users", `json {"email":"x"}`, 400, `{"error":"invalid_email"}`, "body.value", "/email"},
	{"upper value", "POST /users", `json {"email":"x"}`, 400, `{"code":"EMAIL_INVALID"}`, "body.value", "/email"},
	{"reason map", "POST /users", `json {"email":"x"}`, 400, `{"invalid":{"email":"not an address"}}`, "body.value", "/email"},
	{"empty", "POST /users", `json {"email":""}`, 400, `{"error":"email must not be empty"}`, "body.value", "/email"},
	{"identifier", "GET /users/xyz", ``, 400, `{"error":"Invalid user id: xyz"}`, "param.value", "path"},
	{"uuid", "GET /users/xyz", ``, 400, `{"error":"xyz is not a valid UUID"}`, "param.type", "path"},

	// null
	{"null", "POST /users", `json {"email":null}`, 400, `{"error":"email must not be null"}`, "body.null", "/email"},
	{"nil", "POST /users", `json {"email":null}`, 422, `{"errors":{"email":["can't be nil"]}}`, "body.null", "/email"},
	{"null as blank", "POST /users", `json {"email":null}`, 422, `{"errors":{"email":["can't be blank"]}}`, "body.null", "/email"},
	{"null is not string", "POST /users", `json {"email":null}`, 400, `{"error":"email: expected string, got null"}`, "body.null", "/email"},

	// the whole body
	{"empty body", "POST /users", `json `, 400, `{"error":"No input data provided"}`, "body.missing", ""},
	{"no data", "POST /users", `json `, 400, `{"error":"Request body is empty"}`, "body.missing", ""},
	{"array for object", "POST /users", `json [{"name":"Ada"}]`, 400, `{"error":"expected an object, got an array"}`, "body.type", ""},
	{"rails cut", "POST /users", `json {"name":"Ada"`, 400, `{"error":"Error occurred while parsing request parameters"}`, "body.syntax", ""},
	{"no type at all", "POST /users", `none {"name":"Ada"}`, 415, ``, "content.type-missing", "header Content-Type"},
	{"form for json", "POST /users", `form name=Ada`, 400, `{"error":"invalid character 'n' looking for beginning of value"}`, "content.type-unsupported", "header Content-Type"},
	{"json as form", "POST /users", `form {"name":"Ada"}`, 400, `{"error":"name is required"}`, "content.type-mismatch", "header Content-Type"},
}

func TestPhrasings(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range phrasings {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			first, _ := d.Primary()
			if tt.cause != "" && first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); tt.at != "" && got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}
