package contract_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

func compile(t testing.TB, raw string, o contract.SchemaOptions) *contract.Schema {
	t.Helper()
	s, err := contract.CompileSchema([]byte(raw), o)
	if err != nil {
		t.Fatalf("%s: %+v", raw, err)
	}
	return s
}

func TestSchemaDrafts(t *testing.T) {
	t.Parallel()
	const (
		draft4 = `"$schema":"http://json-schema.org/draft-04/schema#"`
		draft7 = `"$schema":"http://json-schema.org/draft-07/schema#"`
	)
	tests := []struct {
		name, draft, schema string
		good, bad           string // values, separated by spaces
	}{
		{"2020-12 without $schema", "", `{"prefixItems":[{"type":"string"}]}`, `["a"] [] 7`, `[1]`},
		{"draft 4 by $schema", "", `{` + draft4 + `,"maximum":3,"exclusiveMaximum":true}`, `2.9 "x"`, `3 4`},
		{"draft 4 by name", "4", `{"type":"integer"}`, `1 -1`, `1.0 1e2 1.5`},
		{"an integer since draft 6", "6", `{"type":"integer"}`, `1 1.0 1e2`, `1.5`},
		{"the name wins over $schema", "7", `{` + draft4 + `,"const":1}`, `1`, `2`},
		{"draft 7 by $schema", "", `{` + draft7 + `,"items":[{"type":"string"}],"additionalItems":false}`, `["a"] []`, `["a","b"] [1]`},
		{"beside $ref nothing counts before 2019-09", "7", `{"$ref":"#/definitions/a","type":"string","definitions":{"a":{"minimum":1}}}`, `1 "x"`, `0`},
		{"beside $ref all counts since 2019-09", "2019-09", `{"$ref":"#/$defs/a","type":"number","$defs":{"a":{"minimum":1}}}`, `1`, `0 "x"`},
		{"2019-09 has $recursiveRef", "2019-09", `{"$recursiveAnchor":true,"properties":{"a":{"$recursiveRef":"#"}},"additionalProperties":false}`, `{"a":{"a":{}}}`, `{"a":{"b":1}}`},
		{"OpenAPI 3.0 has nullable", "openapi-3.0", `{"type":"string","nullable":true}`, `null "x"`, `1`},
		{"OpenAPI 2.0 has x-nullable", "openapi-2.0", `{"type":"string","x-nullable":true}`, `null "x"`, `1`},
		{"JSON Schema has no discriminator", "", `{"discriminator":{"propertyName":"k"},"oneOf":[{"$ref":"#/$defs/A"},{"$ref":"#/$defs/B"}],"$defs":{"A":{"required":["a"]},"B":{"required":["b"]}}}`, `{"k":"A","b":1}`, `{"k":"A","a":1,"b":1}`},
		{"JSON Schema requires what is readOnly", "", `{"required":["a"],"properties":{"a":{"readOnly":true}}}`, `{"a":1}`, `{}`},
		{"keywords of other drafts mean nothing", "", `{"items":{"type":"string"},"additionalItems":false}`, `["a","b"]`, `[1]`},
		{"true and false", "", `false`, ``, `1 null`},
		{"YAML", "", "type: object\nrequired: [a]", `{"a":1}`, `{} 1`},
		{"a key twice", "", `{}`, `{"a":1}`, `{"a":1,"a":1}`},
		{"a byte order mark", "", "\xef\xbb\xbf{\"type\":\"string\"}", `"a"`, `1`},
		{"a metaschema", "", `{"$ref":"http://json-schema.org/draft-07/schema#"}`, `{"type":"string"} true`, `{"type":"strin"} 7`},
		{"formats are notes", "", `{"format":"date"}`, `"x"`, ``},
	}
	for _, tt := range tests {
		s := compile(t, tt.schema, contract.SchemaOptions{Draft: tt.draft})
		for value := range strings.FieldsSeq(tt.good) {
			if !s.Valid([]byte(value)) || s.Explain([]byte(value)) != nil {
				t.Errorf("%s: %s is not valid: %v", tt.name, value, s.Explain([]byte(value)))
			}
		}
		for value := range strings.FieldsSeq(tt.bad) {
			if s.Valid([]byte(value)) || s.Explain([]byte(value)) == nil {
				t.Errorf("%s: %s is valid", tt.name, value)
			}
		}
	}
}

func TestSchemaAssertsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	s := compile(t, `{"format":"date"}`, contract.SchemaOptions{AssertFormat: true})
	if !s.Valid([]byte(`"2024-02-29"`)) || s.Valid([]byte(`"2023-02-29"`)) {
		t.Error("the format is not asserted")
	}
	s = compile(t, `{"contentEncoding":"base64","contentMediaType":"application/json; charset=utf-8","contentSchema":{"type":"object"}}`,
		contract.SchemaOptions{AssertContent: true})
	for value, want := range map[string]string{
		`"e30="`: "", `1`: "", `"e30"`: "contentEncoding", `"eyI="`: "contentMediaType", `"W10="`: "contentSchema",
	} {
		var got strings.Builder
		for _, v := range s.Explain([]byte(value)) {
			got.WriteString(v.Keyword)
		}
		if got.String() != want {
			t.Errorf("%s breaks %q, want %q", value, got.String(), want)
		}
	}
}

func TestSchemaExplains(t *testing.T) {
	t.Parallel()
	const draft7 = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://example.com/order.json",
  "properties": {
    "count": {"type": "integer"},
    "price": {"$ref": "#/definitions/money"},
    "no": false,
    "pair": {"items": [{}, {}], "additionalItems": {"type": "string"}}
  },
  "required": ["count"],
  "dependencies": {"price": ["currency"]},
  "definitions": {"money": {"$id": "money.json", "properties": {"a/b %": {"minimum": 1}}}}
}`
	s := compile(t, draft7, contract.SchemaOptions{})
	tests := []struct{ value, at, keyword, pointer, uri, place string }{
		{`{"count": "3"}`, "/count", "type", "/properties/count/type", "https://example.com/order.json#/properties/count/type", "1:11"},
		{`{}`, "", "required", "/required", "https://example.com/order.json#/required", "1:1"},
		{"{\"count\":1,\n\"no\":2}", "/no", "false", "/properties/no", "https://example.com/order.json#/properties/no", "2:1"},
		{`{"count":1,"pair":[1,2,3]}`, "/pair/2", "type", "/properties/pair/additionalItems/type", "https://example.com/order.json#/properties/pair/additionalItems/type", "1:24"},
		{`{"count":1,"price":{}}`, "", "dependencies", "/dependencies", "https://example.com/order.json#/dependencies", "1:1"},
		{`{"count":1,"currency":1,"price":{"a/b %":0}}`, "/price/a~1b %", "minimum", "/definitions/money/properties/a~1b %/minimum", "https://example.com/money.json#/properties/a~1b%20%25/minimum", "1:42"},
	}
	for _, tt := range tests {
		got := s.Explain([]byte(tt.value))
		if len(got) != 1 {
			t.Errorf("%s: %d violations, want one: %+v", tt.value, len(got), got)
			continue
		}
		v := got[0]
		place := fmt.Sprintf("%d:%d", v.At.Span.Line, v.At.Span.Column)
		if v.At.Pointer != tt.at || v.Keyword != tt.keyword || v.SchemaPointer != tt.pointer || v.SchemaURI != tt.uri || place != tt.place {
			t.Errorf("%s: at %q %s, keyword %q at %q, %q", tt.value, v.At.Pointer, place, v.Keyword, v.SchemaPointer, v.SchemaURI)
		}
	}
}

func TestSchemaResolves(t *testing.T) {
	t.Parallel()
	asked := 0
	o := contract.SchemaOptions{
		BaseURI: "https://example.com/schemas/order.json",
		Resolve: func(uri string) ([]byte, error) {
			asked++
			switch uri {
			case "https://example.com/schemas/item.yaml":
				return []byte("$schema: http://json-schema.org/draft-07/schema#\nitems: [{type: string}]\n"), nil
			case "https://example.com/broken.json":
				return []byte(`{`), nil
			}
			return nil, fs.ErrNotExist
		},
	}
	s := compile(t, `{"properties":{"a":{"$ref":"item.yaml"},"b":{"$ref":"item.yaml"}}}`, o)
	got := s.Explain([]byte(`{"a":[1]}`))
	if len(got) != 1 || got[0].SchemaURI != "https://example.com/schemas/item.yaml#/items/0/type" || got[0].Source.Line != 2 {
		t.Errorf("violations %+v", got)
	}
	if asked != 1 {
		t.Errorf("the document was asked for %d times, want once", asked)
	}
	if _, err := contract.CompileSchema([]byte(`{"$ref":"gone.json"}`), o); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not say what Resolve said", err)
	}
	if _, err := contract.CompileSchema([]byte(`{"$ref":"/broken.json"}`), o); err == nil || !strings.Contains(err.Error(), "ends") {
		t.Errorf("%v does not say what is wrong with the document", err)
	}
}

func TestBrokenSchema(t *testing.T) {
	t.Parallel()
	tests := []struct{ draft, schema, place, msg, remedy string }{
		{"", `{"type": 12}`, "1:10", "`type` must be the name of a type, this is `12`", "write"},
		{"", "type: object\nproperties:\n  a:\n    minimum: \"3\"", "4:14", "`minimum` must be a number, this is the string `3`", "write a number"},
		{"", `{"$defs":{"unused":{"minLength":-1}}}`, "1:33", "`minLength` must be a whole number, 0 or more, this is `-1`", "write"},
		{"", `{"format": 12}`, "1:12", "`format` must be a string, this is `12`", "write a string"},
		{"", `{"$anchor":"1a"}`, "1:12", "`$anchor` must be a letter or _, and then letters", "write"},
		{"", `{"$dynamicAnchor":"a b"}`, "1:19", "this is the string `a b`", "write"},
		{"", `{"$anchor":""}`, "1:12", "`$anchor` must be", "write"},
		{"4", `{"id": {}}`, "1:8", "`id` must be a string, this is an object", "write a string"},
		{"", `{"pattern":"("}`, "1:12", "regular expression", "JavaScript"},
		{"", `{"$ref":"#/$defs/a"}`, "1:9", "leads nowhere", "write the address"},
		{"", `{"$ref":"other.json"}`, "1:9", "SchemaOptions.Resolve is not set", "write the address"},
		{"", `{"$ref":"#"}`, "1:1", "leads back to itself", "refer to a schema"},
		{"", `{"allOf":[{"$ref":"#"}]}`, "1:1", "applies itself to the same value", "below"},
		{"", `{"anyOf":[{"type":"string"},{"not":{"$ref":"#"}}]}`, "1:36", "applies itself to the same value", "below"},
		{"", ``, "1:1", "the schema is empty", "true"},
		{"", `12`, "1:1", "a schema must be an object or a boolean, this is `12`", "write"},
		{"4", `true`, "1:1", "a schema must be an object, this is `true`", "write"},
		{"", `{"a":1,"a":2}`, "1:8", "`a` stands here for the second time", "keep one"},
		{"", `{"type":`, "1:9", "ends where a value is expected", ""},
		{"8", `{}`, "0:0", `no draft called "8"`, "2020-12"},
		{"7", `{"exclusiveMinimum":true}`, "1:21", "`exclusiveMinimum` must be a number, this is `true`", "write"},
		{"", `{"then":{"minLength":-1}}`, "1:22", "`minLength` must be a whole number", "write"},
		{"7", `{"else":{"anyOf":[]}}`, "1:18", "`anyOf` must be", "write"},
		{"2019-09", `{"items":{},"additionalItems":{"minLength":-1}}`, "1:44", "`minLength` must be a whole number", "write"},
		{"", `{"contentSchema":{"minLength":-1}}`, "1:31", "`minLength` must be a whole number", "write"},
		{"2019-09", `{"$recursiveRef":"#/a"}`, "1:18", "`$recursiveRef` must be `#`", "write"},
	}
	for _, tt := range tests {
		_, err := contract.CompileSchema([]byte(tt.schema), contract.SchemaOptions{Draft: tt.draft})
		var broken *contract.Error
		if !errors.As(err, &broken) {
			t.Errorf("%s: %v, want an error", tt.schema, err)
			continue
		}
		if place := fmt.Sprintf("%d:%d", broken.Line, broken.Column); place != tt.place || !strings.Contains(broken.Msg, tt.msg) || !strings.Contains(broken.Remedy, tt.remedy) {
			t.Errorf("%s: %s %s (%s)", tt.schema, place, broken.Msg, broken.Remedy)
		}
		var unsupported *contract.UnsupportedError
		if errors.As(err, &unsupported) {
			t.Errorf("%s: called unsupported", tt.schema)
		}
	}
}

func TestUnsupportedSchema(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ draft, schema string }{
		{"", `{"$schema":"https://example.com/mine"}`},
		{"", `{"$schema":"http://json-schema.org/draft-03/schema#"}`},
		{"", `{"multipleOf":0.` + strings.Repeat("3", 301) + `}`},
		{"openapi-3.0", `{"const":1}`},
		{"openapi-2.0", `{"oneOf":[{}]}`},
	} {
		_, err := contract.CompileSchema([]byte(tt.schema), contract.SchemaOptions{Draft: tt.draft})
		var unsupported *contract.UnsupportedError
		var refused *contract.Error
		if !errors.As(err, &unsupported) || !errors.As(err, &refused) || unsupported.Source.Line != 1 {
			t.Errorf("%s: %v, want unsupported", tt.schema, err)
		}
	}
}
