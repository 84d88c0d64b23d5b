package format

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	// RFC 5321, section 4.5.3.1.1.
	longestLocal = 64
	// RFC 5321, section 4.5.3.1.3, without the angle brackets.
	longestMailbox = 254
	// RFC 5322, section 3.2.3, besides letters and digits.
	atomText = "!#$%&'*+-/=?^_`{|}~"
)

// email is Mailbox of RFC 5321, section 4.1.2.
func email(b []byte) fault { return mailbox(b, false) }

// idnEmail is Mailbox as RFC 6531, section 3.3, extends it.
func idnEmail(b []byte) fault { return mailbox(b, true) }

func mailbox(b []byte, international bool) fault {
	at := bytes.LastIndexByte(b, '@')
	switch {
	case at < 0:
		return fault{len(b), "the @ is missing"}
	case at == 0:
		return fault{0, "nothing stands before the @"}
	case at > longestLocal:
		return fault{longestLocal, "more than 64 bytes stand before the @"}
	case at == len(b)-1:
		return fault{len(b), "nothing stands after the @"}
	case len(b) > longestMailbox:
		return fault{longestMailbox, "an address has at most 254 bytes"}
	case international && !utf8.Valid(b):
		return fault{0, "it is not UTF-8"}
	}
	f := localPart(b[:at], international)
	if !f.is() {
		f = mailDomain(b[at+1:], international).from(at + 1)
	}
	return f
}

func mailDomain(b []byte, international bool) fault {
	if b[0] == '[' {
		if b[len(b)-1] != ']' {
			return fault{len(b), "the closing ] is missing"}
		}
		return addressLiteral(b[1 : len(b)-1]).from(1)
	}
	if international {
		return domainName(b, nameRules{unicode: true, anyForm: true})
	}
	return hostname(b)
}

// addressLiteral is what RFC 5321, section 4.1.3, has between the brackets.
// No other tag than IPv6 has been registered.
func addressLiteral(b []byte) fault {
	const tag = "IPv6:"
	if len(b) < len(tag) || !strings.EqualFold(string(b[:len(tag)]), tag) {
		return dottedQuad(b, true)
	}
	groups, short, f := ipv6Groups(b[len(tag):])
	if !f.is() && short && groups > 6 {
		f = fault{0, "the :: stands for at least two groups here"}
	}
	return f.from(len(tag))
}

func localPart(b []byte, international bool) fault {
	if b[0] == '"' {
		return quotedLocal(b, international)
	}
	for i, c := range b {
		switch {
		case alnum(c) || strings.IndexByte(atomText, c) >= 0 || c >= utf8.RuneSelf && international:
		case c == '.' && (i == 0 || i == len(b)-1):
			return fault{i, "a dot stands between two others"}
		case c == '.' && b[i-1] == '.':
			return fault{i, "two dots follow each other"}
		case c == '.':
		default:
			return fault{i, "this character needs quotes before the @"}
		}
	}
	return none
}

// quotedLocal is Quoted-string of RFC 5321, section 4.1.2.
func quotedLocal(b []byte, international bool) fault {
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"' && i == len(b)-1:
			return none
		case c == '"':
			return fault{i + 1, "nothing stands between the closing quote and the @"}
		case c == '\\':
			if i++; i == len(b) || b[i] < ' ' || b[i] > '~' {
				return fault{i, "the backslash escapes nothing"}
			}
		case c < ' ' || c > '~' && (c < utf8.RuneSelf || !international):
			return fault{i, "this character cannot stand before the @"}
		}
	}
	return fault{len(b), "the closing quote is missing"}
}
