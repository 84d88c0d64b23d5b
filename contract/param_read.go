package contract

import (
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// reading is one way to read the pieces of a parameter.
type reading uint8

const (
	asScalar reading = iota
	asArray
	asObject
	asContent
)

// readings are the ways that the schema's types allow, the likeliest first.
func (q *parameter) readings(pieces []piece, out []reading) []reading {
	if q.style == content {
		return append(out, asContent)
	}
	scalar := q.types&scalarTypes != 0
	if q.style == deepObject {
		// A filter is often either one value or an object: created=5, created[gte]=5.
		if scalar && len(pieces) == 1 && sameName(pieces[0].key, q.name) {
			return append(out, asScalar)
		}
		return append(out, asObject)
	}
	if scalar && len(pieces) == 1 {
		out = append(out, asScalar)
	}
	if q.types&schema.ArrayType != 0 {
		out = append(out, asArray)
	}
	if q.types&schema.ObjectType != 0 {
		out = append(out, asObject)
	}
	if scalar && len(pieces) != 1 {
		out = append(out, asScalar)
	}
	return out
}

// A read is what reading a parameter one way came to.
type read struct {
	text    string // of a scalar
	scalar  bool
	plain   bool // no schema is held against it
	wrong   bool // it cannot be read this way at all
	notUTF8 bool
}

// read reads the pieces of a parameter one way. Arrays and objects are put
// together in s.value.
func (op *Operation) read(q *parameter, how reading, pieces []piece, s *scratch) read {
	s.value.reset(s.value.keep)
	switch how {
	case asContent:
		return readContent(pieces, s)
	case asArray:
		return op.readArray(q, pieces, s)
	case asObject:
		return op.readObject(q, pieces, s)
	}
	if len(pieces) != 1 {
		return read{wrong: true}
	}
	raw, ok := unstyled(q, pieces[0])
	text := raw.text()
	return read{text: text, scalar: true, wrong: !ok, plain: q.id == schema.None, notUTF8: !utf8.ValidString(text)}
}

func readContent(pieces []piece, s *scratch) read {
	if len(pieces) != 1 {
		return read{wrong: true}
	}
	s.value.spliceText(&pieces[0])
	return read{}
}

// unstyled takes off what the styles label and matrix put in front of a value.
func unstyled(q *parameter, p piece) (piece, bool) {
	switch q.style {
	case label:
		if !strings.HasPrefix(p.raw, ".") {
			return p, false
		}
		return p.from(1), true
	case matrix:
		rest, ok := strings.CutPrefix(p.raw, ";")
		if !ok {
			return p, false
		}
		after, ok := strings.CutPrefix(rest, q.name)
		switch {
		case ok && after == "":
			return p.from(len(p.raw)), true
		case ok && after[0] == '=':
			return p.from(2 + len(q.name)), true
		}
		return p, false
	}
	return p, true
}

// from is the piece without its first n bytes.
func (p piece) from(n int) piece {
	p.raw, p.at = p.raw[n:], p.at+n
	return p
}

func (op *Operation) readArray(q *parameter, pieces []piece, s *scratch) read {
	prog := op.contract.program
	items := itemsOf(prog, q.id)
	list, ok := q.split(pieces, s.items[:0])
	s.items = list[:0]
	if !ok {
		return read{wrong: true}
	}
	s.value.json = append(s.value.json, '[')
	for i := range list {
		s.value.item()
		s.value.value(prog, items, &list[i])
	}
	s.value.json = append(s.value.json, ']')
	return read{plain: q.id == schema.None, notUTF8: s.value.bad}
}

func (op *Operation) readObject(q *parameter, pieces []piece, s *scratch) read {
	prog := op.contract.program
	if q.style == deepObject {
		return op.readDeep(q, pieces, s)
	}
	members, ok := q.members(pieces, s.items[:0])
	s.items = members[:0]
	if !ok {
		return read{wrong: true}
	}
	if q.spreads() {
		root := branch{}
		for _, m := range members {
			root.grow([]string{(&piece{raw: m.key, plus: true}).text()}, m)
		}
		root.writeObject(&s.value, prog, q.id)
		return read{plain: q.id == schema.None, notUTF8: s.value.bad}
	}
	s.value.json = append(s.value.json, '{')
	for i := range members {
		m := &members[i]
		name := (&piece{raw: m.key, plus: m.plus}).text()
		s.value.key(strings.ToValidUTF8(name, "\uFFFD"), m.keyAt, m.keyAt+len(m.key))
		s.value.value(prog, memberOf(prog, q.id, name), m)
	}
	s.value.json = append(s.value.json, '}')
	return read{plain: q.id == schema.None, notUTF8: s.value.bad}
}

// members returns the members of an object in the parameter's style, the name
// of each in its key.
func (q *parameter) members(pieces []piece, out []piece) ([]piece, bool) {
	if q.spreads() {
		return append(out, pieces...), true
	}
	if len(pieces) != 1 {
		return out, false
	}
	p := pieces[0]
	if q.explode && q.style != form {
		return q.explodedMembers(p, out)
	}
	p, ok := unstyled(q, p)
	if !ok {
		return out, false
	}
	list := dropEmpty(cut(p, q.delimiter(p.raw), q.in == faultline.InHeader, nil))
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

// explodedMembers reads R=100,G=200 and its relatives .R=100.G=200 and
// ;R=100;G=200.
func (q *parameter) explodedMembers(p piece, out []piece) ([]piece, bool) {
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
	for _, part := range cut(p, delimiter, q.in == faultline.InHeader, nil) {
		eq := strings.IndexByte(part.raw, '=')
		if eq < 0 {
			return out, false
		}
		v := part.from(eq + 1)
		v.key, v.keyAt = part.raw[:eq], part.at
		out = append(out, v)
	}
	return out, true
}

func (op *Operation) readDeep(q *parameter, pieces []piece, s *scratch) read {
	root := branch{}
	for _, p := range pieces {
		inner, _ := bracketed(p.key, q.name)
		keys, ok := brackets(inner)
		if !ok {
			return read{wrong: true}
		}
		root.grow(keys, p)
	}
	if q.types&schema.ArrayType != 0 && root.indexed() {
		root.writeList(&s.value, op.contract.program, itemsOf(op.contract.program, q.id))
	} else {
		root.writeObject(&s.value, op.contract.program, q.id)
	}
	return read{plain: q.id == schema.None, notUTF8: s.value.bad}
}
