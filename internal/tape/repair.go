package tape

import "errors"

// mostFixes bounds a repair: a text with more mistakes than this was not meant
// as JSON, and each fix costs a parse.
const mostFixes = 64

// longestRepair bounds it in bytes, for the same reason.
const longestRepair = 4 << 20

// Repair mends one mistake after the other until the text parses. It returns
// the mended text and the mistakes in the order of their mending; offsets are
// those of the text that each was found in. ok is false if it had to give up.
// Whether every fix keeps what was meant is said by [SyntaxError.Keeps].
func Repair(json []byte) (fixed []byte, mistakes []*SyntaxError, ok bool) {
	if len(json) > longestRepair {
		return json, nil, false
	}
	t := get()
	defer put(t)
	for range mostFixes {
		err := Parse(t, json, Limits{})
		if err == nil {
			return json, mistakes, true
		}
		var bad *SyntaxError
		if !errors.As(err, &bad) || bad.Fix == nil {
			return json, mistakes, false
		}
		mistakes = append(mistakes, bad)
		json = Splice(json, bad.Fix)
	}
	return json, mistakes, false
}

// Splice applies edits that do not overlap and are in the order of the text.
func Splice(text []byte, edits []TextEdit) []byte {
	size := len(text)
	for _, e := range edits {
		size += len(e.Text)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range edits {
		out = append(out, text[at:e.Start]...)
		out = append(out, e.Text...)
		at = e.End
	}
	return append(out, text[at:]...)
}
