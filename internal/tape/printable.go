package tape

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Printable returns text from the wire for people: at most the given number of
// bytes of it, with everything escaped that a screen would act upon.
func Printable[T string | []byte](text T, most int) string {
	if len(text) <= most && plainText(text) {
		return string(text)
	}
	return string(AppendPrintable(nil, text, most))
}

// AppendPrintable appends what Printable returns to dst.
func AppendPrintable[T string | []byte](dst []byte, text T, most int) []byte {
	if len(text) > most {
		for most > 0 && !utf8.RuneStart(text[most]) {
			most--
		}
		return append(appendShown(dst, text[:most]), "…"...)
	}
	return appendShown(dst, text)
}

// plainText reports whether text is ASCII that a screen shows as it is: nearly
// all names and values are.
func plainText[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// appendShown escapes what a screen would act upon: control and format
// characters, bytes that are not UTF-8.
func appendShown[T string | []byte](dst []byte, text T) []byte {
	if plainText(text) {
		return append(dst, text...)
	}
	for len(text) > 0 {
		r, n := decodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1:
			dst = fmt.Appendf(dst, `\x%02x`, text[0])
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r):
			dst = fmt.Appendf(dst, `\u%04x`, r)
		default:
			dst = utf8.AppendRune(dst, r)
		}
		text = text[n:]
	}
	return dst
}

func printable(text []byte) string { return string(appendShown(nil, text)) }
