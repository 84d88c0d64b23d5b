package format

import (
	"bytes"
	"unicode/utf8"
)

const (
	// RFC 1034, section 3.1, without the length of the root.
	longestName = 253
	// RFC 1034, section 3.1.
	longestLabel = 63
)

// nameRules are what the formats do not agree on.
type nameRules struct {
	unicode bool // labels may be written in Unicode
	dots    bool // the other dots of RFC 3490, section 3.1, separate too
	anyForm bool // Unicode need not be in NFC
}

// hostname is the name of RFC 1123, section 2.1, whose labels that begin with
// xn-- must be A-labels of RFC 5890.
func hostname(b []byte) fault { return domainName(b, nameRules{}) }

// idnHostname is a name of RFC 5890, section 2.3.2.3.
func idnHostname(b []byte) fault {
	return domainName(b, nameRules{unicode: true, dots: true})
}

// domainName judges label by label, and a second time when one is written from
// right to left: then RFC 5893 is about all of them.
func domainName(b []byte, rules nameRules) fault {
	if len(b) == 0 {
		return fault{0, "the name is empty"}
	}
	u := uLabel{anyForm: rules.anyForm}
	total, bidi := -1, false
	for i := 0; ; {
		end, dot := nextDot(b, i, rules.dots)
		n, f := u.label(b[i:end], rules.unicode)
		if f.is() {
			return f.from(i)
		}
		if total += 1 + n; total > longestName {
			return fault{i, "the name is longer than 253 characters"}
		}
		bidi = bidi || u.rightToLeft()
		if dot == 0 {
			break
		}
		i = end + dot
	}
	if !bidi {
		return none
	}
	for i := 0; ; {
		end, dot := nextDot(b, i, rules.dots)
		if _, f := u.label(b[i:end], rules.unicode); f.is() {
			return f.from(i)
		}
		if f := u.bidi(b[i:end]); f.is() {
			return f.from(i)
		}
		if dot == 0 {
			return none
		}
		i = end + dot
	}
}

// nextDot finds the end of the label at i, and the length of the dot there.
func nextDot(b []byte, i int, others bool) (end, dot int) {
	for end = i; end < len(b); end++ {
		if b[end] == '.' {
			return end, 1
		}
		if others && b[end] >= 0xe3 {
			switch r, n := utf8.DecodeRune(b[end:]); r {
			case '\u3002', '\uff0e', '\uff61':
				return end, n
			}
		}
	}
	return end, 0
}

// label judges one label, leaves its characters in u if it is not plain ASCII,
// and returns its length in ASCII.
func (u *uLabel) label(b []byte, international bool) (int, fault) {
	u.n = 0
	plain := true
	for i, c := range b {
		switch {
		case alnum(c) || c == '-':
		case c >= utf8.RuneSelf && international:
			plain = false
		case c >= utf8.RuneSelf:
			return 0, fault{i, "a host name has ASCII letters, digits and hyphens"}
		default:
			return 0, fault{i, "a host name has letters, digits and hyphens"}
		}
	}
	switch {
	case len(b) == 0:
		return 0, fault{0, "a label between dots is empty"}
	case b[0] == '-':
		return 0, fault{0, "a label begins with a hyphen"}
	case b[len(b)-1] == '-' && !isA(b):
		return 0, fault{len(b) - 1, "a label ends with a hyphen"}
	case !plain:
		return u.unicode(b)
	case len(b) > longestLabel:
		return 0, fault{longestLabel, "a label has at most 63 characters"}
	case isA(b):
		return len(b), u.ascii(b)
	case international && len(b) >= 4 && b[2] == '-' && b[3] == '-':
		// RFC 5890, section 2.3.1: reserved, and in use for A-labels alone.
		return 0, fault{2, "hyphens stand at the third and fourth place"}
	}
	return len(b), none
}

// isA reports whether a label claims to be an A-label.
func isA(b []byte) bool { return len(b) >= 4 && bytes.EqualFold(b[:4], []byte("xn--")) }
