package format

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func uri(b []byte) fault          { return reference(b, true, false) }
func uriReference(b []byte) fault { return reference(b, false, false) }
func iri(b []byte) fault          { return reference(b, true, true) }
func iriReference(b []byte) fault { return reference(b, false, true) }

const (
	unreserved = "-._~"
	subDelims  = "!$&'()*+,;="
	pathChars  = subDelims + ":@/"
	queryChars = pathChars + "?"
)

// iriPart says which characters beyond ASCII a part may have.
type iriPart int

const (
	ascii    iriPart = iota
	ucs              // ucschar of RFC 3987, section 2.2
	ucsQuery         // iprivate as well
)

// reference is URI-reference of RFC 3986, section 4.1, or IRI-reference of
// RFC 3987, section 2.2.
func reference(b []byte, absolute, international bool) fault {
	plain, query := ascii, ascii
	if international {
		plain, query = ucs, ucsQuery
	}
	rest := b
	if i := bytes.IndexByte(rest, '#'); i >= 0 {
		if f := chars(rest[i+1:], queryChars, plain); f.is() {
			return f.from(i + 1)
		}
		rest = rest[:i]
	}
	if i := bytes.IndexByte(rest, '?'); i >= 0 {
		if f := chars(rest[i+1:], queryChars, query); f.is() {
			return f.from(i + 1)
		}
		rest = rest[:i]
	}
	colon := schemeLen(rest)
	if colon == 0 && absolute {
		return fault{0, "it does not begin with a scheme, such as https:"}
	}
	start := 0
	if colon > 0 {
		start = colon + 1
	}
	return hierarchy(rest[start:], colon > 0, plain).from(start)
}

// hierarchy is what stands between scheme and query.
func hierarchy(b []byte, afterScheme bool, part iriPart) fault {
	if !bytes.HasPrefix(b, []byte("//")) {
		if !afterScheme {
			// RFC 3986, section 4.2: no colon in the first segment.
			first, _, _ := bytes.Cut(b, []byte{'/'})
			if i := bytes.IndexByte(first, ':'); i >= 0 {
				return fault{i, "what stands before the colon is no scheme"}
			}
		}
		return chars(b, pathChars, part)
	}
	end := len(b)
	if i := bytes.IndexByte(b[2:], '/'); i >= 0 {
		end = 2 + i
	}
	if f := authority(b[2:end], part); f.is() {
		return f.from(2)
	}
	return chars(b[end:], pathChars, part).from(end)
}

// schemeLen is the length of the scheme in front of its colon, 0 if none.
func schemeLen(b []byte) int {
	for i, c := range b {
		if c == ':' {
			return i
		}
		if !letter(c) && (i == 0 || !digit(c) && c != '+' && c != '-' && c != '.') {
			return 0
		}
	}
	return 0
}

// authority is [ userinfo "@" ] host [ ":" port ].
func authority(b []byte, part iriPart) fault {
	start := 0
	if at := bytes.LastIndexByte(b, '@'); at >= 0 {
		if f := chars(b[:at], subDelims+":", part); f.is() {
			return f
		}
		start = at + 1
	}
	host := b[start:]
	end := len(host)
	if len(host) > 0 && host[0] == '[' {
		closing := bytes.IndexByte(host, ']')
		if closing < 0 {
			return fault{len(b), "the closing ] is missing"}
		}
		if f := ipLiteral(host[1:closing]); f.is() {
			return f.from(start + 1)
		}
		if end = closing + 1; end < len(host) && host[end] != ':' {
			return fault{start + end, "only a port follows the ]"}
		}
	} else {
		if i := bytes.LastIndexByte(host, ':'); i >= 0 {
			end = i
		}
		if f := chars(host[:end], subDelims, part); f.is() {
			return f.from(start)
		}
	}
	if end < len(host) && digits(host[end+1:]) != len(host)-end-1 {
		return fault{start + end + 1, "a port is a number"}
	}
	return none
}

// ipLiteral is what stands between the brackets: IPv6address or IPvFuture.
func ipLiteral(b []byte) fault {
	if len(b) == 0 || b[0]|0x20 != 'v' {
		return ipv6(b)
	}
	i := 1
	for i < len(b) && hexDigit(b[i]) {
		i++
	}
	if i == 1 || i+1 >= len(b) || b[i] != '.' {
		return fault{i, "it is no address of a future version, such as v1.a"}
	}
	for k := i + 1; k < len(b); k++ {
		if c := b[k]; !alnum(c) && strings.IndexByte(unreserved+subDelims+":", c) < 0 {
			return fault{k, "an address cannot have this character"}
		}
	}
	return none
}

// chars holds b to unreserved characters, percent-encoded bytes, and the
// others given.
func chars(b []byte, others string, part iriPart) fault {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case alnum(c) || strings.IndexByte(unreserved, c) >= 0 || strings.IndexByte(others, c) >= 0:
			i++
		case c == '%':
			if !percent(b, i) {
				return fault{i, "two hexadecimal digits follow a %"}
			}
			i += 3
		case c >= utf8.RuneSelf && part != ascii:
			r, n := utf8.DecodeRune(b[i:])
			if !ucsChar(r, n, part) {
				return fault{i, "this character must be percent-encoded"}
			}
			i += n
		default:
			return fault{i, "this character must be percent-encoded"}
		}
	}
	return none
}

func percent(b []byte, i int) bool {
	return i+2 < len(b) && hexDigit(b[i+1]) && hexDigit(b[i+2])
}

// ucsChar is ucschar and iprivate of RFC 3987, section 2.2, without the
// formatting characters that its section 4.1 forbids.
func ucsChar(r rune, n int, part iriPart) bool {
	switch {
	case n < 2 || r < 0xa0:
		return false
	case r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e:
		return false
	case r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000:
		return part == ucsQuery && r&0xffff < 0xfffe
	case r <= 0xd7ff:
		return true
	case r <= 0xffff:
		return r >= 0xf900 && r <= 0xfdcf || r >= 0xfdf0 && r <= 0xffef
	case r >= 0xe0000:
		return r >= 0xe1000 && r <= 0xefffd
	}
	return r&0xffff <= 0xfffd
}
