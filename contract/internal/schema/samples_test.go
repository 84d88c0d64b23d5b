package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A document is one file that refers to nothing else.
type document struct{ root *yaml.Node }

func (d document) Document(_, uri string) (*yaml.Node, error) {
	if uri == "" {
		return d.root, nil
	}
	return nil, fmt.Errorf("there is no file %s", uri)
}

// compileText compiles the schema called Root of a list of named ones.
func compileText(t testing.TB, dialect Dialect, dir Direction, src string) (*Program, ID) {
	t.Helper()
	p, id, err := tryCompile(dialect, dir, src)
	if err != nil {
		t.Fatal(err)
	}
	return p, id
}

func tryCompile(dialect Dialect, dir Direction, src string) (*Program, ID, error) {
	version := "3.1.0"
	if dialect.openAPI() {
		version = "3.0.3"
	}
	root, err := yaml.Parse("api.yaml", []byte("openapi: "+version+"\ncomponents:\n  schemas:\n"+indent(src)))
	if err != nil {
		return nil, None, err
	}
	use := &yaml.Node{Kind: yaml.Object, Pos: root.Pos, Members: []yaml.Member{
		{Key: "$ref", Value: &yaml.Node{Kind: yaml.String, Text: "#/components/schemas/Root", Pos: root.Pos}},
	}}
	b := NewBuilder(document{root}, Options{})
	id, err := b.Add(use, dialect, dir)
	if err != nil {
		return nil, None, err
	}
	return b.Finish(), id, nil
}

func indent(src string) string {
	var out strings.Builder
	for _, line := range splitLines(src) {
		out.WriteString("    " + line + "\n")
	}
	return out.String()
}

func splitLines(s string) []string {
	var out []string
	for len(s) > 0 {
		i := 0
		for i < len(s) && s[i] != '\n' {
			i++
		}
		out = append(out, s[:i])
		s = s[min(i+1, len(s)):]
	}
	return out
}

func orders(t testing.TB) (*Program, ID) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "orders", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := yaml.Parse("schema.json", raw)
	if err != nil {
		t.Fatal(err)
	}
	b := NewBuilder(document{root}, Options{})
	id, err := b.Add(root, JSONSchema202012, Request)
	if err != nil {
		t.Fatal(err)
	}
	return b.Finish(), id
}

func body(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "orders", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// samples are schemas of many shapes, for fuzzing and for the agreement of the
// programs.
var samples = []struct {
	name    string
	dialect Dialect
	schema  string
	bodies  []string
}{
	{"numbers", JSONSchema202012, `
Root: {type: object, properties: {a: {type: integer, minimum: 1, maximum: 9007199254740993}, b: {multipleOf: 0.01}, c: {exclusiveMinimum: 0, exclusiveMaximum: 1}, d: {enum: [1, 2.50, 1e3]}}}
`, []string{`{"a":1,"b":19.99,"c":0.5,"d":2.5}`, `{"a":9007199254740994,"b":0.001,"c":1,"d":1000.0}`, `{"a":1.0,"b":1e10000000,"c":1e-10000000,"d":3}`, `{"a":-1e10000000}`}},
	{"strings", JSONSchema202012, `
Root: {type: array, items: {type: string, minLength: 2, maxLength: 3, pattern: '^[a-zä]+$'}, minItems: 1, maxItems: 4}
`, []string{`["ab","ä\u00e4\u00e4"]`, `["a"]`, `["abcd"]`, `["A1"]`, `[]`, `["\ud83d\ude00b"]`, `["ab",1]`}},
	{"strict object", OpenAPI30, `
Root:
  type: object
  required: [id, items]
  additionalProperties: false
  properties:
    id: {type: string, readOnly: true}
    note: {type: string, nullable: true, maxLength: 5}
    items: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Item'}}
    pay: {$ref: '#/components/schemas/Pay'}
    when: {type: string, format: date}
Item: {type: object, required: [sku, quantity], properties: {sku: {type: string, pattern: '^[A-Z]+-[0-9]+$'}, quantity: {type: integer, minimum: 1}}}
Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Sepa'}]}
Card: {type: object, required: [method, token], properties: {method: {type: string, enum: [card]}, token: {type: string}}}
Sepa: {type: object, required: [method, iban], properties: {method: {type: string, enum: [sepa]}, iban: {type: string}}}
`, []string{
		`{"items":[{"sku":"A-1","quantity":3}],"pay":{"method":"card","token":"x"},"note":null}`,
		`{"items":[{"sku":"A-1","quantity":"3"}],"pay":{"iban":"x","method":"sepa"}}`,
		`{"itms":[],"pay":{"method":"cash"},"note":"toolong","when":"20.11.2026"}`,
		`{"items":[{"sku":"A-1","quantity":1}],"items":[]}`, `{"items":[{"sku":"A-1","quantity":1,"x":1,"x":2}]}`,
		`{"\u0069tems":[{"sku":"A-1","quantity":1}],"items":[]}`, `{"pay":{"method":null}}`, `null`, `[]`,
	}},
	{"discriminators", OpenAPI30, `
Root: {type: array, items: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {meow: '#/components/schemas/Cat'}}}}
Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: boolean}}}
`, []string{`[{"kind":"Cat","lives":9},{"kind":"meow"},{"kind":"Dog","bark":true}]`, `[{"kind":"Cat","lives":"9"}]`, `[{"kind":"Cow"}]`, `[{}]`, `[{"kind":1}]`, `[{"lives":1.5,"kind":"meow"}]`}},
	{"base with discriminator", OpenAPI30, `
Root: {type: object, required: [kind], properties: {kind: {type: string}, next: {$ref: '#/components/schemas/Root'}}, discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, required: [lives], properties: {lives: {type: integer}}}]}
Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {required: [roar]}]}
`, []string{`{"kind":"Cat","lives":9}`, `{"kind":"Cat"}`, `{"kind":"Lion","lives":1}`, `{"kind":"Lion","lives":1,"roar":1,"next":{"kind":"Cat","lives":"x"}}`, `{"kind":"other"}`, `{}`}},
	{"unions", JSONSchema202012, `
Root: {type: object, properties: {a: {anyOf: [{type: string, maxLength: 2}, {type: integer}, {type: 'null'}]}, b: {oneOf: [{type: string}, {type: string, enum: [x, y]}]}, c: {not: {type: string}}, d: {type: [string, array], items: {type: integer}}}}
`, []string{`{"a":"ab","b":"z","c":1,"d":[1]}`, `{"a":"abc"}`, `{"a":1.5}`, `{"a":null,"b":"x"}`, `{"c":""}`, `{"d":["1"]}`, `{"d":"1"}`}},
	{"patterns and dependencies", JSONSchema202012, `
Root:
  type: object
  patternProperties: {'^x-': {type: string}, '-n$': {maxLength: 2}}
  properties: {x-1: {minLength: 1}, a: true, b: true}
  additionalProperties: {type: integer}
  propertyNames: {maxLength: 4}
  dependentRequired: {a: [b]}
  maxProperties: 4
`, []string{`{"x-1":"a","x-n":"ab","q":1}`, `{"x-n":"abc"}`, `{"x-1":""}`, `{"a":1}`, `{"a":1,"b":2}`, `{"toolong":1}`, `{"q":"1"}`, `{"a":1,"b":1,"c":1,"d":1,"e":1}`, `{"\u0078-1":1}`}},
	{"conditions", JSONSchema202012, `
Root:
  type: object
  properties: {kind: {enum: [a, b]}, v: true}
  if: {properties: {kind: {const: a}}, required: [kind]}
  then: {required: [v], properties: {v: {type: integer}}}
  else: {properties: {v: {type: string}}}
  dependentSchemas: {w: {required: [v]}}
  unevaluatedProperties: false
`, []string{`{"kind":"a","v":1}`, `{"kind":"a"}`, `{"kind":"b","v":"x"}`, `{"kind":"b","v":1}`, `{"w":1}`, `{"z":1}`, `{"kind":"c"}`}},
	{"arrays", JSONSchema202012, `
Root: {type: array, prefixItems: [{type: string}, {type: integer}], items: {type: object}, contains: {required: [x]}, minContains: 0, maxContains: 1, uniqueItems: true}
`, []string{`["a",1,{"x":1}]`, `["a",1,{},{}]`, `["a",1,{"x":1},{"x":2}]`, `[1]`, `["a",1,{"a":1,"b":2},{"b":2.0,"a":1e0}]`}},
	{"everything merged", JSONSchema202012, `
Root: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], unevaluatedProperties: false}
A: {type: object, required: [a], properties: {a: {type: integer, minimum: 1}, both: {type: string}}}
B: {type: object, properties: {b: {const: {x: [1, null]}}, both: {minLength: 2}}}
`, []string{`{"a":1,"b":{"x":[1.0,null]},"both":"ab"}`, `{"a":0}`, `{"both":"a"}`, `{"a":1,"c":1}`, `{"a":1,"b":{"x":[1]}}`, `1`}},
	{"recursive", JSONSchema202012, `
Root: {oneOf: [{type: object, required: [op, args], properties: {op: {const: and}, args: {type: array, items: {$ref: '#/components/schemas/Root'}}}}, {type: object, required: [op, arg], properties: {op: {const: not}, arg: {$ref: '#/components/schemas/Root'}}}, {type: boolean}]}
`, []string{`{"op":"and","args":[true,{"op":"not","arg":false}]}`, `{"op":"not","arg":{"op":"or"}}`, `{"op":"and","args":[1]}`, `true`, `{"arg":true,"op":"not"}`, `{}`}},
	{"branches without a tag", JSONSchema202012, `
Root: {anyOf: [{$ref: '#/components/schemas/Leaf'}, {$ref: '#/components/schemas/Tree'}]}
Leaf: {type: object, required: [value], properties: {value: {type: integer}}, additionalProperties: false}
Tree: {type: object, required: [left, right], properties: {left: {$ref: '#/components/schemas/Root'}, right: {$ref: '#/components/schemas/Root'}}, additionalProperties: false}
`, []string{`{"value":1}`, `{"left":{"value":1},"right":{"value":"2"}}`, `{"left":{"value":1}}`, `{"vlue":1}`, `[]`}},
	{"dependencies of older drafts", JSONSchema202012, `
Root: {dependencies: {a: [b], c: {required: [d]}}}
`, []string{`{"a":1,"b":1}`, `{"a":1}`, `{"c":1}`, `{"c":1,"d":1}`, `1`}},
	{"formats", JSONSchema202012, `
Root: {type: object, properties: {a: {format: date-time}, b: {format: uuid}, c: {format: email}, d: {format: uri}, e: {format: ipv4}, f: {type: integer, format: int32}, g: {format: byte}, h: {format: whatever}}}
`, []string{`{"a":"2026-11-20T14:30:00Z","b":"123e4567-e89b-12d3-a456-426614174000","c":"a@example.com","d":"https://example.com","e":"1.2.3.4","f":1,"g":"aGVsbG8=","h":"x"}`, `{"a":"x","b":"x","c":"x","d":"x","e":"x","f":2147483648,"g":"x"}`, `{"f":1.5}`}},
	{"many properties", JSONSchema202012, manyProperties(), []string{`{"p1":1,"p70":1}`, `{"p70":1}`, `{"p1":1,"p70":1,"p70":1}`, `{"p1":1,"p70":"x"}`}},
}

func manyProperties() string {
	var out strings.Builder
	out.WriteString("\nRoot:\n  type: object\n  required: [p1, p70]\n  properties:\n")
	for i := range 80 {
		out.WriteString(fmt.Sprintf("    p%d: {type: integer}\n", i))
	}
	return out.String()
}
