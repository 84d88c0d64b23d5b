package contract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// reading is one way to read the pieces of a parameter.
type reading uint8

const (
	asScalar  reading = iota
	asRaw             // a scalar whose plus signs, or escapes in a header, stand for themselves
	asJoined          // fields of a header as one, with commas
	asArray           // an empty text is an array without items
	asOneText         // an empty text is an array of one empty text
	asObject
	asContent
)

// maxReadings is how many readings one value can have.
const maxReadings = 6

// readings are the ways that the schema's types allow, the likeliest first.
func (q *parameter) readings(pieces []piece, out []reading) []reading {
	if q.style == content {
		return append(out, asContent)
	}
	scalar := q.types&scalarTypes != 0
	if q.style == deepObject {
		return q.deepReadings(pieces, out)
	}
	if scalar && len(pieces) == 1 {
		out = append(out, asScalar)
		if q.hasOtherText(pieces[0].raw) {
			out = append(out, asRaw)
		}
	}
	if q.types&schema.ArrayType != 0 {
		out = append(out, asArray)
		if !q.explode && len(pieces) == 1 && pieces[0].raw == "" {
			out = append(out, asOneText)
		}
	}
	if q.types&schema.ObjectType != 0 {
		out = append(out, asObject)
	}
	if scalar && len(pieces) != 1 {
		if q.in == faultline.InHeader {
			out = append(out, asJoined)
		}
		out = append(out, asScalar)
	}
	return out
}

// hasOtherText reports whether a text can be meant in a second way. A plus is a
// space to those who read forms and a plus to those who read URIs: where
// allowReserved lets a client write it raw, either is right (OpenAPI 3.1.1,
// appendix E). A header is not encoded by HTTP, but may be by the style simple,
// which is RFC 6570.
func (q *parameter) hasOtherText(raw string) bool {
	switch q.in {
	case faultline.InQuery:
		return q.allowReserved && strings.IndexByte(raw, '+') >= 0
	case faultline.InHeader:
		return strings.IndexByte(raw, '%') >= 0
	}
	return false
}

// deepReadings are those of deepObject. A filter is often either one value or
// an object: created=5, created[gte]=5; and a list is written l=1&l=2 as well
// as l[]=1&l[]=2.
func (q *parameter) deepReadings(pieces []piece, out []reading) []reading {
	if !sameName(pieces[0].key, q.name) {
		return append(out, asObject)
	}
	switch {
	case q.types&schema.ArrayType != 0 && len(pieces) > 1:
		return append(out, asArray)
	case q.types&scalarTypes != 0 && len(pieces) == 1:
		return append(out, asScalar)
	case q.types&schema.ArrayType != 0:
		return append(out, asArray)
	}
	return append(out, asObject)
}

// A read is what reading a parameter one way came to.
type read struct {
	text    []byte // of a scalar; the scratch's own
	from    piece  // of a scalar: where the text stands
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
		return op.readContent(q, pieces, s)
	case asArray, asOneText:
		return op.readArray(q, how, pieces, s)
	case asObject:
		return op.readObject(q, pieces, s)
	case asJoined:
		return readJoined(q, pieces, s)
	}
	if len(pieces) != 1 {
		return read{wrong: true}
	}
	from, ok := unstyled(q, pieces[0])
	if how == asRaw {
		from.plus, from.plain = false, false
	}
	return readText(q, from, ok, s)
}

func readText(q *parameter, from piece, ok bool, s *scratch) read {
	s.text = from.append(s.text[:0])
	return read{text: s.text, from: from, scalar: true, wrong: !ok, plain: q.id == schema.None, notUTF8: !utf8.Valid(s.text)}
}

// readJoined reads several fields of a header as one (RFC 9110, section 5.3).
func readJoined(q *parameter, pieces []piece, s *scratch) read {
	s.text = s.text[:0]
	for i := range pieces {
		if i > 0 {
			s.text = append(s.text, ", "...)
		}
		s.text = append(s.text, pieces[i].raw...)
	}
	return read{text: s.text, from: pieces[0], scalar: true, wrong: q.types&schema.StringType == 0, plain: q.id == schema.None, notUTF8: !utf8.Valid(s.text)}
}

// readContent reads a value that is in a media type of its own.
func (op *Operation) readContent(q *parameter, pieces []piece, s *scratch) read {
	if len(pieces) != 1 {
		return read{wrong: true}
	}
	switch q.how {
	case asForm:
		op.readFormContent(q, pieces[0], s)
		return read{notUTF8: s.value.bad}
	case opaque:
		return readText(q, pieces[0], true, s)
	}
	s.value.spliceText(&pieces[0])
	return read{}
}

// readFormContent reads pairs: of the whole query, or of a value in which they
// are encoded once more.
func (op *Operation) readFormContent(q *parameter, p piece, s *scratch) {
	if p.raw == "" || p.plain {
		op.contract.readForm(q.content, p.raw, s)
		s.value.shift(p.at)
		return
	}
	op.contract.readForm(q.content, p.text(), s)
	s.value.gather(p.at, p.end())
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
		n, ok := namePrefix(rest, q.name)
		switch {
		case ok && n == len(rest):
			return p.from(len(p.raw)), true
		case ok && rest[n] == '=':
			return p.from(2 + n), true
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

func (op *Operation) readArray(q *parameter, how reading, pieces []piece, s *scratch) read {
	prog := op.contract.program
	items := itemsOf(prog, q.id)
	list, ok := q.split(pieces, s)
	if !ok {
		return read{wrong: true}
	}
	if how == asOneText {
		list = pieces
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
	if q.spreads() {
		root := s.nursery.root()
		for i := range pieces {
			root.grow([]string{pieces[i].name()}, pieces[i])
		}
		root.writeObject(&s.value, prog, q.id)
		return read{plain: q.id == schema.None, notUTF8: s.value.bad}
	}
	members, ok := q.members(pieces, s)
	if !ok {
		return read{wrong: true}
	}
	s.value.json = append(s.value.json, '{')
	for i := range members {
		m := &members[i]
		name := m.name()
		s.value.key(name, m.keyAt, m.keyAt+len(m.key))
		s.value.value(prog, memberOf(prog, q.id, name), m)
	}
	s.value.json = append(s.value.json, '}')
	return read{plain: q.id == schema.None, notUTF8: s.value.bad}
}

func (op *Operation) readDeep(q *parameter, pieces []piece, s *scratch) read {
	root := s.nursery.root()
	for i := range pieces {
		inner, _ := bracketed(pieces[i].key, q.name)
		keys, ok := (&piece{raw: inner, plus: true}).keys(s.keys[:0])
		s.keys = keys
		if !ok {
			return read{wrong: true}
		}
		root.grow(keys, pieces[i])
	}
	if q.types&schema.ArrayType != 0 && root.indexed() {
		root.writeList(&s.value, op.contract.program, itemsOf(op.contract.program, q.id))
	} else {
		root.writeObject(&s.value, op.contract.program, q.id)
	}
	return read{plain: q.id == schema.None, notUTF8: s.value.bad}
}

// name is the piece's key without percent-encoding.
func (p *piece) name() string {
	text := (&piece{raw: p.key, plus: p.plus, plain: p.plain}).text()
	if !utf8.ValidString(text) {
		return string(bytes.ToValidUTF8([]byte(text), []byte("\uFFFD")))
	}
	return text
}
