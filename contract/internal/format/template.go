package format

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// uriTemplate is URI-Template of RFC 6570, section 2, with its errata 6937
// (an apostrophe is a literal).
func uriTemplate(b []byte) fault {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c == '{':
			end := bytes.IndexByte(b[i:], '}')
			if end < 0 {
				return fault{i, "the closing } is missing"}
			}
			if f := expression(b[i+1 : i+end]); f.is() {
				return f.from(i + 1)
			}
			i += end + 1
		case c == '%':
			if !percent(b, i) {
				return fault{i, "two hexadecimal digits follow a %"}
			}
			i += 3
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(b[i:])
			if !ucsChar(r, n, ucsQuery) {
				return fault{i, "a template cannot have this character"}
			}
			i += n
		case c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`|}", c) >= 0:
			return fault{i, "a template cannot have this character"}
		default:
			i++
		}
	}
	return none
}

// expression is what stands between the braces. The operators that are
// reserved for later are of the grammar.
func expression(b []byte) fault {
	i := 0
	if len(b) > 0 && strings.IndexByte("+#./;?&=,!@|", b[0]) >= 0 {
		i = 1
	}
	for {
		end := len(b)
		if n := bytes.IndexByte(b[i:], ','); n >= 0 {
			end = i + n
		}
		if f := variable(b[i:end]); f.is() {
			return f.from(i)
		}
		if end == len(b) {
			return none
		}
		i = end + 1
	}
}

// variable is varspec of section 2.3: a name, then an asterisk or a length.
func variable(b []byte) fault {
	i := 0
	for i < len(b) {
		c := b[i]
		switch {
		case alnum(c) || c == '_':
			i++
		case c == '%' && percent(b, i):
			i += 3
		case c == '.' && i > 0 && b[i-1] != '.':
			i++
		default:
			return modifier(b, i)
		}
	}
	return modifier(b, i)
}

func modifier(b []byte, i int) fault {
	if i == 0 {
		return fault{0, "the name of a variable is missing"}
	}
	if b[i-1] == '.' {
		return fault{i - 1, "a dot stands between two parts of a name"}
	}
	rest := b[i:]
	switch {
	case len(rest) == 0 || string(rest) == "*":
		return none
	case rest[0] != ':':
		return fault{i, "the name of a variable cannot have this character"}
	case digits(rest[1:]) != len(rest)-1 || len(rest) == 1 || len(rest) > 5 || rest[1] == '0':
		return fault{i + 1, "a length is 1 to 9999"}
	}
	return none
}
