package contract_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// TestWantedStyleIsShown: what is wanted is written as RFC 6570 expands it.
func TestWantedStyleIsShown(t *testing.T) {
	t.Parallel()
	tests := []struct{ style, typ, want string }{
		{"label, explode: false", "integer", "`.value`"},
		{"label, explode: false", "array", "`.value,value`"},
		{"label, explode: true", "array", "`.value.value`"},
		{"label, explode: false", "object", "`.key,value`"},
		{"label, explode: true", "object", "`.key=value.key=value`"},
		{"matrix, explode: true", "integer", "`;p=value`"},
		{"matrix, explode: false", "array", "`;p=value,value`"},
		{"matrix, explode: true", "array", "`;p=value;p=value`"},
		{"matrix, explode: true", "object", "`;key=value;key=value`"},
	}
	for _, tt := range tests {
		doc := fmt.Sprintf(`
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /a/{p}: {get: {parameters: [{name: p, in: path, required: true, style: %s, schema: {type: %s}}], responses: {'200': {description: x}}}}
`, tt.style, tt.typ)
		c, err := contract.Load(fstest.MapFS{"api.yaml": {Data: []byte(doc)}}, "api.yaml")
		if err != nil {
			t.Fatal(err)
		}
		m := c.Match("GET", "/a/x")
		got := m.Operation.ExplainRequest(&faultline.Request{Method: "GET", Target: "/a/x"}, m.Params)
		if len(got) != 1 || got[0].Kind != contract.Serialization || got[0].Want != tt.want {
			t.Errorf("%s of %s: got %+v, want %s", tt.style, tt.typ, got, tt.want)
		}
	}
}
