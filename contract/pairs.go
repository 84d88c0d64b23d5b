package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/percent"
)

// A piece is one value as it stands on the wire: still encoded, with its place
// in the part of the message that it came from.
type piece struct {
	key   string // raw name beside the value; empty where the value has none
	raw   string
	at    int  // of raw
	keyAt int  // of key
	plus  bool // a plus stands for a space, as in queries and forms
	plain bool // raw is the value itself, nothing in it is encoded
}

// end is the offset after the value.
func (p *piece) end() int { return p.at + len(p.raw) }

// text is the value without percent-encoding.
func (p *piece) text() string {
	if p.plain || strings.IndexByte(p.raw, '%') < 0 && (!p.plus || strings.IndexByte(p.raw, '+') < 0) {
		return p.raw
	}
	return string(percent.Append(make([]byte, 0, len(p.raw)), p.raw, p.plus))
}

// append appends the value without percent-encoding to dst.
func (p *piece) append(dst []byte) []byte {
	if p.plain {
		return append(dst, p.raw...)
	}
	return percent.Append(dst, p.raw, p.plus)
}

// pairs goes through the pairs of a query or form, or those of a Cookie field:
//
//	for pair := queryPairs(r); pair.next(); {
//
// An iterator would allocate, since what is done with a pair is not inlined.
type pairs struct {
	piece
	rest   string
	restAt int
	cookie bool
}

// pairsIn are the pairs of a query or form that begins at an offset.
func pairsIn(text string, at int) pairs { return pairs{rest: text, restAt: at} }

func queryPairs(r *faultline.Request) pairs { return pairsIn(queryAt(r)) }

// cookiesIn are the pairs of a Cookie field.
func cookiesIn(value string) pairs { return pairs{rest: value, cookie: true} }

// next goes to the next pair.
func (p *pairs) next() bool {
	switch {
	case p.rest == "":
		return false
	case p.cookie:
		p.piece, p.rest, p.restAt = nextCookie(p.rest, p.restAt)
	default:
		p.piece, p.rest, p.restAt = nextPair(p.rest, p.restAt)
	}
	return true
}

// nextPair takes the first name=value pair off a query or form. at is the
// offset of rest; the returned rest begins behind the pair.
func nextPair(rest string, at int) (pair piece, after string, afterAt int) {
	end := strings.IndexByte(rest, '&')
	if end < 0 {
		end, after, afterAt = len(rest), "", at+len(rest)
	} else {
		after, afterAt = rest[end+1:], at+end+1
	}
	text := rest[:end]
	pair = piece{key: text, keyAt: at, at: at + end, plus: true}
	if eq := strings.IndexByte(text, '='); eq >= 0 {
		pair.key, pair.raw, pair.at = text[:eq], text[eq+1:], at+eq+1
	}
	return pair, after, afterAt
}

// sameName reports whether an encoded name of a query or form is name.
func sameName(raw, name string) bool {
	n, ok := namePrefix(raw, name)
	return ok && n == len(raw)
}

// namePrefix reports whether an encoded name begins with name, and how many
// bytes of it that takes.
func namePrefix(raw, name string) (int, bool) {
	at := 0
	for i := 0; i < len(name); i++ {
		if at >= len(raw) {
			return 0, false
		}
		c, n := percent.Octet(raw[at:], true)
		if c != name[i] {
			return 0, false
		}
		at += n
	}
	return at, true
}

// bracketed reports whether an encoded name is name followed by brackets, as in
// address[city], and returns them.
func bracketed(raw, name string) (brackets string, ok bool) {
	n, ok := namePrefix(raw, name)
	if !ok || n >= len(raw) {
		return "", false
	}
	c, _ := percent.Octet(raw[n:], true)
	return raw[n:], c == '['
}

// keys appends the keys of a name's brackets, [a][b][], to out. The brackets
// may be percent-encoded; a key is copied only if something in it is.
func (p *piece) keys(out []string) ([]string, bool) {
	for at := 0; at < len(p.raw); {
		c, n := p.octet(at)
		if c != '[' || len(out) >= maxBrackets {
			return out, false
		}
		at += n
		end := at
		for ; end < len(p.raw); end += n {
			if c, n = p.octet(end); c == ']' {
				break
			}
		}
		if end == len(p.raw) {
			return out, false
		}
		out = append(out, (&piece{raw: p.raw[at:end], plus: p.plus, plain: p.plain}).text())
		at = end + n
	}
	return out, len(out) > 0
}

// octet is the byte at an offset of the value, and how many it takes.
func (p *piece) octet(at int) (c byte, n int) {
	if p.plain {
		return p.raw[at], 1
	}
	return percent.Octet(p.raw[at:], p.plus)
}

// maxBrackets bounds how deep a name may nest: nobody writes such names by
// hand, and each level is walked.
const maxBrackets = 16

// nextCookie takes the first pair off a Cookie field (RFC 6265, section 4.2.1).
func nextCookie(rest string, at int) (pair piece, after string, afterAt int) {
	end := strings.IndexByte(rest, ';')
	if end < 0 {
		end, after, afterAt = len(rest), "", at+len(rest)
	} else {
		after, afterAt = rest[end+1:], at+end+1
	}
	text := rest[:end]
	trimmed := strings.TrimLeft(text, " \t")
	at += len(text) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " \t")
	pair = piece{key: trimmed, keyAt: at, at: at + len(trimmed)}
	if eq := strings.IndexByte(trimmed, '='); eq >= 0 {
		pair.key, pair.raw, pair.at = trimmed[:eq], trimmed[eq+1:], at+eq+1
	}
	if n := len(pair.raw); n >= 2 && pair.raw[0] == '"' && pair.raw[n-1] == '"' {
		pair.raw, pair.at = pair.raw[1:n-1], pair.at+1
	}
	return pair, after, afterAt
}
