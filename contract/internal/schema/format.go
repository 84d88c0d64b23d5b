package schema

import (
	"bytes"
	"net/netip"
	"strings"
	"unicode/utf8"
)

// A format checks a string whose escapes are undone, and has words.
type format struct {
	check   func([]byte) bool
	words   string // "a date"
	example string // "2026-11-20"
}

// formats are those of the two dialects and of the OpenAPI format registry that
// say something about strings. Others are annotations.
var formats = map[string]*format{
	"date-time":             {isDateTime, "a date and time", "2026-11-20T14:30:00Z"},
	"date":                  {isDate, "a date", "2026-11-20"},
	"time":                  {isTime, "a time with its zone", "14:30:00Z"},
	"duration":              {isDuration, "a duration", "PT15M"},
	"email":                 {isEmail, "an e-mail address", "name@example.com"},
	"idn-email":             {isIDNEmail, "an e-mail address", "name@example.com"},
	"hostname":              {isHostname, "a host name", "api.example.com"},
	"idn-hostname":          {isIDNHostname, "a host name", "api.example.com"},
	"ipv4":                  {isIPv4, "an IPv4 address", "203.0.113.9"},
	"ipv6":                  {isIPv6, "an IPv6 address", "2001:db8::1"},
	"uri":                   {isURI, "a URI", "https://example.com/a"},
	"uri-reference":         {isURIReference, "a URI reference", "/a/b?c=d"},
	"iri":                   {isIRI, "an IRI", "https://example.com/a"},
	"iri-reference":         {isIRIReference, "an IRI reference", "/a/b?c=d"},
	"uri-template":          {isURITemplate, "a URI template", "/orders/{id}"},
	"uuid":                  {isUUID, "a UUID", "123e4567-e89b-12d3-a456-426614174000"},
	"json-pointer":          {isPointer, "a JSON Pointer", "/items/0"},
	"relative-json-pointer": {isRelativePointer, "a relative JSON Pointer", "1/items"},
	"regex":                 {isRegex, "a regular expression", "^a+$"},
	"byte":                  {isBase64, "base64", "aGVsbG8="},
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

func two(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }

// isDate is full-date of RFC 3339, section 5.6.
func isDate(b []byte) bool {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' || !isDigits(b[:4]) || !isDigits(b[5:7]) || !isDigits(b[8:]) {
		return false
	}
	year, month, day := two(b)*100+two(b[2:]), two(b[5:]), two(b[8:])
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// isTime is full-time of RFC 3339, section 5.6. A leap second is let pass where
// it would be 23:59:60 in UTC.
func isTime(b []byte) bool {
	if len(b) < 9 || b[2] != ':' || b[5] != ':' || !isDigits(b[:2]) || !isDigits(b[3:5]) || !isDigits(b[6:8]) {
		return false
	}
	hour, minute, second := two(b), two(b[3:]), two(b[6:])
	if hour > 23 || minute > 59 || second > 60 {
		return false
	}
	rest := b[8:]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		if n == 1 {
			return false
		}
		rest = rest[n:]
	}
	offset := 0
	switch {
	case len(rest) == 1 && rest[0]|0x20 == 'z':
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && isDigits(rest[1:3]) && isDigits(rest[4:]):
		h, m := two(rest[1:]), two(rest[4:])
		if h > 23 || m > 59 {
			return false
		}
		if offset = h*60 + m; rest[0] == '-' {
			offset = -offset
		}
	default:
		return false
	}
	const day = 24 * 60
	return second < 60 || (hour*60+minute-offset+day)%day == day-1
}

func isDateTime(b []byte) bool {
	return len(b) > 11 && b[10]|0x20 == 't' && isDate(b[:10]) && isTime(b[11:])
}

// isDuration is the duration of RFC 3339, appendix A.
func isDuration(b []byte) bool {
	if len(b) < 3 || b[0] != 'P' {
		return false
	}
	b = b[1:]
	if b[len(b)-1] == 'W' {
		return isDigits(b[:len(b)-1])
	}
	date, clock, hasClock := bytes.Cut(b, []byte{'T'})
	if !isUnits(date, "YMD") || hasClock && (len(clock) == 0 || !isUnits(clock, "HMS")) {
		return false
	}
	return len(date) > 0 || hasClock
}

// isUnits reads numbers with units in their order. None may be left out between
// two: P1Y2D is no duration.
func isUnits(b []byte, units string) bool {
	last := -1
	for len(b) > 0 {
		n := 0
		for n < len(b) && b[n]-'0' <= 9 {
			n++
		}
		if n == 0 || n == len(b) {
			return false
		}
		unit := strings.IndexByte(units, b[n])
		if unit < 0 || unit <= last || last >= 0 && unit != last+1 {
			return false
		}
		last = unit
		b = b[n+1:]
	}
	return true
}

const atomText = "!#$%&'*+-/=?^_`{|}~."

// isEmail is Mailbox of RFC 5321, section 4.1.2.
func isEmail(b []byte) bool { return isMailbox(b, false) }

func isIDNEmail(b []byte) bool { return isMailbox(b, true) }

func isMailbox(b []byte, international bool) bool {
	at := bytes.LastIndexByte(b, '@')
	if at < 1 || at > 64 || at == len(b)-1 {
		return false
	}
	local, domain := b[:at], b[at+1:]
	if !isLocalPart(local, international) {
		return false
	}
	if domain[0] == '[' && domain[len(domain)-1] == ']' {
		literal := domain[1 : len(domain)-1]
		if v6, ok := bytes.CutPrefix(literal, []byte("IPv6:")); ok {
			return isIPv6(v6)
		}
		return isIPv4(literal)
	}
	if international {
		return isIDNHostname(domain)
	}
	return isHostname(domain)
}

func isLocalPart(b []byte, international bool) bool {
	if len(b) >= 2 && b[0] == '"' && b[len(b)-1] == '"' {
		return isQuotedLocal(b[1:len(b)-1], international)
	}
	if b[0] == '.' || b[len(b)-1] == '.' || bytes.Contains(b, []byte("..")) {
		return false
	}
	for _, c := range b {
		if !isAlnum(c) && strings.IndexByte(atomText, c) < 0 && (c < 0x80 || !international) {
			return false
		}
	}
	return true
}

func isQuotedLocal(b []byte, international bool) bool {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\':
			if i++; i >= len(b) || b[i] < ' ' || b[i] > '~' {
				return false
			}
		case c == '"' || c < ' ' || c > '~' && (c < 0x80 || !international):
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool {
	return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// isHostname is the name of RFC 1123, section 2.1; A-labels must decode.
func isHostname(b []byte) bool {
	if len(b) == 0 || len(b) > 253 {
		return false
	}
	for len(b) > 0 {
		label := b
		if i := bytes.IndexByte(b, '.'); i >= 0 {
			label, b = b[:i], b[i+1:]
			if len(b) == 0 {
				return false
			}
		} else {
			b = nil
		}
		if !isLabel(label) {
			return false
		}
	}
	return true
}

func isLabel(label []byte) bool {
	if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for _, c := range label {
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	if len(label) >= 4 && label[2] == '-' && label[3] == '-' {
		// RFC 5890, section 2.3.1: only A-labels may have hyphens there.
		return len(label) > 4 && label[0]|0x20 == 'x' && label[1]|0x20 == 'n'
	}
	return true
}

// isIDNHostname checks the form of labels and no more: the tables of RFC 5892
// say which characters may be registered, and a registry checks that.
func isIDNHostname(b []byte) bool {
	if len(b) == 0 || len(b) > 253 || !utf8.Valid(b) {
		return false
	}
	start := 0
	for i := 0; i <= len(b); {
		r, n := rune('.'), 1
		if i < len(b) {
			r, n = utf8.DecodeRune(b[i:])
		}
		// RFC 3490, section 3.1: these are dots too.
		if r == '.' || r == '\u3002' || r == '\uff0e' || r == '\uff61' {
			label := b[start:i]
			if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
				return false
			}
			if len(label) >= 4 && label[2] == '-' && label[3] == '-' && !isLabel(label) {
				return false
			}
			start = i + n
		} else if r < 0x80 && !isAlnum(byte(r)) && r != '-' {
			return false
		}
		i += n
	}
	return true
}

func isIPv4(b []byte) bool {
	parts := 0
	for part := range bytes.SplitSeq(b, []byte{'.'}) {
		parts++
		if !isDigits(part) || len(part) > 3 || len(part) > 1 && part[0] == '0' || len(part) == 3 && string(part) > "255" {
			return false
		}
	}
	return parts == 4
}

func isIPv6(b []byte) bool {
	if len(b) > 45 || bytes.IndexByte(b, ':') < 0 || bytes.IndexByte(b, '%') >= 0 {
		return false
	}
	addr, err := netip.ParseAddr(string(b))
	return err == nil && addr.Is6()
}

func isUUID(b []byte) bool {
	if len(b) != 36 {
		return false
	}
	for i, c := range b {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if c-'0' > 9 && (c|0x20 < 'a' || c|0x20 > 'f') {
				return false
			}
		}
	}
	return true
}

// isPointer is a JSON Pointer of RFC 6901.
func isPointer(b []byte) bool {
	if len(b) > 0 && b[0] != '/' {
		return false
	}
	for i, c := range b {
		if c == '~' && (i+1 == len(b) || b[i+1] != '0' && b[i+1] != '1') {
			return false
		}
	}
	return true
}

func isRelativePointer(b []byte) bool {
	n := 0
	for n < len(b) && b[n]-'0' <= 9 {
		n++
	}
	if n == 0 || n > 1 && b[0] == '0' {
		return false
	}
	return string(b[n:]) == "#" || isPointer(b[n:])
}

func isRegex(b []byte) bool {
	_, err := newPattern(string(b))
	return err == nil
}

// isBase64 is RFC 4648, section 4, with its padding.
func isBase64(b []byte) bool {
	if len(b)%4 != 0 {
		return false
	}
	b = bytes.TrimSuffix(b, []byte("="))
	b = bytes.TrimSuffix(b, []byte("="))
	for _, c := range b {
		if !isAlnum(c) && c != '+' && c != '/' {
			return false
		}
	}
	return len(b)%4 != 1
}
