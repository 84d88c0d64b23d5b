package format

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A uLabel is a label of a host name in Unicode, in the terms of RFC 5890.
type uLabel struct {
	runes [longestLabel + 1]rune
	n     int

	anyForm bool
}

// unicode judges a label that is written in Unicode.
func (u *uLabel) unicode(b []byte) (int, fault) {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size < 2 {
			return 0, fault{i, "it is not UTF-8"}
		}
		if u.n == longestLabel {
			return 0, fault{i, "a label has at most 63 characters in ASCII"}
		}
		u.runes[u.n] = r
		u.n++
		i += size
	}
	if i, why := u.check(); why != "" {
		at := 0
		for _, r := range u.runes[:i] {
			at += utf8.RuneLen(r)
		}
		return 0, fault{at, why}
	}
	var puny [longestLabel]byte
	n := u.encode(&puny)
	if n < 0 || n+4 > longestLabel {
		return 0, fault{len(b), "a label has at most 63 characters in ASCII"}
	}
	return n + 4, none
}

// ascii judges a label that begins with xn--: it must be what its Unicode form
// is encoded to (RFC 5890, section 2.3.2.1).
func (u *uLabel) ascii(b []byte) fault {
	if !u.decode(b[4:]) {
		return fault{4, "what follows xn-- is no punycode"}
	}
	var puny [longestLabel]byte
	n := u.encode(&puny)
	if n != len(b)-4 {
		return fault{4, "what follows xn-- is no punycode"}
	}
	for i, c := range puny[:n] {
		if lower(b[4+i]) != c {
			return fault{4 + i, "what follows xn-- is no punycode"}
		}
	}
	beyond := false
	for _, r := range u.runes[:u.n] {
		beyond = beyond || r >= utf8.RuneSelf
	}
	if !beyond {
		return fault{4, "xn-- stands before a label that needs it not"}
	}
	_, why := u.check()
	return fault{4, why}
}

// check is RFC 5891, section 4.2, and says at which character a label fails.
func (u *uLabel) check() (int, string) {
	r := u.runes[:u.n]
	switch {
	case r[0] == '-':
		return 0, "a label begins with a hyphen"
	case r[len(r)-1] == '-':
		return len(r) - 1, "a label ends with a hyphen"
	case len(r) >= 4 && r[2] == '-' && r[3] == '-':
		return 2, "hyphens stand at the third and fourth place"
	case unicode.Is(unicode.M, r[0]):
		return 0, "a label begins with a combining mark"
	}
	for i, c := range r {
		switch classOf(c).status() {
		case disallowed:
			return i, "a host name cannot have this character"
		case contextual:
			if !u.inContext(i) {
				return i, "this character cannot stand here in a host name"
			}
		}
	}
	if u.anyForm {
		return 0, ""
	}
	if i := u.denormal(); i >= 0 {
		return i, "these characters are written otherwise in NFC"
	}
	return 0, ""
}

// inContext is the rule for the character at i, from RFC 5892, appendix A.
func (u *uLabel) inContext(i int) bool {
	r := u.runes[:u.n]
	switch c := r[i]; {
	case c == '\u200c':
		return i > 0 && (classOf(r[i-1]).virama() || u.joined(i))
	case c == '\u200d':
		return i > 0 && classOf(r[i-1]).virama()
	case c == '\u00b7':
		return i > 0 && i+1 < len(r) && r[i-1] == 'l' && r[i+1] == 'l'
	case c == '\u0375':
		return i+1 < len(r) && unicode.Is(unicode.Greek, r[i+1])
	case c == '\u05f3' || c == '\u05f4':
		return i > 0 && unicode.Is(unicode.Hebrew, r[i-1])
	case c == '\u30fb':
		return u.any(func(c rune) bool { return unicode.In(c, unicode.Hiragana, unicode.Katakana, unicode.Han) })
	case c >= '\u0660' && c <= '\u0669':
		return !u.any(func(c rune) bool { return c >= '\u06f0' && c <= '\u06f9' })
	case c >= '\u06f0' && c <= '\u06f9':
		return !u.any(func(c rune) bool { return c >= '\u0660' && c <= '\u0669' })
	}
	return false
}

func (u *uLabel) any(is func(rune) bool) bool {
	return slices.ContainsFunc(u.runes[:u.n], is)
}

// joined reports whether letters join across the character at i: RFC 5892,
// appendix A.1.
func (u *uLabel) joined(i int) bool {
	before := i - 1
	for before >= 0 && classOf(u.runes[before]).joining() == joinT {
		before--
	}
	after := i + 1
	for after < u.n && classOf(u.runes[after]).joining() == joinT {
		after++
	}
	if before < 0 || after == u.n {
		return false
	}
	l, r := classOf(u.runes[before]).joining(), classOf(u.runes[after]).joining()
	return (l == joinL || l == joinD) && (r == joinR || r == joinD)
}
