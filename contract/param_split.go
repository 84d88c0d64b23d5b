package contract

import (
	"strings"

	"github.com/faultline-http/faultline/contract/internal/percent"

	"github.com/faultline-http/faultline"
)

// split returns the items of an array in the parameter's style.
func (q *parameter) split(pieces []piece, out []piece) ([]piece, bool) {
	switch {
	case q.in == faultline.InHeader:
		for _, p := range pieces {
			out = cut(p, ',', true, out)
		}
		return dropEmpty(out), true
	case q.style == matrix:
		return q.splitMatrix(pieces, out)
	case q.explode && (q.style == form || q.style == spaceDelimited || q.style == pipeDelimited):
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
			c, n = percent.Octet(p.raw[i:], p.plus)
			if p.plain {
				c, n = p.raw[i], 1
			}
		}
		if i == len(p.raw) || c == delimiter && (n == 1 || encoded) {
			item := piece{raw: p.raw[from:i], at: p.at + from, plus: p.plus, plain: p.plain, key: p.key, keyAt: p.keyAt}
			if trim {
				left := strings.TrimLeft(item.raw, " \t")
				item.at += len(item.raw) - len(left)
				item.raw = strings.TrimRight(left, " \t")
			}
			out = append(out, item)
			from = i + n
		}
		i += n
	}
	return out
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
func (q *parameter) splitMatrix(pieces []piece, out []piece) ([]piece, bool) {
	if len(pieces) != 1 || !strings.HasPrefix(pieces[0].raw, ";") {
		return out, false
	}
	if !q.explode {
		p, ok := unstyled(q, pieces[0])
		return dropEmpty(cut(p, ',', false, out)), ok
	}
	for _, part := range cut(pieces[0].from(1), ';', false, nil) {
		rest, ok := strings.CutPrefix(part.raw, q.name+"=")
		if !ok {
			return out, false
		}
		out = append(out, part.from(len(part.raw)-len(rest)))
	}
	return out, true
}
