package contract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// TestHostileSchemas holds what the author of a schema may cost us. It has no
// clock: what is not bounded does not end.
func TestHostileSchemas(t *testing.T) {
	t.Parallel()
	deep := func(open, inner, closing string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(closing, n)
	}
	bomb := func(keyword string) string {
		var b strings.Builder
		b.WriteString(`{"$ref":"#/$defs/d0","$defs":{`)
		for i := range 64 {
			fmt.Fprintf(&b, `"d%d":{%q:[{"$ref":"#/$defs/d%d"},{"$ref":"#/$defs/d%d"}]},`, i, keyword, i+1, i+1)
		}
		b.WriteString(`"d64":{"type":"object"}}}`)
		return b.String()
	}
	ring := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"$ref":"#/$defs/d0","$defs":{`)
		for i := range n {
			fmt.Fprintf(&b, `"d%d":{"$ref":"#/$defs/d%d"},`, i, (i+1)%n)
		}
		b.WriteString(`"z":true}}`)
		return b.String()
	}
	tests := []struct{ name, schema, msg string }{
		{"10,000 objects deep", deep(`{"not":`, "{}", "}", 10_000), "nested more than 512 deep"},
		{"10,000 arrays deep", `{"const":` + deep("[", "", "]", 10_000) + `}`, "nested more than 512 deep"},
		{"a chain of 400 schemas for one value", deep(`{"allOf":[`, "{}", "]}", 200), ""},
		{"a chain of 500 schemas for one value", deep(`{"not":`, "{}", "}", 500), "chain of more than"},
		{"a bomb of allOf", bomb("allOf"), "to one value"},
		{"a bomb of anyOf", bomb("anyOf"), "to one value"},
		{"a bomb of oneOf", bomb("oneOf"), "to one value"},
		{"a ring of two", ring(2), "leads back to itself"},
		{"a ring of 5,000", ring(5000), "chain of more than"},
		{"an alias bomb", "a: &a [1,1,1,1,1,1,1,1]\n" + aliases(20), "aliases"},
		{"bytes that are no text", "{\"title\":\"\xff\xfe\"}", "UTF-8"},
		{"a number of a million digits", `{"minimum":1` + strings.Repeat("0", 1_000_000) + `}`, ""},
		{"an exponent of eight digits", `{"minimum":1e10000000,"multipleOf":1e-10000000}`, ""},
		{"a count without end", `{"minLength":1e10000000}`, ""},
		{"one address twice", `{"$defs":{"a":{"$id":"http://example.com/a"},"b":{"$id":"http://example.com/a"}},"$ref":"http://example.com/a"}`, "second time"},
		{"one anchor twice", `{"$defs":{"a":{"$anchor":"a"},"b":{"$anchor":"a"}},"$ref":"#a"}`, "second time"},
		{"a pattern without end", `{"pattern":"` + strings.Repeat("(", 5000) + strings.Repeat(")", 5000) + `"}`, "nested"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := contract.CompileSchema([]byte(tt.schema), contract.SchemaOptions{})
			if tt.msg == "" {
				if err != nil {
					t.Fatal(err)
				}
				s.Valid([]byte(`{"a":[1,"b"]}`))
				return
			}
			var refused *contract.Error
			if !errors.As(err, &refused) || !strings.Contains(refused.Msg, tt.msg) || refused.Line == 0 {
				t.Fatalf("%.300v, want an error with %q", err, tt.msg)
			}
		})
	}
}

func aliases(n int) string {
	var b strings.Builder
	previous := "a"
	for i := range n {
		name := fmt.Sprintf("b%d", i)
		fmt.Fprintf(&b, "%s: &%s [%s]\n", name, name, strings.TrimSuffix(strings.Repeat("*"+previous+",", 8), ","))
		previous = name
	}
	return b.String()
}

// TestLargeSchemas holds that size alone is no reason to refuse a schema, and
// costs its size.
func TestLargeSchemas(t *testing.T) {
	t.Parallel()
	const n = 100_000
	var properties, enum, values strings.Builder
	for i := range n {
		fmt.Fprintf(&properties, `"p%d":{"type":"integer"},`, i)
		fmt.Fprintf(&enum, `"v%d",`, i)
		fmt.Fprintf(&values, `"v%d",`, n-1-i)
	}
	s := compile(t, `{"properties":{`+properties.String()+`"z":true},"additionalProperties":false,"required":["p99999"]}`, contract.SchemaOptions{})
	if !s.Valid([]byte(`{"p7":1,"p99999":2}`)) || s.Valid([]byte(`{"p7":1}`)) || s.Valid([]byte(`{"p99999":"x"}`)) {
		t.Error("100,000 properties are not told apart")
	}
	if list := s.Explain([]byte(`{"p99999":"x","p100000":1}`)); len(list) != 2 {
		t.Errorf("%d violations, want two", len(list))
	}
	s = compile(t, `{"items":{"enum":[`+enum.String()+`null]}}`, contract.SchemaOptions{})
	all := "[" + values.String() + "null]"
	if !s.Valid([]byte(all)) || s.Valid([]byte(strings.Replace(all, `"v7"`, `"v"`, 1))) {
		t.Error("100,000 values are not told apart")
	}
}

func FuzzCompileSchema(f *testing.F) {
	for _, seed := range [][3]string{
		{"", `{"type":"object","properties":{"a":{"$ref":"#"}}}`, `{"a":{"a":1}}`},
		{"4", `{"id":"http://example.com/","items":[{"minimum":1,"exclusiveMinimum":true}],"additionalItems":false}`, `[1,2]`},
		{"6", `{"$ref":"http://json-schema.org/draft-06/schema#"}`, `{"type":"x"}`},
		{"7", `{"if":{"const":1},"then":false,"dependencies":{"a":["b"],"c":{"not":{}}}}`, `{"c":1}`},
		{"2019-09", `{"$recursiveAnchor":true,"unevaluatedItems":false,"items":[{"$recursiveRef":"#"}]}`, `[[],1]`},
		{"2020-12", `{"$dynamicAnchor":"a","prefixItems":[{"$dynamicRef":"#a"}],"contains":{"type":"string"},"minContains":2}`, `[[],"a"]`},
		{"openapi-3.0", `{"oneOf":[{"type":"string","nullable":true},{"multipleOf":0.01}]}`, `19.99`},
		{"openapi-2.0", `{"discriminator":"k","required":["k"],"properties":{"k":{"type":"string"}}}`, `{"k":"a"}`},
		{"", "anyOf:\n- {pattern: '^a+$'}\n- {format: date}\n", `"aaa"`},
	} {
		f.Add(seed[0], []byte(seed[1]), []byte(seed[2]))
	}
	f.Fuzz(func(t *testing.T, draft string, raw, value []byte) {
		o := contract.SchemaOptions{Draft: draft, AssertFormat: true, AssertContent: true}
		s, err := contract.CompileSchema(raw, o)
		if err != nil {
			var refused *contract.Error
			if !errors.As(err, &refused) || refused.Msg == "" {
				t.Fatalf("%v is no error with a place", err)
			}
			return
		}
		again, err := contract.CompileSchema(raw, o)
		if err != nil {
			t.Fatalf("the second time: %v", err)
		}
		valid := s.Valid(value)
		list := s.Explain(value)
		if valid != (len(list) == 0) || valid != again.Valid(value) {
			t.Fatalf("valid %v and %v, %d violations", valid, again.Valid(value), len(list))
		}
		for i, v := range again.Explain(value) {
			if i >= len(list) || v.Message != list[i].Message || v.SchemaPointer != list[i].SchemaPointer || v.At != list[i].At {
				t.Fatalf("violation %d differs: %+v", i, v)
			}
		}
		for format := contract.OutputFlag; format <= contract.OutputVerbose; format++ {
			if out := s.Output(value, format); out.Valid != valid {
				t.Fatalf("form %d says %v, the verdict is %v: %+v", format, out.Valid, valid, out)
			}
		}
	})
}
