package schema_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// inspect reads one schema by itself and gives its contradictions.
func inspect(t testing.TB, text string, d schema.Dialect) (*schema.Inspection, schema.ID) {
	t.Helper()
	root, err := yaml.Parse("x.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	b := schema.NewBuilder(alone{root}, schema.Options{})
	id := b.Want(root, d, schema.Request)
	return b.Inspect(), id
}

// alone resolves references within one document.
type alone struct{ root *yaml.Node }

func (a alone) Document(_, uri string) (*yaml.Node, error) {
	if uri != "" {
		return nil, fmt.Errorf("no document %s", uri)
	}
	return a.root, nil
}

func TestSoundSchemasHaveNoContradiction(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"property that may be left out":       `{type: object, properties: {a: false, b: {not: {}}}}`,
		"bounds that meet":                    `{type: integer, minimum: 3, maximum: 3}`,
		"alternatives of required":            `{type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}`,
		"closed and matched by a pattern":     `{type: object, required: [x-a], patternProperties: {"^x-": {}}, additionalProperties: false}`,
		"required of a read-only property":    `{type: object, required: [id], properties: {id: {readOnly: true, type: string}}, allOf: [{properties: {id: {type: string}}}]}`,
		"same enum twice":                     `{allOf: [{enum: [a, b]}, {enum: [b, c]}]}`,
		"integer among numbers":               `{allOf: [{type: number}, {type: integer}], minimum: 0.5, maximum: 1.5}`,
		"null beside a type":                  `{type: [string, "null"], enum: [a, null]}`,
		"oneOf told apart by a constant":      `{oneOf: [{type: object, properties: {k: {const: a}}, required: [k]}, {type: object, properties: {k: {const: b}}, required: [k]}]}`,
		"oneOf where the second has more":     `{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}`,
		"not of one of two types":             `{type: [string, integer], not: {type: string}}`,
		"not of integers":                     `{type: number, not: {type: integer}}`,
		"unique booleans":                     `{type: array, uniqueItems: true, minItems: 2, items: {type: boolean}}`,
		"step within bounds":                  `{type: number, minimum: 0.1, maximum: 0.3, multipleOf: 0.1}`,
		"large numbers":                       `{type: integer, minimum: 9007199254740992, maximum: 9007199254740993, multipleOf: 9007199254740993}`,
		"huge exponents":                      `{type: number, minimum: 1e10000000, maximum: 1e10000001, multipleOf: 1e9999999}`,
		"recursion":                           `{type: object, properties: {next: {$ref: "#"}, all: {type: array, items: {$ref: "#"}}}, required: [all]}`,
		"dead only in a branch":               `{anyOf: [{type: string}, {allOf: [{$ref: "#/$defs/a"}]}], $defs: {a: {type: integer}}}`,
		"closed base and its own properties":  `{type: object, properties: {a: {type: string}}, additionalProperties: false, allOf: [{properties: {a: {minLength: 1}}}]}`,
		"items beyond a tuple":                `{type: array, prefixItems: [{}, {}], items: false, minItems: 2}`,
		"properties that allOf narrows":       `{allOf: [{properties: {a: {type: [string, integer]}}}, {properties: {a: {type: integer}}}]}`,
		"at least one of many by minContains": `{type: array, contains: {type: string}, minContains: 2, maxItems: 2}`,
	} {
		in, _ := inspect(t, text, schema.JSONSchema202012)
		for _, c := range in.Contradictions() {
			t.Errorf("%s: %s\ngot %s, want nothing", name, text, c.Msg)
		}
	}
}

func TestContradictionsAreSaidOnceAndInPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"bounds", "type: integer\nminimum: 5\nmaximum: 3", "3: no number keeps both `minimum: 5` and `maximum: 3`"},
		{"bounds without a type", "minLength: 5\nmaxLength: 3", "2: no string keeps both `minLength: 5` and `maxLength: 3`"},
		{"below", "type: object\nproperties:\n  a: {type: integer, minimum: 5, maximum: 3}\nrequired: [a]", "3: no number keeps both `minimum: 5` and `maximum: 3`"},
		{"two mistakes", "type: object\nproperties:\n  a: {type: integer, minimum: 5, maximum: 3}\n  b: {type: string, enum: [1]}", "3: no number keeps both `minimum: 5` and `maximum: 3`\n4: `1`, the only value of `enum`, is not a string"},
		{"through a reference", "allOf:\n  - {$ref: '#/$defs/a'}\n  - {type: string}\n$defs:\n  a: {type: integer}", "1: no value is both string and integer (`a`)"},
		{"in a reference, used twice", "allOf:\n  - {$ref: '#/$defs/a'}\n  - {$ref: '#/$defs/a'}\n$defs:\n  a: {type: integer, minimum: 5, maximum: 3}", "5: no number keeps both `minimum: 5` and `maximum: 3`"},
		{"deep in merged schemas", "allOf:\n  - {required: [p], properties: {p: {required: [q], properties: {q: {type: string}}, type: object}}}\n  - {properties: {p: {properties: {q: {type: integer}}}}}", "2: `p` is required, and no value keeps all that is said of it: `q` is required, and no value keeps all that is said of it: no value is both string and integer"},
		{"required by a closed object", "type: object\nrequired: [a, b]\nproperties: {a: {}}\nadditionalProperties: false", "2: `b` is required, and `additionalProperties: false` refuses it, since it is not declared there"},
	} {
		in, _ := inspect(t, tt.text, schema.JSONSchema202012)
		var got []string
		for _, c := range in.Contradictions() {
			got = append(got, fmt.Sprintf("%d: %s", c.Pos.Line, c.Msg))
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

// TestContradictionsAreTrue holds what is said of random schemas against values:
// what is called impossible must refuse them all, and a branch that is said to be
// covered by another one must not be the only one that fits.
func TestContradictionsAreTrue(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	total := 0
	for range 2_000 {
		text := randomSchema(r, 3)
		for _, d := range []schema.Dialect{schema.JSONSchema202012, schema.OpenAPI30} {
			if d == schema.OpenAPI30 && strings.Contains(text, `"const"`) {
				continue
			}
			in, id := inspect(t, text, d)
			root := in.Contradictions()
			for i := range root {
				if !root[i].Total || root[i].Schema.Pos.Line != 1 || root[i].Schema.Pos.Column != 1 {
					continue
				}
				total++
				for _, v := range pool {
					if in.Valid(id, []byte(v)) {
						t.Fatalf("%s: %s\nsays %q, and takes %s", d, text, root[i].Msg, v)
					}
				}
			}
		}
	}
	if total < 50 {
		t.Errorf("only %d impossible schemas were tried: the generator finds too few", total)
	}
}

// pool are values that random schemas speak of.
var pool = func() []string {
	out := []string{
		`null`, `true`, `false`, `0`, `1`, `2`, `3`, `1.5`, `2.5`, `-1`, `1.0`, `4`, `""`, `"a"`, `"ab"`, `"abc"`, `"b"`, `"1"`,
		`[]`, `[1]`, `["a"]`, `[1,2]`, `["a","b"]`, `[1,1]`, `["a",1]`, `[true,false]`, `[null]`, `[1,2,3]`, `[{}]`, `[[]]`,
	}
	values := []string{"", `null`, `1`, `2.5`, `"a"`, `"abc"`, `[]`, `[1]`, `{}`, `{"a":1}`, `{"b":"a"}`, `true`, `3`}
	for _, a := range values {
		for _, b := range values {
			for _, c := range []string{"", `1`, `"a"`} {
				var members []string
				for i, v := range []string{a, b, c} {
					if v != "" {
						members = append(members, fmt.Sprintf("%q:%s", "abc"[i:i+1], v))
					}
				}
				out = append(out, "{"+strings.Join(members, ",")+"}")
			}
		}
	}
	return out
}()

func randomSchema(r *rand.Rand, depth int) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	if r.IntN(3) > 0 {
		add(`"type": "%s"`, pick("string", "integer", "number", "boolean", "array", "object", "object"))
	}
	for _, keyword := range []string{"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf"} {
		if r.IntN(9) == 0 {
			add(`%q: %s`, keyword, pick("1", "2", "3"))
		}
	}
	if r.IntN(8) == 0 {
		add(`"enum": [%s, %s]`, pick(pool[:12]...), pick(pool[12:20]...))
	}
	if r.IntN(20) == 0 {
		add(`"const": %s`, pick(pool[:20]...))
	}
	if r.IntN(10) == 0 {
		add(`"uniqueItems": true`)
	}
	if r.IntN(4) == 0 {
		add(`"required": ["%s"]`, pick("a", "b", "c"))
	}
	if r.IntN(6) == 0 {
		add(`"additionalProperties": false`)
	}
	if depth == 0 {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if r.IntN(3) == 0 {
		add(`"properties": {"a": %s, "b": %s}`, randomSchema(r, depth-1), randomSchema(r, depth-1))
	}
	if r.IntN(8) == 0 {
		add(`"items": %s`, randomSchema(r, depth-1))
	}
	if r.IntN(8) == 0 {
		add(`"not": %s`, randomSchema(r, 0))
	}
	for _, keyword := range []string{"allOf", "allOf", "anyOf", "oneOf"} {
		if r.IntN(4) == 0 && !strings.Contains(strings.Join(parts, ""), `"`+keyword+`"`) {
			add(`%q: [%s, %s]`, keyword, randomSchema(r, depth-1), randomSchema(r, depth-1))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
