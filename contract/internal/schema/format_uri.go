package schema

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func isURI(b []byte) bool          { return isReference(b, true, false) }
func isURIReference(b []byte) bool { return isReference(b, false, false) }
func isIRI(b []byte) bool          { return isReference(b, true, true) }
func isIRIReference(b []byte) bool { return isReference(b, false, true) }

const (
	unreserved = "-._~"
	subDelims  = "!$&'()*+,;="
)

// isReference is URI-reference of RFC 3986, section 4.1, or of RFC 3987.
func isReference(b []byte, absolute, international bool) bool {
	if international && !utf8.Valid(b) {
		return false
	}
	rest, fragment, _ := bytes.Cut(b, []byte{'#'})
	if !isChars(fragment, subDelims+":@/?", international) {
		return false
	}
	rest, query, _ := bytes.Cut(rest, []byte{'?'})
	if !isChars(query, subDelims+":@/?", international) {
		return false
	}
	scheme := schemeLen(rest)
	if scheme > 0 {
		rest = rest[scheme+1:]
	} else if absolute {
		return false
	}
	path := rest
	if after, ok := bytes.CutPrefix(rest, []byte("//")); ok {
		authority := after
		path = nil
		if i := bytes.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		if !isAuthority(authority, international) {
			return false
		}
	} else if scheme == 0 {
		// RFC 3986, section 4.2: no colon in the first segment.
		first, _, _ := bytes.Cut(path, []byte{'/'})
		if bytes.IndexByte(first, ':') >= 0 {
			return false
		}
	}
	return isChars(path, subDelims+":@/", international)
}

// schemeLen is the length of the scheme in front of its colon, 0 if none.
func schemeLen(b []byte) int {
	for i, c := range b {
		if c == ':' {
			return i
		}
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.') {
			return 0
		}
	}
	return 0
}

func isAuthority(b []byte, international bool) bool {
	if at := bytes.LastIndexByte(b, '@'); at >= 0 {
		if !isChars(b[:at], subDelims+":", international) {
			return false
		}
		b = b[at+1:]
	}
	host, port := b, []byte(nil)
	if len(b) > 0 && b[0] == '[' {
		end := bytes.IndexByte(b, ']')
		if end < 0 || !isIPLiteral(b[1:end]) {
			return false
		}
		if rest := b[end+1:]; len(rest) > 0 {
			return rest[0] == ':' && (len(rest) == 1 || isDigits(rest[1:]))
		}
		return true
	}
	if i := bytes.LastIndexByte(b, ':'); i >= 0 {
		host, port = b[:i], b[i+1:]
	}
	return isChars(host, subDelims, international) && (len(port) == 0 || isDigits(port))
}

func isIPLiteral(b []byte) bool {
	if len(b) > 2 && b[0]|0x20 == 'v' {
		version, address, ok := bytes.Cut(b[1:], []byte{'.'})
		return ok && len(version) > 0 && len(address) > 0 && isChars(address, subDelims+":", false)
	}
	return isIPv6(b)
}

// isChars reports whether b is unreserved characters, percent-encoded bytes and
// the others given.
func isChars(b []byte, others string, international bool) bool {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case isAlnum(c) || strings.IndexByte(unreserved, c) >= 0 || strings.IndexByte(others, c) >= 0:
		case c == '%':
			if i+2 >= len(b) || !hexDigit(b[i+1]) || !hexDigit(b[i+2]) {
				return false
			}
			i += 2
		case c >= 0x80 && international:
		default:
			return false
		}
	}
	return true
}

func hexDigit(c byte) bool { return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'f' }

// isURITemplate is RFC 6570, section 2.
func isURITemplate(b []byte) bool {
	for len(b) > 0 {
		open := bytes.IndexByte(b, '{')
		literal := b
		if open >= 0 {
			literal = b[:open]
		}
		for i := 0; i < len(literal); i++ {
			c := literal[i]
			if c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
				return false
			}
			if c == '%' {
				if i+2 >= len(literal) || !hexDigit(literal[i+1]) || !hexDigit(literal[i+2]) {
					return false
				}
				i += 2
			}
		}
		if open < 0 {
			return true
		}
		end := bytes.IndexByte(b[open:], '}')
		if end < 2 || !isExpression(b[open+1:open+end]) {
			return false
		}
		b = b[open+end+1:]
	}
	return true
}

func isExpression(b []byte) bool {
	if strings.IndexByte("+#./;?&", b[0]) >= 0 {
		b = b[1:]
	}
	for spec := range bytes.SplitSeq(b, []byte{','}) {
		spec = bytes.TrimSuffix(spec, []byte{'*'})
		name, length, prefixed := bytes.Cut(spec, []byte{':'})
		if prefixed && (!isDigits(length) || length[0] == '0' || len(length) > 4) {
			return false
		}
		if len(name) == 0 || name[0] == '.' || name[len(name)-1] == '.' || bytes.Contains(name, []byte("..")) || !isChars(name, "", false) || bytes.ContainsAny(name, "-~") {
			return false
		}
	}
	return true
}
