package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// split returns the items of an array in the parameter's style.
func (q *parameter) split(pieces []piece, s *scratch) ([]piece, bool) {
	list, ok := q.splitInto(s.items[:0], pieces, s)
	s.items = list[:0]
	return list, ok
}

func (q *parameter) splitInto(out, pieces []piece, s *scratch) ([]piece, bool) {
	switch {
	case q.in == faultline.InHeader:
		for i := range pieces {
			out = cut(pieces[i], q.delimiter(""), true, out)
		}
		return dropEmpty(out), true
	case q.style == matrix:
		return q.splitMatrix(pieces, out, s)
	case q.explode && q.repeats() || q.style == deepObject:
		return append(out, pieces...), true
	}
	if len(pieces) != 1 {
		return out, false
	}
	p, ok := unstyled(q, pieces[0])
	if !ok {
		return out, false
	}
	return dropEmpty(cut(p, q.delimiter(p.raw), false, out)), true
}

// repeats reports whether the items of an exploded array have the name each.
func (q *parameter) repeats() bool {
	switch q.style {
	case form, cookie, spaceDelimited, pipeDelimited:
		return true
	}
	return false
}

// dropEmpty makes an empty value an empty list.
func dropEmpty(list []piece) []piece {
	if len(list) == 1 && list[0].raw == "" {
		return list[:0]
	}
	return list
}

// delimiter is what stands between the items of an array.
func (q *parameter) delimiter(raw string) byte {
	switch q.style {
	case spaceDelimited:
		return ' '
	case pipeDelimited:
		return '|'
	case tabDelimited:
		return '\t'
	case label:
		// RFC 6570, section 3.2.5 has a comma here without explode, the tables of
		// OpenAPI before 3.0.4 a dot.
		if q.explode || strings.IndexByte(raw, ',') < 0 {
			return '.'
		}
	}
	return ','
}

// cut splits a value at a delimiter, which may be written raw or
// percent-encoded: many clients encode a whole value, and servers decode before
// they split.
func cut(p piece, delimiter byte, trim bool, out []piece) []piece {
	encoded := p.in(delimiter)
	from := 0
	for i := 0; i <= len(p.raw); {
		c, n := byte(0), 1
		if i < len(p.raw) {
			c, n = p.octet(i)
		}
		if i == len(p.raw) || c == delimiter && (n == 1 || encoded) {
			item := piece{raw: p.raw[from:i], at: p.at + from, plus: p.plus, plain: p.plain, key: p.key, keyAt: p.keyAt}
			if trim {
				item = item.trimmed()
			}
			out = append(out, item)
			from = i + n
		}
		i += n
	}
	return out
}

// trimmed is the piece without white space around it.
func (p piece) trimmed() piece {
	left := strings.TrimLeft(p.raw, " \t")
	p.at += len(p.raw) - len(left)
	p.raw = strings.TrimRight(left, " \t")
	return p
}

// in reports whether only the encoded form of a delimiter occurs: where both
// do, the encoded one belongs to an item.
func (p *piece) in(delimiter byte) bool {
	if delimiter == ' ' {
		return true
	}
	return strings.IndexByte(p.raw, delimiter) < 0
}

// splitMatrix reads ;color=blue,black and, exploded, ;color=blue;color=black.
func (q *parameter) splitMatrix(pieces, out []piece, s *scratch) ([]piece, bool) {
	if len(pieces) != 1 || !strings.HasPrefix(pieces[0].raw, ";") {
		return out, false
	}
	if !q.explode {
		p, ok := unstyled(q, pieces[0])
		return dropEmpty(cut(p, ',', false, out)), ok
	}
	s.parts = cut(pieces[0].from(1), ';', false, s.parts[:0])
	for i := range s.parts {
		raw := s.parts[i].raw
		n, ok := namePrefix(raw, q.name)
		if !ok || n < len(raw) && raw[n] != '=' {
			return out, false
		}
		out = append(out, s.parts[i].from(min(n+1, len(raw))))
	}
	return out, true
}

// members returns the members of an object in the parameter's style, the name
// of each in its key.
func (q *parameter) members(pieces []piece, s *scratch) ([]piece, bool) {
	list, ok := q.membersInto(s.items[:0], pieces, s)
	s.items = list[:0]
	return list, ok
}

func (q *parameter) membersInto(out, pieces []piece, s *scratch) ([]piece, bool) {
	if q.in == faultline.InHeader { // several fields are one list (RFC 9110, section 5.3)
		return q.headerMembers(out, pieces, s)
	}
	if len(pieces) != 1 {
		return out, false
	}
	p := pieces[0]
	if q.explode && q.style != form {
		return q.explodedMembers(p, out, s)
	}
	p, ok := unstyled(q, p)
	if !ok {
		return out, false
	}
	s.parts = dropEmpty(cut(p, q.delimiter(p.raw), false, s.parts[:0]))
	return pairUp(out, s.parts)
}

func (q *parameter) headerMembers(out, pieces []piece, s *scratch) ([]piece, bool) {
	s.parts = s.parts[:0]
	for i := range pieces {
		s.parts = cut(pieces[i], ',', true, s.parts)
	}
	s.parts = dropEmpty(s.parts)
	if q.explode {
		return named(out, s.parts)
	}
	return pairUp(out, s.parts)
}

// pairUp makes members of names and values that follow each other.
func pairUp(out, list []piece) ([]piece, bool) {
	if len(list)%2 != 0 {
		return out, false
	}
	for i := 0; i+1 < len(list); i += 2 {
		v := list[i+1]
		v.key, v.keyAt = list[i].raw, list[i].at
		out = append(out, v)
	}
	return out, true
}

// named makes members of R=100.
func named(out, list []piece) ([]piece, bool) {
	for i := range list {
		eq := strings.IndexByte(list[i].raw, '=')
		if eq < 0 {
			return out, false
		}
		v := list[i].from(eq + 1)
		v.key, v.keyAt = list[i].raw[:eq], list[i].at
		out = append(out, v)
	}
	return out, true
}

// explodedMembers reads R=100,G=200 and its relatives .R=100.G=200 and
// ;R=100;G=200.
func (q *parameter) explodedMembers(p piece, out []piece, s *scratch) ([]piece, bool) {
	delimiter := byte(',')
	switch q.style {
	case label:
		delimiter = '.'
	case matrix:
		delimiter = ';'
	}
	if q.style == label || q.style == matrix {
		if p.raw == "" || p.raw[0] != delimiter {
			return out, false
		}
		p = p.from(1)
	}
	s.parts = dropEmpty(cut(p, delimiter, false, s.parts[:0]))
	return named(out, s.parts)
}
