package schema

import (
	"strings"
	"testing"
)

// TestEveryByteOfAnOrderChanged holds the loop over members to the tape: each
// byte of a body of which the order of keys is known is changed, taken out and
// doubled, and put at the very end of the text.
func TestEveryByteOfAnOrderChanged(t *testing.T) {
	t.Parallel()
	p, id := orders(t)
	text := string(body(t, "valid_1k.json"))
	judge := func(text string) {
		t.Helper()
		got := p.Valid(id, []byte(text))
		s := p.get()
		want := p.validOnTape(s, id, []byte(text))
		p.put(s)
		if got != want {
			t.Fatalf("fused verdict %v, on the tape %v: %s", got, want, text)
		}
	}
	for i := range len(text) {
		judge(text[:i])
		judge(text[:i] + text[i+1:])
		judge(text[:i] + text[i:i+1] + text[i:])
		for _, c := range []byte(" \n,:\"\\}]{[0-1ex.\x80\x1f") {
			judge(text[:i] + string([]byte{c}) + text[i+1:])
			judge(text[:i] + string([]byte{c}) + text[i:])
		}
	}
	judge(strings.NewReplacer(",", " ,\t", ":", " : ", "}", "\n}").Replace(text))
	judge(strings.ReplaceAll(text, "e", `\u0065`))
}
