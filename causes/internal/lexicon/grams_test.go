package lexicon

import (
	"strings"
	"testing"
)

// TestGramsMissNothing: what stands in a text is never ruled out, and what has
// none of its pieces is.
func TestGramsMissNothing(t *testing.T) {
	t.Parallel()
	text := "no route matches [get] /orders; é ab"
	g := GramsOf(text)
	for i := range text {
		for end := i; end <= len(text); end++ {
			if !g.May(text[i:end]) {
				t.Fatalf("%q is ruled out", text[i:end])
			}
		}
	}
	for _, phrase := range []string{"unknown endpoint", "method not allowed", "zzz"} {
		if g.May(phrase) || strings.Contains(text, phrase) {
			t.Errorf("%q is not ruled out", phrase)
		}
	}
	if empty := GramsOf("ab"); empty.May("abc") || !empty.May("ab") {
		t.Error("a text that is shorter than a piece is not told")
	}
}
