package schema

import (
	"fmt"
	"strings"
	"testing"
)

// said is a violation on one line: kind, keyword, pointer, what the carets go
// under, message | want | found.
func said(body string, v Violation) string {
	kind := [...]string{"missing", "unknown", "type", "value", "null", "syntax", "duplicate"}[v.Kind]
	return fmt.Sprintf("%s %s %s %s: %s | %s | %s", kind, v.Keyword, v.Pointer, body[v.Span.Start:v.Span.End], v.Message, v.Want, v.Found)
}

const shop = `
Root:
  type: object
  additionalProperties: false
  required: [customer_id, currency, items]
  properties:
    id: {type: string, readOnly: true}
    customer_id: {type: string}
    currency: {type: string, enum: [eur, usd]}
    when: {type: string, format: date}
    note: {type: string, nullable: true, maxLength: 5}
    price: {type: number, multipleOf: 0.01, minimum: 0, exclusiveMinimum: true}
    size: {type: integer, format: int32}
    tags: {type: array, uniqueItems: true, maxItems: 2, items: {type: string}}
    items:
      type: array
      minItems: 1
      items:
        type: object
        required: [sku, quantity]
        properties:
          sku: {type: string, pattern: '^[A-Z]+-[0-9]+$'}
          quantity: {type: integer, minimum: 1}
    pay: {$ref: '#/components/schemas/Pay'}
    pet: {$ref: '#/components/schemas/Pet'}
    either: {anyOf: [{type: string, maxLength: 2}, {type: integer}]}
    both: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Sepa'}]}
Card: {type: object, required: [method, token], properties: {method: {type: string, enum: [card]}, token: {type: string}}}
Sepa: {type: object, required: [method, iban], properties: {method: {type: string, enum: [sepa]}, iban: {type: string}}}
Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [lives], properties: {lives: {type: integer}}}]}
A: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}
B: {type: object, required: [c, d, e], properties: {c: {type: string}, d: {type: string}, e: {type: string}}}
`

const rest = `"customer_id":"a","currency":"eur","items":[{"sku":"A-1","quantity":1}]`

func TestExplain(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, OpenAPI30, Request, shop)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"nothing", `{` + rest + `}`, nil},
		{"a misspelt name and a wrong type", `{"custmer_id":"a","currency":"eur","items":[{"sku":"A-1","quantity":"3"}]}`, []string{
			"unknown additionalProperties /custmer_id \"custmer_id\": `custmer_id` is not a field of Root | one of `id`, `customer_id`, `currency`, `when`, `note`, `price`, `size`, `tags`, and more | custmer_id, a string",
			"type type /items/0/quantity \"3\": `quantity` must be an integer | integer, at least 1 | string \"3\"",
			"missing required  {: `customer_id` is missing | a string (required) | nothing",
		}},
		{"values", `{"customer_id":"a","currency":"EUR","items":[],"when":"20.11.2026","note":"too long"}`, []string{
			"value enum /currency \"EUR\": `currency` must be one of `eur`, `usd` | one of `eur`, `usd` | string \"EUR\"",
			"value minItems /items []: `items` must have at least 1 item, it has 0 | array of objects, at least 1 item | array of 0 items",
			"value format /when \"20.11.2026\": `when` must be a date, such as `2026-11-20` | string in the form of a date (2026-11-20) | string \"20.11.2026\"",
			"value maxLength /note \"too long\": `note` must have at most 5 characters, it has 8 | string or null, at most 5 characters | string \"too long\"",
		}},
		{"numbers", `{` + rest + `,"price":0,"size":3000000000}`, []string{
			"value exclusiveMinimum /price 0: `price` must be more than 0 | number, more than 0, a multiple of 0.01 | integer 0",
			"value format /size 3000000000: `size` must be within the range of int32 | integer, within int32 | integer 3000000000",
		}},
		{"more numbers", `{` + rest + `,"price":19.999,"size":1.5}`, []string{
			"value multipleOf /price 19.999: `price` must be a multiple of 0.01 | number, more than 0, a multiple of 0.01 | number 19.999",
			"type type /size 1.5: `size` must be an integer | integer, within int32 | number 1.5",
		}},
		{"null", `{` + rest + `,"note":null,"when":null}`, []string{
			"null type /when null: `when` must not be null | string in the form of a date (2026-11-20) | null",
		}},
		{"arrays", `{` + rest + `,"tags":["a","b","a",1]}`, []string{
			"value maxItems /tags [\"a\",\"b\",\"a\",1]: `tags` must have at most 2 items, it has 4 | array of strings, at most 2 items, no item twice | array of 4 items",
			"type type /tags/3 1: `tags[3]` must be a string | string | integer 1",
			"value uniqueItems /tags/2 \"a\": `tags` must not hold the same item twice | array of strings, at most 2 items, no item twice | string \"a\" a second time",
		}},
		{"the branch that was meant", `{` + rest + `,"pay":{"method":"sepa","token":"x"}}`, []string{
			"missing required /pay {: `iban` is missing | a string (required) | nothing",
		}},
		{"no branch by its tag", `{` + rest + `,"pay":{"method":"cash"}}`, []string{
			"value oneOf /pay/method \"cash\": `method` must be one of `card`, `sepa` | one of `card`, `sepa` | string \"cash\"",
		}},
		{"no tag", `{` + rest + `,"pay":{"token":"x"}}`, []string{
			"missing required /pay {: `method` is missing | one of `card`, `sepa` (required) | nothing",
		}},
		{"a base with a discriminator", `{` + rest + `,"pet":{"kind":"Cat","lives":"nine"}}`, []string{
			"type type /pet/lives \"nine\": `lives` must be an integer | integer | string \"nine\"",
		}},
		{"the branch by its type", `{` + rest + `,"either":"abc"}`, []string{
			"value maxLength /either \"abc\": `either` must have at most 2 characters, it has 3 | string, at most 2 characters | string \"abc\"",
		}},
		{"no branch by its type", `{` + rest + `,"either":true}`, []string{
			"type anyOf /either true: `either` must be an integer or a string | an integer or a string | boolean true",
		}},
		{"the branch with the fewest violations", `{` + rest + `,"both":{"c":"x","d":"x"}}`, []string{
			"missing required /both {: `e` is missing | a string (required) | nothing",
		}},
		{"too many branches", `{` + rest + `,"both":{"a":"x","b":"x","c":"x","d":"x","e":"x"}}`, []string{
			"value oneOf /both {\"a\":\"x\",\"b\":\"x\",\"c\":\"x\",\"d\":\"x\",\"e\":\"x\"}: `both` fits 2 forms of which only one may fit: `A`, `B` | exactly one of `A`, `B` | object with 5 members",
		}},
		{"the same key twice", "{" + rest + ",\n\"size\":1,\"size\":2}", []string{
			"duplicate  /size \"size\": `size` stands twice in one object | each name once | `size` in line 2 and again in line 2",
		}},
		{"not JSON", `{` + rest + `,}`, []string{
			"syntax   ,: a comma stands before the closing `}` | a member name in double quotes | `}`",
		}},
		{"an array for an object", `[]`, []string{"type type  []: the body must be an object | object | array of 0 items"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			agree(t, p, id, []byte(tt.body))
			var got []string
			for _, v := range p.Explain(id, []byte(tt.body)) {
				got = append(got, said(tt.body, v))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestUnknownAndMissingKnowTheirNeighbours(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, OpenAPI30, Request, shop)
	body := "{\n  \"custmer_id\": \"cus_42\",\n  \"currency\": \"eur\",\n  \"items\": [{\"sku\": \"A-1\", \"quantity\": 3}]\n}"
	list := p.Explain(id, []byte(body))
	if len(list) != 2 || list[0].Kind != Unknown || list[1].Kind != Missing {
		t.Fatalf("violations %+v, want one unknown and one missing", list)
	}
	unknown, missing := list[0], list[1]
	if s := unknown.Span; s.Start != 4 || s.End != 16 || s.Line != 2 || s.Column != 3 {
		t.Errorf("the unknown key is at %+v, want 4 to 16, 2:3: with its quotes", s)
	}
	for _, v := range list {
		if len(v.Undeclared) != 1 || v.Undeclared[0].Name != "custmer_id" || v.Undeclared[0].Type != "string" || body[v.Undeclared[0].Key.Start:v.Undeclared[0].Key.End] != "custmer_id" {
			t.Errorf("%s: undeclared %+v, want custmer_id", v.Message, v.Undeclared)
		}
		if got := strings.Join(v.Declared[:3], " "); got != "id customer_id currency" {
			t.Errorf("%s: declared %s…, want id customer_id currency…", v.Message, got)
		}
		if v.Schema != "Root" {
			t.Errorf("%s: schema %q, want Root", v.Message, v.Schema)
		}
	}
	if missing.Source.Line != 11 || missing.Source.File != "api.yaml" {
		t.Errorf("the missing property is declared at %s, want line 11", missing.Source)
	}
	if !missing.Detail.Required || missing.Detail.Field != "customer_id" || len(missing.Detail.Types) != 1 {
		t.Errorf("detail %+v, want a required string customer_id", missing.Detail)
	}
}

func TestOthersCountsTheBranchesThatWereNotMeant(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, OpenAPI30, Request, shop)
	list := p.Explain(id, []byte(`{`+rest+`,"pay":{"method":"sepa"}}`))
	if len(list) != 1 || list[0].Others != 1 || list[0].Schema != "Sepa" {
		t.Errorf("violations %+v, want one of Sepa with 1 other branch", list)
	}
}

func TestDirection(t *testing.T) {
	t.Parallel()
	const src = `
Root:
  allOf:
  - {type: object, required: [id, secret, name]}
  - type: object
    properties:
      id: {$ref: '#/components/schemas/ID'}
      secret: {type: string, writeOnly: true}
      name: {type: string}
ID: {type: string, readOnly: true}
`
	for _, dialect := range []Dialect{OpenAPI30, JSONSchema202012} {
		p, id := compileText(t, dialect, Request, src)
		if got := p.Explain(id, []byte(`{"secret":"x","name":"y"}`)); len(got) != 0 {
			t.Errorf("a request without the readOnly id: %s", got[0].Message)
		}
		p, id = compileText(t, dialect, Response, src)
		if got := p.Explain(id, []byte(`{"id":"x","name":"y"}`)); len(got) != 0 {
			t.Errorf("a response without the writeOnly secret: %s", got[0].Message)
		}
		if got := p.Explain(id, []byte(`{"secret":"x"}`)); len(got) != 2 {
			t.Errorf("a response without id and name: %d violations, want 2", len(got))
		}
	}
}
