package schema

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// BenchmarkExplain is what a refused body costs: a common one beside what decoding it costs, and
// hostile ones of a megabyte and 60,000 mistakes.
func BenchmarkExplain(b *testing.B) {
	p, id := orders(b)
	ten := spoilt(body(b, "valid_10k.json"), `"sku":`, 10)
	b.Run("ten mistakes in 10 kB", func(b *testing.B) {
		if n := len(p.Explain(id, ten)); n != 10 {
			b.Fatalf("%d violations, want 10", n)
		}
		b.ReportAllocs()
		for b.Loop() {
			p.Explain(id, ten)
		}
	})
	b.Run("encoding/json of the same", func(b *testing.B) {
		for b.Loop() {
			var v any
			_ = json.Unmarshal(ten, &v)
		}
	})
	for _, tt := range []struct{ name, schema, item string }{
		{"objects", "\nRoot: {type: array, items: {type: object, required: [sku], additionalProperties: false, properties: {sku: {type: string}, quantity: {type: integer}}}}\n", `{"skuu":"a","qty":1},`},
		{"branches", "\nRoot: {type: array, items: {anyOf: [{type: object, properties: {a: {type: integer}, b: {type: string}}}, {type: object, properties: {b: {type: integer}}, additionalProperties: false}, {type: array}]}}\n", `{"a":"x","b":[]},`},
	} {
		p, id := compileText(b, JSONSchema202012, Request, tt.schema)
		body := []byte("[" + strings.TrimSuffix(strings.Repeat(tt.item, 60000), ",") + "]")
		b.Run("60,000 mistakes in "+tt.name, func(b *testing.B) {
			for b.Loop() {
				p.Explain(id, body)
			}
		})
	}
}

// spoilt puts a number behind the first few of the places where a member begins.
func spoilt(body []byte, member string, n int) []byte {
	parts := bytes.SplitAfterN(body, []byte(member), n+1)
	out := parts[0]
	for _, part := range parts[1:] {
		out = append(append(out, '7'), part[bytes.IndexByte(part, ','):]...)
	}
	return out
}
