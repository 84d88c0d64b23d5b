package wire

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// splitField takes one field line apart (RFC 9112, section 5).
func splitField(l line, first bool) (placed, *Error) {
	text := l.text
	if c := text[0]; c == ' ' || c == '\t' {
		n := len(text) - len(strings.TrimLeft(text, " \t"))
		if first {
			return placed{}, l.at(0, n, fieldFirstSpace)
		}
		// Section 5.2: a server that does not fold refuses.
		return placed{}, l.at(0, n, fieldFolded)
	}
	end := firstNot(text, &tokenByte)
	if end < 0 || text[end] != ':' || end == 0 {
		return placed{}, badName(l, end)
	}
	name, value := text[:end], text[end+1:]
	if i := firstNot(value, &valueByte); i >= 0 {
		return placed{}, badValue(l, end+1+i, name)
	}
	trimmed := trimOWS(value)
	return placed{Field: faultline.Field{Name: name, Value: trimmed}, line: l, value: end + 1 + leadingOWS(value)}, nil
}

func leadingOWS(s string) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

// badName says why no field name ends at the index; -1 means that the line has
// nothing but a name.
func badName(l line, end int) *Error {
	text := l.text
	if end < 0 {
		return l.at(len(text), len(text), fieldNoColon)
	}
	switch c := text[end]; {
	case end == 0 && c == ':':
		return l.byteAt(0, fieldNoName)
	case c == ' ' || c == '\t':
		n := leadingOWS(text[end:])
		if strings.HasPrefix(text[end+n:], ":") {
			// Section 5.1: a server must refuse this with 400; it was used to smuggle requests.
			return l.at(end, end+n, fieldSpaceColon, clip(text[:end]))
		}
		return l.at(end, end+n, fieldNameSpace, clip(text[:end]))
	case c == '\r':
		return l.byteAt(end, bareCR, "a field name")
	case c == 0:
		return l.byteAt(end, nulByte, "a field name")
	case c < ' ' || c == 0x7f:
		return l.byteAt(end, fieldNameControl, ByteName(c))
	case c >= 0x80:
		return l.at(end, end+runOf(text[end:]), fieldNameNonASCII, ByteName(c))
	default:
		return l.byteAt(end, fieldNameInvalid, ByteName(c))
	}
}

// runOf is how many bytes beyond ASCII stand at the beginning.
func runOf(s string) int {
	n := 0
	for n < len(s) && s[n] >= 0x80 {
		n++
	}
	return n
}

func badValue(l line, at int, name string) *Error {
	switch c := l.text[at]; c {
	case '\r':
		return l.byteAt(at, bareCR, "the value of the field `"+clip(name)+"`")
	case 0:
		return l.byteAt(at, nulByte, "the value of the field `"+clip(name)+"`")
	default:
		return l.byteAt(at, fieldValueControl, ByteName(c), clip(name))
	}
}
