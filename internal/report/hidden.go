package report

import (
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// escapeHidden writes characters of JSON text that cannot be seen, or that
// turn the direction of writing, as \u escapes: the value stays the same, and
// a terminal or an editor that shows the text cannot be fooled. JSON has such
// characters inside strings alone.
func escapeHidden(text []byte) []byte {
	if !hasHidden(text) {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r < utf8.RuneSelf && r != 0x7f || r == ' ' || unicode.IsPrint(r):
			out = append(out, text[i:i+n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}

func hasHidden(text []byte) bool {
	for _, c := range text {
		if c >= 0x7f {
			return true
		}
	}
	return false
}
