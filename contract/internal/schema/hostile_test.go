package schema

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestHostileBodies holds what a sender may cost us. It has no clock: what is
// not bounded does not end.
func TestHostileBodies(t *testing.T) {
	t.Parallel()
	for _, sample := range samples {
		p, id := compileText(t, sample.dialect, Request, sample.schema)
		for _, open := range []string{"[", `{"a":`, `[{"a":[`} {
			raw := bytes.Repeat([]byte(open), 100_000)
			if p.Valid(id, raw) {
				t.Errorf("%s: %q repeated is valid", sample.name, open)
			}
			if got := p.Explain(id, raw); len(got) != 1 || got[0].Kind != Syntax {
				t.Errorf("%s: %q repeated: %d violations, want one of the syntax", sample.name, open, len(got))
			}
		}
	}
}

func TestHundredMegabytesOfBrackets(t *testing.T) {
	t.Parallel()
	p, id := orders(t)
	raw := bytes.Repeat([]byte("["), 100<<20)
	got := p.Explain(id, raw)
	if len(got) != 1 || got[0].Kind != Syntax {
		t.Fatalf("violations %+v, want one of the syntax", got)
	}
}

// nested is a value inside itself.
func nested(open, inner, closing string, depth int) []byte {
	return []byte(strings.Repeat(open, depth) + inner + strings.Repeat(closing, depth))
}

func costly(list []Violation) bool {
	for _, v := range list {
		if strings.Contains(v.Message, "too many steps") {
			return true
		}
	}
	return false
}

func TestRecursiveBranchesStayLinear(t *testing.T) {
	t.Parallel()
	var tagged, untagged strings.Builder
	tagged.WriteString("\nRoot:\n  oneOf:\n")
	untagged.WriteString("\nRoot:\n  oneOf:\n")
	for i := range 12 {
		fmt.Fprintf(&tagged, "  - {type: object, required: [op, of], properties: {of: {$ref: '#/components/schemas/Root'}, op: {const: op%d}}}\n", i)
		fmt.Fprintf(&untagged, "  - {type: object, required: [k%d], properties: {of: {$ref: '#/components/schemas/Root'}, k%d: {type: integer}}}\n", i, i)
	}
	tagged.WriteString("  - {type: boolean}\n")
	untagged.WriteString("  - {type: boolean}\n")
	tests := []struct {
		name, schema         string
		open, inner, closing string
		valid                bool
	}{
		{"told apart by a tag", tagged.String(), `{"op":"op11","of":`, "true", "}", true},
		{"the tag comes last", tagged.String(), `{"of":`, "true", `,"op":"op11"}`, true},
		{"a mistake at the bottom", tagged.String(), `{"op":"op11","of":`, "1", "}", false},
		{"told apart by nothing", untagged.String(), `{"k11":1,"of":`, "true", "}", true},
		{"told apart by nothing, a mistake at the bottom", untagged.String(), `{"k11":1,"of":`, "1", "}", false},
		{"wrong on each level", untagged.String(), `{"k11":"x","of":`, "1", "}", false},
	}
	for _, tt := range tests {
		p, id := compileText(t, JSONSchema202012, Request, tt.schema)
		for _, depth := range []int{3, 30, 200} {
			raw := nested(tt.open, tt.inner, tt.closing, depth)
			agree(t, p, id, raw)
			got := p.Explain(id, raw)
			if (len(got) == 0) != tt.valid || costly(got) {
				t.Errorf("%s, %d deep: %d violations, costly %v; want valid %v", tt.name, depth, len(got), costly(got), tt.valid)
			}
		}
	}
}

func TestCostlyPatterns(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Request, `
Root: {type: object, properties: {a: {type: string, pattern: '^(a+)+$'}, b: {type: string, pattern: '^(?=(a+)+$)(a+)+$'}}}
`)
	if got := p.Explain(id, []byte(`{"a":"`+strings.Repeat("a", 50_000)+`!"}`)); len(got) != 1 || got[0].Keyword != "pattern" {
		t.Errorf("violations %+v, want one of the pattern", got)
	}
	if got := p.Explain(id, []byte(`{"b":"`+strings.Repeat("a", 40)+`!"}`)); len(got) == 0 {
		t.Error("a pattern that never ends was passed")
	}
}

func TestManyKeysAndItems(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Request, "\nRoot: {properties: {tags: {uniqueItems: true}}}\n")
	var keys, items bytes.Buffer
	keys.WriteString("{")
	items.WriteString(`{"tags":[`)
	const n = 50_000
	for i := range n {
		fmt.Fprintf(&keys, `"k%d":%d,`, i, i)
		fmt.Fprintf(&items, `[%d],`, i)
	}
	agree(t, p, id, []byte(keys.String()+`"z":1}`))
	agree(t, p, id, []byte(keys.String()+`"k7":1}`))
	agree(t, p, id, []byte(items.String()+`0]}`))
	agree(t, p, id, []byte(items.String()+`[7.0]]}`))
	if p.Valid(id, []byte(items.String()+`[7.0]]}`)) {
		t.Error("an item that stands twice was passed")
	}
	if p.Valid(id, []byte(keys.String()+`"k\u0037":1}`)) {
		t.Error("a key that stands twice was passed")
	}
}
