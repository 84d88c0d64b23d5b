package tape

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns text from the wire for people: at most the given number of
// bytes of it, with everything escaped that a screen would act upon.
func Printable(b []byte, most int) string {
	if len(b) <= most {
		if plainText(b) {
			return string(b)
		}
		return printable(b)
	}
	for most > 0 && !utf8.RuneStart(b[most]) {
		most--
	}
	return printable(b[:most]) + "…"
}

// plainText reports whether text is ASCII that a screen shows as it is: nearly
// all names and values are.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// printable is text from the wire with everything escaped that a screen would
// act upon: control and format characters, bytes that are not UTF-8.
func printable(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&out, `\x%02x`, b[0])
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r):
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteRune(r)
		}
		b = b[n:]
	}
	return out.String()
}
