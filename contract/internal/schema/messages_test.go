package schema

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// mistakes are what people get wrong, keyword by keyword: a schema, and bodies that break it.
var mistakes = []struct {
	keyword string
	dialect Dialect
	schema  string
	bodies  []string
}{
	{"type", JSONSchema202012, `{type: object, properties: {n: {type: integer}, s: {type: string}, l: {type: array, items: {type: integer}}, o: {type: object}, b: {type: boolean}, u: {type: [string, integer]}}}`, []string{
		`{"n":"3"}`, `{"n":1.5}`, `{"n":"three"}`, `{"n":"1,5"}`, `{"n":[3]}`, `{"n":null}`, `{"n":true}`, `{"s":3}`, `{"s":true}`, `{"s":["a"]}`, `{"s":{"value":"a"}}`, `{"l":3}`, `{"l":"[3]"}`, `{"l":{}}`, `{"l":{"0":3}}`, `{"o":[]}`, `{"o":"{\"a\":1}"}`, `{"b":"true"}`, `{"b":"yes"}`, `{"b":1}`, `{"u":null}`, `[]`, `"x"`,
	}},
	{"type and null", OpenAPI30, `{properties: {s: {type: string, nullable: true}, t: {type: string}}}`, []string{`{"t":null}`, `{"s":1}`}},
	{"enum", JSONSchema202012, `{properties: {s: {enum: [eur, usd]}, n: {enum: [1, 2, 3]}, m: {enum: [a, null]}, t: {type: string, enum: [in_progress, done]}, long: {enum: [a, b, c, d, e, f, g, h, i, j]}}}`, []string{`{"s":"EUR"}`, `{"s":"gbp"}`, `{"s":null}`, `{"s":1}`, `{"n":4}`, `{"n":"1"}`, `{"m":"b"}`, `{"t":"in-progress"}`, `{"t":" done"}`, `{"long":"z"}`}},
	{"const", JSONSchema202012, `{properties: {v: {const: 2}, s: {const: card}, o: {const: {a: 1}}}}`, []string{`{"v":1}`, `{"v":"2"}`, `{"s":"Card"}`, `{"o":{"a":2}}`}},
	{"minimum and maximum", JSONSchema202012, `{properties: {n: {minimum: 1, maximum: 300}, x: {exclusiveMinimum: 0, exclusiveMaximum: 1}, timeout: {type: integer, maximum: 300}}}`, []string{`{"n":0}`, `{"n":301}`, `{"x":0}`, `{"x":1}`, `{"timeout":30000}`}},
	{"exclusiveMinimum of OpenAPI 3.0", OpenAPI30, `{properties: {n: {type: number, minimum: 0, exclusiveMinimum: true}}}`, []string{`{"n":0}`}},
	{"multipleOf", JSONSchema202012, `{properties: {n: {type: number, multipleOf: 0.01}}}`, []string{`{"n":1.005}`}},
	{"format of numbers", OpenAPI30, `{properties: {i: {type: integer, format: int32}, f: {type: number, format: float}}}`, []string{`{"i":3000000000}`, `{"f":1e400}`}},
	{"minLength and maxLength", JSONSchema202012, `{properties: {s: {type: string, minLength: 2, maxLength: 4}}}`, []string{`{"s":""}`, `{"s":"a"}`, `{"s":"abcde"}`}},
	{"pattern", JSONSchema202012, `{properties: {s: {type: string, pattern: '^[A-Z]{3}$'}, both: {type: string, pattern: '^[A-Z]+$', maxLength: 3}}}`, []string{`{"s":"abc"}`, `{"s":" ABC "}`, `{"both":"abcd"}`}},
	{"format", OpenAPI30, `{properties: {t: {type: string, format: date-time}, d: {type: string, format: date}, u: {type: string, format: uuid}, m: {type: string, format: email}, i: {type: string, format: uri}, b: {type: string, format: byte}, c: {type: string, format: time}, h: {type: string, format: hostname}, v4: {type: string, format: ipv4}}}`, []string{
		`{"t":"2026-11-20"}`, `{"t":"2026-11-20T14:30:00"}`, `{"t":"2026-11-20 14:30:00Z"}`, `{"t":"2026-11-20T14:30:00+0100"}`, `{"t":"1763648400"}`, `{"t":1763648400000}`, `{"t":"Fri, 20 Nov 2026 14:30:00 GMT"}`, `{"t":"tomorrow"}`,
		`{"d":"20.11.2026"}`, `{"d":"2026/11/20"}`, `{"d":"2026-11-20T00:00:00Z"}`, `{"d":"2026-11-20T14:30:00Z"}`, `{"d":"20261120"}`, `{"d":"2026-13-01"}`,
		`{"u":"123e4567e89b12d3a456426614174000"}`, `{"u":"{123e4567-e89b-12d3-a456-426614174000}"}`, `{"u":"42"}`, `{"m":"mailto:a@example.com"}`, `{"m":"a.example.com"}`, `{"i":"example.com/a"}`, `{"i":"/a"}`, `{"b":"_-8"}`, `{"c":"14:30"}`, `{"h":"https://example.com/a"}`, `{"v4":"300.1.1.1"}`,
	}},
	{"required", JSONSchema202012, `{type: object, required: [sku, quantity], properties: {sku: {type: string}, quantity: {type: integer}}}`, []string{`{"sku":"a"}`, `{"sku":"a","qty":1}`, `{}`, `{"data":{"sku":"a","quantity":1}}`}},
	{"additionalProperties", JSONSchema202012, `{type: object, additionalProperties: false, properties: {sku: {type: string}}}`, []string{`{"skku":"a"}`, `{"colour":"red"}`}},
	{"additionalProperties with a schema", JSONSchema202012, `{type: object, additionalProperties: {type: integer}}`, []string{`{"a":"x"}`}},
	{"patternProperties", JSONSchema202012, `{type: object, patternProperties: {'^x-': {type: string}}}`, []string{`{"x-a":1}`}},
	{"propertyNames", JSONSchema202012, `{type: object, propertyNames: {pattern: '^[a-z_]+$', maxLength: 8}}`, []string{`{"Colour":1}`, `{"much_too_long":1}`}},
	{"minProperties and maxProperties", JSONSchema202012, `{type: object, minProperties: 1, maxProperties: 2}`, []string{`{}`, `{"a":1,"b":2,"c":3}`}},
	{"dependentRequired", JSONSchema202012, `{type: object, dependentRequired: {card: [holder]}}`, []string{`{"card":"4242"}`}},
	{"dependentSchemas", JSONSchema202012, `{type: object, dependentSchemas: {card: {required: [holder], properties: {amount: {maximum: 50}}}}}`, []string{`{"card":"4242","amount":60}`}},
	{"dependencies", JSONSchemaDraft7, `{type: object, dependencies: {card: [holder], iban: {properties: {country: {enum: [DE, FR]}}}}}`, []string{`{"card":"4242"}`, `{"iban":"DE1","country":"US"}`}},
	{"minItems and maxItems", JSONSchema202012, `{type: array, minItems: 1, maxItems: 2}`, []string{`[]`, `[1,2,3]`}},
	{"uniqueItems", JSONSchema202012, `{type: array, uniqueItems: true}`, []string{`["a","b","a"]`}},
	{"items", JSONSchema202012, `{type: array, items: {type: object, required: [id], properties: {id: {type: integer}}}}`, []string{`[{"id":1},{"id":"2"}]`, `[{}]`, `[1]`}},
	{"prefixItems", JSONSchema202012, `{type: array, prefixItems: [{type: string}, {type: integer}], items: false}`, []string{`[1]`, `["a",1,2]`}},
	{"additionalItems", JSONSchemaDraft7, `{type: array, items: [{type: string}], additionalItems: {type: integer}}`, []string{`["a","b"]`}},
	{"contains", JSONSchema202012, `{type: array, contains: {type: integer}}`, []string{`["a"]`, `[]`}},
	{"minContains and maxContains", JSONSchema202012, `{type: array, contains: {type: object, required: [primary]}, minContains: 2, maxContains: 2}`, []string{`[{"primary":1}]`, `[{"primary":1},{"primary":2},{"primary":3}]`}},
	{"allOf", JSONSchema202012, `{allOf: [{required: [a]}, {properties: {a: {type: integer, minimum: 3}}}]}`, []string{`{}`, `{"a":2}`}},
	{"anyOf", JSONSchema202012, `{properties: {a: {anyOf: [{type: string, maxLength: 2}, {type: integer}]}, b: {anyOf: [{required: [x]}, {required: [y]}]}}}`, []string{`{"a":true}`, `{"a":"abc"}`, `{"b":{}}`}},
	{"oneOf", JSONSchema202012, `{properties: {p: {oneOf: [{type: object, required: [method, token], properties: {method: {const: card}, token: {type: string}}}, {type: object, required: [method, iban], properties: {method: {const: sepa}, iban: {type: string}}}]}, q: {oneOf: [{type: integer}, {minimum: 2}]}}}`, []string{`{"p":{"method":"cash"}}`, `{"p":{"method":"Card","token":"x"}}`, `{"p":{"method":"sepa"}}`, `{"p":{"token":"x"}}`, `{"p":"card"}`, `{"q":3}`}},
	{"not", JSONSchema202012, `{properties: {a: {not: {type: string}}, b: {not: {enum: [admin, root]}}, c: {not: {required: [x, y]}}}}`, []string{`{"a":"x"}`, `{"b":"root"}`, `{"c":{"x":1,"y":2}}`}},
	{"if, then and else", JSONSchema202012, `{type: object, if: {properties: {kind: {const: company}}, required: [kind]}, then: {required: [vat_id]}, else: {properties: {vat_id: false}}}`, []string{`{"kind":"company"}`, `{"kind":"person","vat_id":"1"}`}},
	{"unevaluatedProperties", JSONSchema202012, `{type: object, allOf: [{properties: {a: true}}], properties: {b: true}, unevaluatedProperties: false}`, []string{`{"a":1,"c":1}`}},
	{"unevaluatedItems", JSONSchema202012, `{type: array, allOf: [{prefixItems: [{type: string}]}], unevaluatedItems: false}`, []string{`["a","b"]`}},
	{"a schema that is false", JSONSchema202012, `{properties: {a: false}, additionalProperties: false}`, []string{`{"a":1}`}},
	{"the text", JSONSchema202012, `{type: object}`, []string{`{"a":1,}`, `{'a':1}`, `{"a":1`, `{"a" 1}`, `{"a":True}`, `{"a":1 "b":2}`, `{"a":1,"a":2}`, ``}},
}

// TestMessages holds the words of every keyword to a file that people read: lower case, what is
// wrong and not that something is, code in backticks, no full stop.
func TestMessages(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, m := range mistakes {
		fmt.Fprintf(&out, "# %s\n", m.keyword)
		p, id := compileText(t, m.dialect, Request, "\nRoot: "+m.schema+"\n")
		for _, body := range m.bodies {
			list := p.Explain(id, []byte(body))
			if len(list) == 0 {
				t.Errorf("%s: %s keeps the schema", m.keyword, body)
			}
			for _, v := range list {
				fmt.Fprintf(&out, "%s\n    %s\n      want  %s\n      found %s\n", body, v.Message, v.Want, v.Found)
				if v.Caret != "" {
					fmt.Fprintf(&out, "      ^^^   %s\n", v.Caret)
				}
				if v.Meant != "" {
					fmt.Fprintf(&out, "      meant %s (%s)\n", v.Meant, map[bool]string{true: "the same", false: "a guess"}[v.Keeps])
				}
				calm(t, v.Message)
				calm(t, v.Caret)
			}
		}
	}
	file := filepath.Join("testdata", "messages.golden")
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("the words have changed; look at them and run go test -update:\n%s", firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d: %s", i+1, a[i])
		}
	}
	return "the file is longer"
}

// calm holds words to what they must not be.
func calm(t *testing.T, words string) {
	t.Helper()
	if words == "" {
		return
	}
	if c := words[0]; c >= 'A' && c <= 'Z' && !strings.HasPrefix(words, "JSON") || strings.HasSuffix(words, ".") || strings.Contains(words, "invalid") || strings.Contains(words, "!") {
		t.Errorf("%q: lower case, no full stop, never `invalid`", words)
	}
}
