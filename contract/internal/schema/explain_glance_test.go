package schema

import (
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

// TestPartsAreKnownToTheVerdict holds the walk over a refused body to the verdict
// program: without a node of its own each part would be judged on the tape, with
// the same answer, several times slower.
func TestPartsAreKnownToTheVerdict(t *testing.T) {
	t.Parallel()
	p, _ := orders(t)
	parts := 0
	for i := range p.forms {
		f := &p.forms[i]
		if f.arr != nil && f.arr.items != None {
			parts++
			if _, known := p.node(f.arr.items); !known {
				t.Errorf("the items of %s have no node", f.places.pos)
			}
		}
		for k := 0; f.obj != nil && k < len(f.obj.slots); k++ {
			parts++
			if _, known := p.node(f.obj.slots[k].schema); !known {
				t.Errorf("the member `%s` of %s has no node", f.obj.slots[k].name, f.places.pos)
			}
		}
	}
	if parts < 20 {
		t.Errorf("only %d parts were looked at", parts)
	}
}

// TestTwinsBesideSoundParts finds a key that stands twice where the verdict
// program has looked at the parts beside it, and is not misled by one inside of a
// part that keeps its schema.
func TestTwinsBesideSoundParts(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Request, "\nRoot: {type: array, items: {type: object, properties: {a: {type: integer}, b: {type: object}}}}\n")
	for _, tt := range []struct {
		body string
		want []Kind
	}{
		{`[{"a":1},{"a":1,"a":2},{"a":3}]`, []Kind{Duplicate}},
		{`[{"a":1,"b":{"c":1,"c":2}}]`, []Kind{Duplicate}},
		{`[{"a":"x","b":{"c":1}},{"a":1,"a":2}]`, []Kind{Type, Duplicate}},
		{`[{"a":"x","b":{"c":1}},{"a":1}]`, []Kind{Type}},
	} {
		var got []Kind
		for _, v := range p.Explain(id, []byte(tt.body)) {
			got = append(got, v.Kind)
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.body, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %v, want %v", tt.body, got, tt.want)
			}
		}
	}
}

// TestExplainingAllocatesLittle bounds what ten mistakes of one kind cost in
// allocations: words, places and details, nothing for what is sound.
func TestExplainingAllocatesLittle(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	p, id := orders(t)
	ten := spoilt(body(t, "valid_10k.json"), `"sku":`, 10)
	if got := testing.AllocsPerRun(20, func() { p.Explain(id, ten) }); got > 250 {
		t.Errorf("ten mistakes cost %v allocations, want at most 250", got)
	}
}
