package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// mixed are complaints that are easily taken for another kind. Columns as in said.
var mixed = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	{"two fields", "POST /users", `json {"name":"","age":-1}`, 422, `{"errors":[{"field":"age","message":"must be positive"}]}`, "body.value", "/age"},
	{"field called name", "POST /users", `json {"name":"x"}`, 422, `{"message":"The name must be at least 3 characters."}`, "body.value", "/name"},
	{"field called type", "POST /users", `json {"type":"x"}`, 422, `{"errors":{"type":["is not included in the list"]}}`, "body.value", "/type"},
	{"field called status", "PATCH /orders/7", `json {"status":"lost"}`, 422, `{"errors":{"status":["The selected status is invalid."]}}`, "body.value", "/status"},
	{"field called message", "POST /posts", `json {"message":""}`, 422, `{"errors":[{"path":"message","message":"must not be blank"}]}`, "body.value", "/message"},
	{"query over body", "POST /orders?dry=maybe", `json {"quantity":1}`, 400, `{"errors":[{"in":"query","name":"dry","message":"must be a boolean"}]}`, "param.type", "query dry"},
	{"where", "GET /orders?page=x", ``, 400, `{"errors":[{"where":"query","field":"page","message":"not an integer"}]}`, "param.type", "query page"},
	{"location header", "GET /orders", ``, 400, `{"errors":[{"location":"header","name":"X-Shop","message":"is required"}]}`, "header.missing", "header X-Shop"},
	{"locationType", "GET /orders?maxResults=900", ``, 400, `{"error":{"errors":[{"domain":"global","reason":"invalidParameter","message":"Invalid value '900'. Values must be within the range: [1, 50]","locationType":"parameter","location":"maxResults"}],"code":400}}`, "param.value", "query maxResults"},
	{"source parameter", "GET /orders?page=x", ``, 400, `{"errors":[{"source":{"parameter":"page"},"title":"Invalid page","detail":"must be an integer"}]}`, "param.type", "query page"},
	{"source header", "GET /orders", ``, 400, `{"errors":[{"source":{"header":"X-Shop"},"detail":"is required"}]}`, "header.missing", "header X-Shop"},
	{"nested data", "POST /orders", `json {"order":{"lines":[{"qty":0}]}}`, 422, `{"status":"fail","data":{"order.lines.0.qty":"must be at least 1"}}`, "body.value", "/order/lines/0/qty"},
	{"nested map", "POST /orders", `json {"order":{"lines":[{"qty":0}]}}`, 422, `{"errors":{"order":{"lines":{"0":{"qty":["must be at least 1"]}}}}}`, "body.value", "/order/lines/0/qty"},
	{"envelope of success", "POST /orders", `json {"qty":0}`, 200, `{"code":40001,"success":false,"msg":"qty must be at least 1"}`, "body.value", "/qty"},
	{"status error", "POST /orders", `json {"sku":"a"}`, 200, `{"status":"error","message":"qty is required"}`, "body.missing-field", "/qty"},
	{"snake of camel", "POST /orders", `json {"customer_id":"x"}`, 422, `{"errors":[{"field":"customerId","message":"must be a UUID"}]}`, "body.type", "/customer_id"},
	{"label with blanks", "POST /orders", `json {"customer_id":"x"}`, 422, `{"errors":{"customer_id":["The customer id field must be a valid UUID."]}}`, "body.type", "/customer_id"},
	{"whole array", "POST /orders", `json {"tags":[1,2,3]}`, 422, `{"errors":[{"path":["tags"],"message":"must contain at most 2 items"}]}`, "body.value", "/tags"},
	{"index in words", "POST /orders", `json {"tags":["a",2]}`, 422, `{"errors":[{"path":"tags[1]","message":"must be a string"}]}`, "body.type", "/tags/1"},
}

func TestComplaintsEasilyMixedUp(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range mixed {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			first, _ := d.Primary()
			if first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}
