package schema

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/signs"
)

// teller writes bodies of names by which failures are reported, and of others.
type teller struct{ *rand.Rand }

var told = []string{"error", "errors", "hasErrors", "ok", "status", "success", "failedCount", "retCode", "msg", "message", "name", "currency", "address", "price"}

func (m teller) pick(list []string) string { return list[m.IntN(len(list))] }

func (m teller) object(depth int) string {
	var parts []string
	for _, k := range m.Perm(len(told))[:m.IntN(4)] {
		parts = append(parts, fmt.Sprintf(`"%s"%s:%s%s`, told[k], m.pick([]string{"", "", " "}), m.pick([]string{"", "", "\n "}), m.value(depth)))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func (m teller) value(depth int) string {
	switch m.IntN(6) {
	case 0, 1:
		if depth > 0 {
			return m.object(depth - 1)
		}
	case 2:
		if depth > 0 {
			return "[" + m.value(depth-1) + "," + m.object(depth-1) + "]"
		}
	}
	return m.pick([]string{"true", "false", "0", "1", "404", "null", "[]", `""`, `"paid"`, `"failed"`, `"an error"`, `"200"`, `"x:y"`})
}

// schema declares some of the names and lets others in.
func (m teller) schema(depth int) string {
	var parts []string
	for _, name := range told {
		if m.IntN(3) == 0 {
			parts = append(parts, fmt.Sprintf("%q:%s", name, m.below(depth)))
		}
	}
	if m.IntN(8) == 0 {
		for i := range 70 { // more than fit one word
			parts = append(parts, fmt.Sprintf(`"n%d":{}`, i))
		}
	}
	return `{"properties":{` + strings.Join(parts, ",") + `},"additionalProperties":` + m.below(depth) + `,"items":` + m.below(depth) + "}"
}

func (m teller) below(depth int) string {
	if depth > 0 && m.IntN(2) == 0 {
		return m.schema(depth - 1)
	}
	return m.pick([]string{"true", "{}", `{"additionalProperties":true}`, `{"anyOf":[{"minProperties":1},{"type":["string","number"]}]}`})
}

// TestWhatIsSeenInPassingIsWhatASearchFinds: the verdict and the search through
// the text agree on which bodies report a failure.
func TestWhatIsSeenInPassingIsWhatASearchFinds(t *testing.T) {
	t.Parallel()
	m := teller{rand.New(rand.NewPCG(1, 2))}
	whole, fails := 0, 0
	for range 300 {
		p, id := compileText(t, JSONSchema202012, Response, "Root: "+m.schema(2))
		for range 100 {
			body := []byte(m.object(3))
			valid, seen := p.Read(id, body)
			if valid != p.Valid(id, body) {
				t.Fatalf("Read says %v, Valid does not: %s", valid, body)
			}
			if !seen.Whole {
				continue
			}
			whole++
			if seen.Fails {
				fails++
			}
			if want := signs.In(body); seen.Fails != want {
				t.Fatalf("seen a failure: %v, found by a search: %v in %s", seen.Fails, want, body)
			}
		}
	}
	if whole < 10000 || fails < 2000 || whole-fails < 2000 {
		t.Errorf("the bodies are too much alike: %d seen whole, %d of them fail", whole, fails)
	}
}

func TestNothingIsSeenOfWhatIsNoBody(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Response, `Root: {"properties":{"ok":{}},"required":["id"]}`)
	for _, body := range []string{``, `{"ok":true`, `{"ok":true}`, `{"id":1,"ok":}`} {
		if valid, seen := p.Read(id, []byte(body)); valid || seen.Whole {
			t.Errorf("%s: valid %v, seen %+v", body, valid, seen)
		}
	}
	if valid, seen := p.Read(id, []byte(`{"id":1,"\u006fk":false}`)); !valid || seen != (Look{Whole: true, Fails: true}) {
		t.Errorf("a name in escapes: valid %v, seen %+v", valid, seen)
	}
}
