package contract_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// hostile are bodies that are made to cost: about a megabyte each.
var hostile = []struct {
	name, schema string
	body         func() string
}{
	{"a number of a million digits", `{"minimum": 0, "maximum": 1e9, "multipleOf": 3}`, func() string { return strings.Repeat("7", 1<<20) }},
	{"a fraction of a million digits", `{"multipleOf": 0.01}`, func() string { return "0." + strings.Repeat("7", 1<<20) }},
	{"a million digits in const", `{"enum": [` + strings.Repeat("7", 1000) + `]}`, func() string { return strings.Repeat("7", 1<<20) }},
	{"numbers with exponents", `{"items": {"type": "integer", "minimum": 5, "multipleOf": 7}}`, func() string { return list(100_000, func(int) string { return "7e9999999" }) }},
	{"100,000 keys", `{}`, func() string {
		return object(70_000, func(i int) string { return fmt.Sprintf(`"key%d":%d`, i, i) })
	}},
	{"100,000 keys, none declared", `{"properties": {"a": true}, "patternProperties": {"^x-": true}, "additionalProperties": {"type": "integer"}}`, func() string {
		return object(70_000, func(i int) string { return fmt.Sprintf(`"key%d":%d`, i, i) })
	}},
	{"100,000 keys, unevaluated", `{"anyOf": [{"properties": {"a": true}}, {"patternProperties": {"^k": true}}], "unevaluatedProperties": false}`, func() string {
		return object(70_000, func(i int) string { return fmt.Sprintf(`"key%d":%d`, i, i) })
	}},
	{"keys with escapes", `{}`, func() string {
		return object(60_000, func(i int) string { return fmt.Sprintf(`"\u006bey%d":%d`, i, i) })
	}},
	{"deep arrays", `{"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}`, func() string {
		return list(2200, func(int) string { return strings.Repeat("[", 240) + strings.Repeat("]", 240) })
	}},
	{"deep objects", `{}`, func() string {
		return list(900, func(int) string { return strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200) })
	}},
	{"a string of escapes", `{"minLength": 1, "maxLength": 10000000}`, func() string { return `"` + strings.Repeat(`\u00e9`, 175_000) + `"` }},
	{"a string beyond ASCII", `{"minLength": 1, "maxLength": 10000000}`, func() string { return `"` + strings.Repeat("é", 1<<19) + `"` }},
	{"patterns", `{"items": {"not": {"pattern": "^([a-z]+[0-9]*)+$"}}}`, func() string { return list(30_000, func(int) string { return `"` + strings.Repeat("a", 31) + `!"` }) }},
	{"patterns that fit", `{"items": {"pattern": "^([a-z]+[0-9]*)+$"}}`, func() string { return list(30_000, func(int) string { return `"` + strings.Repeat("a", 31) + `"` }) }},
	{"one long text for a pattern", `{"pattern": "(a+)+$"}`, func() string { return `"` + strings.Repeat("a", 1<<20) + `!"` }},
	{"100,000 unique integers", `{"uniqueItems": true}`, func() string { return list(130_000, func(i int) string { return fmt.Sprint(i) }) }},
	{"100,000 unique texts", `{"uniqueItems": true}`, func() string {
		return list(90_000, func(i int) string { return fmt.Sprintf("%q", fmt.Sprint("t", i)) })
	}},
	{"100,000 unique objects", `{"uniqueItems": true}`, func() string { return list(70_000, func(i int) string { return fmt.Sprintf(`{"a":%d}`, i) }) }},
	{"unique objects of many members", `{"uniqueItems": true}`, func() string {
		inner := object(700, func(i int) string { return fmt.Sprintf(`"k%d":%d`, i, i) })
		return list(100, func(i int) string { return fmt.Sprintf(`[%s,%d]`, inner, i) })
	}},
	{"oneOf that nothing tells apart", `{"items": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}, {"maxProperties": 0}]}}`, func() string {
		return list(130_000, func(int) string { return `{"b":1}` })
	}},
	{"a recursive oneOf, 200 deep", `{"items": {"$ref": "#/$defs/n"}, "$defs": {"n": {"oneOf": [{"type": "boolean"}, {"type": "object", "required": ["a"], "properties": {"of": {"$ref": "#/$defs/n"}}}, {"type": "object", "required": ["b"], "properties": {"of": {"$ref": "#/$defs/n"}}}]}}}`, func() string {
		return list(400, func(int) string { return strings.Repeat(`{"b":1,"of":`, 200) + "true" + strings.Repeat("}", 200) })
	}},
	{"contains", `{"contains": {"type": "string", "pattern": "^z+$"}, "minContains": 1}`, func() string { return list(200_000, func(int) string { return `"aa"` }) }},
	{"the member that picks comes last", `{"items": {"$ref": "#/$defs/n"}, "$defs": {"n": {"oneOf": [{"required": ["k"], "properties": {"k": {"const": "x"}, "of": {"$ref": "#/$defs/n"}}}, {"required": ["k"], "properties": {"k": {"const": "y"}, "of": {"$ref": "#/$defs/n"}}}]}}}`, func() string {
		return list(400, func(int) string {
			return strings.Repeat(`{"of":`, 200) + `{"k":"x"}` + strings.Repeat(`,"k":"y"}`, 200)
		})
	}},
	{"if and then, nested", `{"$ref": "#/$defs/n", "$defs": {"n": {"if": {"required": ["a"]}, "then": {"properties": {"of": {"$ref": "#/$defs/n"}}}, "else": {"items": {"$ref": "#/$defs/n"}}}}}`, func() string {
		return list(400, func(int) string { return strings.Repeat(`{"a":1,"of":`, 200) + "true" + strings.Repeat("}", 200) })
	}},
	{"white space", `{"type": "integer"}`, func() string { return strings.Repeat(" \n\t", 350_000) + "1" }},
	{"broken at the end", `{}`, func() string { return list(130_000, func(i int) string { return fmt.Sprint(i) }) + "x" }},
}

func list(n int, item func(int) string) string {
	return "[" + joined(n, item) + "]"
}

func object(n int, member func(int) string) string {
	return "{" + joined(n, member) + "}"
}

func joined(n int, item func(int) string) string {
	var out strings.Builder
	for i := range n {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(item(i))
	}
	return out.String()
}

func compileSchema(t testing.TB, text string) *contract.Schema {
	t.Helper()
	s, err := contract.CompileSchema([]byte(text), contract.SchemaOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// BenchmarkHostile prints what a byte of a hostile body costs: no more than
// about 50 ns, whatever the schema.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		b.Run(strings.ReplaceAll(h.name, " ", "-"), func(b *testing.B) {
			s := compileSchema(b, h.schema)
			body := bytes.Clone([]byte(h.body()))
			for b.Loop() {
				s.Valid(body)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(body)), "ns/byte")
		})
	}
}
