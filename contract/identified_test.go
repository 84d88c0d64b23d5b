package contract_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// TestReferenceByID: a schema is found by its $id wherever it stands, and its own
// references are relative to that.
func TestReferenceByID(t *testing.T) {
	t.Parallel()
	const doc = `
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /a: {post: {requestBody: {content: {application/json: {schema: {$ref: 'https://example.com/SCHEMA'}}}}, responses: {'200': {description: x}}}}
components:
  schemas:
    Root:
      $id: https://example.com/root.json
      type: object
      properties: {n: {$ref: leaf.json}, b: {$ref: '#/$defs/b'}}
      $defs: {b: {type: boolean}, leaf: {$id: leaf.json, $anchor: here, type: integer}}
`
	tests := []struct{ schema, body, at string }{
		{"root.json", `{"n": 1, "b": true}`, ""},
		{"root.json", `{"n": "x", "b": true}`, "/n"},
		{"root.json", `{"n": 1, "b": 1}`, "/b"},
		{"root.json#/$defs/b", `1`, "root"},
		{"leaf.json", `"x"`, "root"},
		{"leaf.json#here", `"x"`, "root"},
	}
	for _, tt := range tests {
		fsys := fstest.MapFS{"api.yaml": {Data: []byte(strings.ReplaceAll(doc, "SCHEMA", tt.schema))}}
		c, err := contract.Load(fsys, "api.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if n := c.Notices(); len(n) > 0 {
			t.Errorf("%s: notice %q, want none", tt.schema, n[0].Text)
		}
		m := c.Match("POST", "/a")
		r := &faultline.Request{Method: "POST", Target: "/a", Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}}, Body: faultline.NewBody([]byte(tt.body))}
		got := ""
		for _, v := range m.Operation.ExplainRequest(r, m.Params) {
			if got = v.At.Pointer; got == "" {
				got = "root"
			}
		}
		if got != tt.at {
			t.Errorf("%s: %s: violation at %q, want %q", tt.schema, tt.body, got, tt.at)
		}
	}
	if _, err := contract.Load(fstest.MapFS{"api.yaml": {Data: []byte(strings.ReplaceAll(doc, "SCHEMA", "other.json"))}}, "api.yaml"); err != nil {
		t.Errorf("a reference to nothing refuses the contract: %v", err)
	}
}

// TestBrokenReferenceIsNoticedOnce: what makes an operation unverified is not
// said to be needed by none.
func TestBrokenReferenceIsNoticedOnce(t *testing.T) {
	t.Parallel()
	const doc = `
openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /a: {get: {responses: {'200': {$ref: '#/components/responses/Gone'}}}}
`
	c, err := contract.Load(fstest.MapFS{"api.yaml": {Data: []byte(doc)}}, "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if n := c.Notices(); len(n) != 1 || n[0].Operation == "" {
		t.Errorf("notices %+v, want the one of the operation", n)
	}
}
