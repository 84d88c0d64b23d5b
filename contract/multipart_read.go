package contract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// A partReader puts the JSON value together that a multipart body stands for.
type partReader struct {
	c     *Contract
	m     *media
	s     *scratch
	a     *assembly
	parts []formPart
	at    map[int]*formPart // by where the data begins
	items []int             // where the items of a list begin in the assembly, and where the last ends

	faults []partFault // what the value does not show
}

// A partFault is something about a part that its value does not show.
type partFault struct {
	part    *formPart
	pointer string
	encoding
	id     schema.ID
	reason partReason
}

type partReason uint8

const (
	partNameless partReason = iota
	partType
	partHeader
	partSyntax
	partLength
)

// positional reports whether the parts are items of a list and not members of an
// object (OpenAPI 3.2.0, section 4.14.7.2).
func (m *media) positional() bool {
	return m.item != schema.None || m.types&schema.ArrayType != 0 && m.types&schema.ObjectType == 0
}

// encoding is what the contract says of the part at a position.
func (m *media) encoding(i int) encoding {
	switch {
	case i < len(m.prefix):
		return m.prefix[i]
	case m.rest != nil:
		return *m.rest
	}
	return encoding{}
}

// readParts puts the parts together: by name, or by position.
func (c *Contract) readParts(m *media, parts []formPart, s *scratch) *partReader {
	r := &partReader{c: c, m: m, s: s, a: &s.value, parts: parts}
	r.a.reset(r.a.keep)
	if m.positional() {
		r.list()
	} else {
		r.object()
	}
	return r
}

// list appends the parts as items.
func (r *partReader) list() {
	prefix := []schema.ID(nil)
	item := r.m.item
	if r.m.id != schema.None {
		prefix = r.c.program.Prefix(r.m.id)
		if item == schema.None {
			item = itemsOf(r.c.program, r.m.id)
		}
	}
	r.a.json = append(r.a.json, '[')
	for i := range r.parts {
		r.a.item()
		r.items = append(r.items, len(r.a.json))
		id := item
		if i < len(prefix) {
			id = prefix[i]
		}
		e := r.m.encoding(i)
		r.value(id, &e, &r.parts[i], i)
	}
	r.items = append(r.items, len(r.a.json)+1) // as if a comma followed
	r.a.json = append(r.a.json, ']')
}

// object appends the parts as members.
func (r *partReader) object() {
	root := r.s.nursery.root()
	r.at = map[int]*formPart{}
	for i := range r.parts {
		p := &r.parts[i]
		if !p.hasName {
			r.faults = append(r.faults, partFault{part: p, reason: partNameless})
			continue
		}
		r.at[p.at] = p
		name := strings.ToValidUTF8(p.name, "\uFFFD")
		if name == "_charset_" { // RFC 7578, section 4.6: it speaks of the others
			if _, declared := r.c.property(r.m.id, name); !declared {
				continue
			}
		}
		r.c.addPart(r.m, root, name, piece{key: name, keyAt: p.nameAt, raw: string(p.data), at: p.at, plain: true})
	}
	r.a.json = append(r.a.json, '{')
	for _, field := range root.children {
		r.a.key(field.key, field.start, field.end)
		r.field(memberOf(r.c.program, r.m.id, field.key), field)
	}
	r.a.json = append(r.a.json, '}')
}

// addPart puts a part where its name says. Unlike a urlencoded name it is not
// encoded.
func (c *Contract) addPart(m *media, root *branch, name string, v piece) {
	if _, declared := c.property(m.id, name); declared {
		root.grow([]string{name}, v)
		return
	}
	if open := strings.IndexByte(name, '['); open > 0 {
		if keys, ok := (&piece{raw: name[open:], plain: true}).keys([]string{name[:open]}); ok {
			root.grow(keys, v)
			return
		}
	}
	root.grow([]string{name}, v)
}

// field appends the parts of one name: several are a list, if the schema takes
// one.
func (r *partReader) field(id schema.ID, field *branch) {
	types := typesOf(r.c.program, id)
	e := r.m.fields[field.key]
	if len(field.children) > 0 || len(field.values) == 0 {
		field.write(r.a, r.c.program, id)
		return
	}
	first := r.at[field.values[0].at]
	if len(field.values) == 1 && types&schema.ArrayType != 0 && bytes.HasPrefix(bytes.TrimSpace(first.data), []byte("[")) && r.isJSON(id, &e, first) {
		r.value(id, &e, first, -1)
		return
	}
	if len(field.values) == 1 && (types&schema.ArrayType == 0 || types&scalarTypes != 0) {
		r.value(id, &e, first, -1)
		return
	}
	r.a.json = append(r.a.json, '[')
	for i := range field.values {
		r.a.item()
		r.value(itemsOf(r.c.program, id), &e, r.at[field.values[i].at], i)
	}
	r.a.json = append(r.a.json, ']')
}

// value appends the value of one part; index is its number in a list, or -1.
func (r *partReader) value(id schema.ID, e *encoding, p *formPart, index int) {
	r.check(id, e, p, index)
	types := typesOf(r.c.program, id)
	switch {
	case r.isJSON(id, e, p):
		r.a.splice(p.data, p.at)
	case p.isFile() && types&schema.StringType != 0 && r.placeholder(id, p):
	case !utf8.Valid(p.data):
		r.bytes(p)
	default:
		r.a.value(r.c.program, id, &piece{raw: string(p.data), at: p.at, plain: true})
	}
}

// check notes what is wrong with the head of a part, and with what is no JSON
// though it says so.
func (r *partReader) check(id schema.ID, e *encoding, p *formPart, index int) {
	fault := partFault{part: p, encoding: *e, id: id, pointer: pointerOfPart(r.m, p, index)}
	add := func(reason partReason) {
		fault.reason = reason
		r.faults = append(r.faults, fault)
	}
	if p.contentType != "" && !e.takes(p.contentType) {
		add(partType)
	}
	for i := range e.headers {
		if !r.c.validPartHeader(&e.headers[i], p) {
			add(partHeader)
			break
		}
	}
	types := typesOf(r.c.program, id)
	if types&(schema.ObjectType|schema.ArrayType) != 0 && types&scalarTypes&^schema.NullType == 0 &&
		isJSON(mediaTypeOf(p.contentType)) && !r.c.program.Valid(r.c.anything, p.data) {
		add(partSyntax)
	}
	if p.isFile() && id != schema.None && types&schema.StringType != 0 && !keepsLength(r.c.program, id, len(p.data)) {
		add(partLength)
	}
}

func keepsLength(prog *schema.Program, id schema.ID, length int) bool {
	least, most := prog.Length(id)
	return length >= least && (most < 0 || length <= most)
}

func (c *Contract) validPartHeader(q *parameter, p *formPart) bool {
	s := scratches.Get().(*scratch)
	defer s.release()
	op := Operation{contract: c}
	return op.validParam(q, p.header(q.name), s)
}

// isFile reports whether the part is a file or no text.
func (p *formPart) isFile() bool {
	return p.hasFile || len(p.data) > maxPartText || !utf8.Valid(p.data)
}

// placeholder appends a text for a file, whose bytes no schema but the bounds of
// its length speak of. One that speaks of more is held against the bytes, if they
// are a text.
func (r *partReader) placeholder(id schema.ID, p *formPart) bool {
	least, most := 0, -1
	if id != schema.None {
		least, most = r.c.program.Length(id)
	}
	length := max(least, len("file"))
	if most >= 0 {
		length = min(length, most)
	}
	if length > maxPartText {
		return false
	}
	from := len(r.a.json)
	r.a.json = append(r.a.json, '"')
	for range length {
		r.a.json = append(r.a.json, 'f')
	}
	r.a.json = append(r.a.json, '"')
	if id != schema.None && utf8.Valid(p.data) && !r.c.program.Valid(id, r.a.json[from:]) {
		r.a.json = r.a.json[:from]
		return false
	}
	r.a.mark(from, p.at, p.at+len(p.data), false)
	return true
}

// bytes appends a text for bytes that are none.
func (r *partReader) bytes(p *formPart) {
	from := len(r.a.json)
	r.a.json = append(r.a.json, `"file"`...)
	r.a.mark(from, p.at, p.at+len(p.data), false)
}

// isJSON reports whether a part is well-formed JSON and meant as such: by its own
// type, by the contract's encoding, or since its schema is an object (OpenAPI
// 3.1.1, section 4.8.15.1.1).
func (r *partReader) isJSON(id schema.ID, e *encoding, p *formPart) bool {
	if p == nil || len(p.data) > maxPartText {
		return false
	}
	types := typesOf(r.c.program, id)
	meant := isJSON(mediaTypeOf(p.contentType)) || p.contentType == "" && e.says(isJSON) ||
		types&(schema.ObjectType|schema.ArrayType) != 0 && types&schema.StringType == 0
	return meant && r.c.program.Valid(r.c.anything, p.data)
}
