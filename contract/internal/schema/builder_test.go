package schema

import (
	"errors"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

func TestBrokenSchemas(t *testing.T) {
	t.Parallel()
	tests := []struct {
		dialect           Dialect
		schema, msg, want string // want is a part of the remedy
	}{
		{OpenAPI30, "Root: {type: strin}", "4:18: the string `strin` is not a type", "string, number"},
		{OpenAPI30, "Root: {minLength: -1}", "4:23: `minLength` must be a whole number, 0 or more, this is `-1`", "write"},
		{OpenAPI30, "Root: {multipleOf: 0}", "4:24: `multipleOf` must be a number above 0, this is `0`", "write"},
		{OpenAPI30, "Root: {pattern: '('}", "4:21: the pattern is not a regular expression", "JavaScript"},
		{OpenAPI30, "Root: {$ref: '#/components/schemas/Rot'}", "4:18: the reference `#/components/schemas/Rot` leads nowhere: there is nothing at `#/components/schemas/Rot`", "address"},
		{OpenAPI30, "Root: {$ref: 'other.yaml'}", "4:18: the reference `other.yaml` leads nowhere: there is no file other.yaml", "address"},
		{OpenAPI30, "Root: {$ref: '#/components/schemas/Root'}", "4:11: the reference leads back to itself, so it says nothing", "refer to a schema"},
		{OpenAPI30, "Root: {oneOf: [{$ref: '#/components/schemas/A'}]}\nA: {allOf: [{$ref: '#/components/schemas/Root'}]}", "5:8: the schema applies itself to the same value again", "below"},
		{OpenAPI30, "Root: {items: [{type: string}]}", "4:19: `items` must be one schema, this is an array of them", "prefixItems"},
		{OpenAPI30, "Root: 7", "4:11: a schema must be an object, this is `7`", "write an object"},
		{JSONSchema202012, "Root: {allOf: []}", "4:19: `allOf` must be an array of at least one schema, this is an array", "write"},
		{JSONSchema202012, "Root: {properties: []}", "4:24: `properties` must be an object, this is an array", "write"},
	}
	for _, tt := range tests {
		_, _, err := tryCompile(tt.dialect, Request, tt.schema)
		var broken *Error
		if !errors.As(err, &broken) {
			t.Errorf("%s: %v, want an error", tt.schema, err)
			continue
		}
		if !strings.HasPrefix(broken.Error(), "api.yaml:"+tt.msg) || !strings.Contains(broken.Remedy, tt.want) {
			t.Errorf("%s: %v (%s)\nwant %s (%s)", tt.schema, broken, broken.Remedy, tt.msg, tt.want)
		}
	}
}

func TestUnsupportedSchemas(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		dialect      Dialect
		schema, want string
	}{
		{OpenAPI30, "Root: {patternProperties: {a: {}}}", "`patternProperties` in OpenAPI 3.0"},
		{OpenAPI30, "Root: {properties: {a: {const: 1}}}", "`const` in OpenAPI 3.0"},
		{JSONSchema202012, "Root: {$schema: 'http://json-schema.org/draft-03/schema#'}", "draft-03"},
		{JSONSchema202012, "Root: {multipleOf: 0." + strings.Repeat("3", 301) + "}", "more than 300 digits"},
	} {
		_, _, err := tryCompile(tt.dialect, Request, tt.schema)
		var unsupported *Unsupported
		if !errors.As(err, &unsupported) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want it unsupported for %s", tt.schema, err, tt.want)
		}
	}
}

func TestRecursiveAnchor(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Request, `
Root:
  $recursiveAnchor: true
  type: object
  required: [type]
  properties: {type: {enum: [and, or]}, filters: {type: array, items: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {$recursiveRef: '#'}]}}}
Leaf: {type: object, required: [type], properties: {type: {enum: [eq]}}}
`)
	if got := p.Explain(id, []byte(`{"type":"and","filters":[{"type":"or","filters":[{"type":"eq"}]}]}`)); len(got) != 0 {
		t.Errorf("violations %+v, want none", got)
	}
	if got := p.Explain(id, []byte(`{"type":"and","filters":[{"type":"or","filters":[{"type":"ne"}]}]}`)); len(got) != 1 {
		t.Errorf("%d violations, want 1", len(got))
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		schema, text string
		valid        bool
		json         string
	}{
		{"{type: integer, minimum: 1}", "3", true, "3"},
		{"{type: integer, minimum: 1}", "0", false, "0"},
		{"{type: integer}", "abc", false, `"abc"`},
		{"{type: integer}", "1.0", true, "1.0"},
		{"{type: integer}", "+1", false, `"+1"`},
		{"{type: integer}", "", false, `""`},
		{"{type: boolean}", "true", true, "true"},
		{"{type: boolean}", "yes", false, `"yes"`},
		{"{type: string}", "123", true, `"123"`},
		{"{type: string}", `a"b`, true, `"a\"b"`},
		{"{type: [string, integer]}", "12", true, "12"},
		{"{anyOf: [{type: integer, maximum: 5}, {type: string, maxLength: 2}]}", "12", true, `"12"`},
		{"{enum: [1, a]}", "a", true, `"a"`},
		{"{enum: [1, a]}", "1", true, "1"},
		{"{type: string, format: date}", "2026-11-20", true, `"2026-11-20"`},
	}
	for _, tt := range tests {
		p, id := compileText(t, JSONSchema202012, Request, "Root: "+tt.schema)
		if got := p.ValidText(id, []byte(tt.text)); got != tt.valid {
			t.Errorf("%q under %s: %v, want %v", tt.text, tt.schema, got, tt.valid)
		}
		if got := len(p.ExplainText(id, []byte(tt.text))) == 0; got != tt.valid {
			t.Errorf("%q under %s: explained valid %v, want %v", tt.text, tt.schema, got, tt.valid)
		}
		if got := string(p.AppendJSON(nil, id, []byte(tt.text))); got != tt.json {
			t.Errorf("%q under %s is %s, want %s", tt.text, tt.schema, got, tt.json)
		}
	}
}

func TestValidTextAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	p, id := compileText(t, JSONSchema202012, Request, "Root: {type: string, maxLength: 20, pattern: '^[a-z ]+$'}")
	text := []byte("some text")
	if got := testing.AllocsPerRun(100, func() { p.ValidText(id, text) }); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, OpenAPI30, Request, shop)
	if got := p.Types(id).Names(); len(got) != 1 || got[0] != "object" {
		t.Errorf("types %v, want object", got)
	}
	words := map[string]string{
		"currency": "one of `eur`, `usd`",
		"when":     "string in the form of a date (2026-11-20)",
		"note":     "string or null, at most 5 characters",
		"price":    "number, more than 0, a multiple of 0.01",
		"items":    "array of objects, at least 1 item",
		"either":   "integer or string",
		"pay":      "object",
	}
	for name, want := range words {
		member, declared := p.Property(id, name)
		if !declared {
			t.Errorf("%s is not declared", name)
			continue
		}
		if got := p.Describe(member); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	items, _ := p.Property(id, "items")
	quantity, _ := p.Property(p.Items(items), "quantity")
	if got := p.Describe(quantity); got != "integer, at least 1" {
		t.Errorf("quantity is %q, want integer, at least 1", got)
	}
	if member, declared := p.Property(id, "nope"); member != None || declared {
		t.Errorf("nope is %d, %v; want nothing", member, declared)
	}
	list := p.Properties(id)
	if len(list) != 13 || list[1].Name != "customer_id" || !list[1].Required || list[0].Required {
		t.Errorf("properties %+v, want 13, customer_id second and required", list)
	}
	currency, _ := p.Property(id, "currency")
	if got := strings.Join(p.Enum(currency), " "); got != `"eur" "usd"` {
		t.Errorf("enum %s", got)
	}
}
