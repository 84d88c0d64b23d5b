package contract

import (
	"bytes"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/contract/internal/xml"
)

// object appends the attributes, elements and text of an element as members.
func (x *xmlReader) object(id schema.ID, shape *xmlShape, n int32) {
	node := &x.doc.Nodes[n]
	x.bare("{", node)
	var seen memberSet
	x.attributes(id, shape, node, &seen)
	first := x.link(shape, node, &seen)
	for i := first; i >= 0; i = x.head[i] {
		x.member(id, shape, i)
	}
	x.texts(id, shape, node)
	x.absent(shape, &seen)
	x.a.json = append(x.a.json, '}')
}

// A memberSet remembers which members of an object were there: those of most
// objects in one word.
type memberSet struct {
	few  uint64
	many map[int32]bool
}

func (s *memberSet) add(i int32) {
	if i < 64 {
		s.few |= 1 << i
		return
	}
	if s.many == nil {
		s.many = map[int32]bool{}
	}
	s.many[i] = true
}

func (s *memberSet) has(i int32) bool {
	if i < 64 {
		return s.few>>i&1 == 1
	}
	return s.many[i]
}

// link chains the elements of the same member, in the order of the document, and
// the first ones of each. Only lists are chained: any other member that comes
// twice is a key that stands twice.
func (x *xmlReader) link(shape *xmlShape, node *xml.Node, seen *memberSet) (first int32) {
	first = -1
	last := int32(-1)
	tails := xmlTails{x: x}
	for i := node.First; i >= 0; i = x.doc.Nodes[i].Next {
		if x.doc.Nodes[i].Kind != xml.Element {
			continue
		}
		x.same[i], x.head[i] = -1, -1
		key := x.memberOf(shape, i)
		if key >= 0 {
			seen.add(key)
		}
		if key < 0 || shape.members[key].list && !shape.members[key].wrapped {
			if tail := tails.of(key, i); tail >= 0 {
				x.same[tail] = i
				continue
			}
		}
		if last < 0 {
			first = i
		} else {
			x.head[last] = i
		}
		last = i
	}
	return first
}

// xmlTails finds the last element of a chain: by member, or by name for elements
// that are no member.
type xmlTails struct {
	x      *xmlReader
	few    [8]struct{ key, first, tail int32 }
	n      int
	byKey  map[int32]int32
	byName map[string]int32
}

// of returns the end of the chain that element i belongs to, and makes i its end;
// -1 if i begins one.
func (t *xmlTails) of(key, i int32) int32 {
	for j := range t.few[:t.n] {
		f := &t.few[j]
		if f.key == key && (key >= 0 || bytes.Equal(t.name(f.first), t.name(i))) {
			tail := f.tail
			f.tail = i
			return tail
		}
	}
	if t.n < len(t.few) {
		t.few[t.n].key, t.few[t.n].first, t.few[t.n].tail = key, i, i
		t.n++
		return -1
	}
	return t.ofMany(key, i)
}

func (t *xmlTails) name(i int32) []byte { return t.x.doc.Local(&t.x.doc.Nodes[i]) }

func (t *xmlTails) ofMany(key, i int32) int32 {
	if t.byKey == nil {
		t.byKey, t.byName = map[int32]int32{}, map[string]int32{}
	}
	tail, known := int32(0), false
	if key >= 0 {
		tail, known = t.byKey[key]
		t.byKey[key] = i
	} else {
		tail, known = t.byName[string(t.name(i))]
		t.byName[string(t.name(i))] = i
	}
	if !known {
		return -1
	}
	return tail
}

// memberOf is the member that an element is, or -1.
func (x *xmlReader) memberOf(shape *xmlShape, i int32) int32 {
	if key, ok := shape.elements[view(x.doc.Local(&x.doc.Nodes[i]))]; ok {
		return key
	}
	return -1
}

// member appends the member that begins with element i.
func (x *xmlReader) member(id schema.ID, shape *xmlShape, i int32) {
	node := &x.doc.Nodes[i]
	key := x.memberOf(shape, i)
	if key < 0 {
		x.unknown(id, i)
		return
	}
	m := &shape.members[key]
	x.a.key(m.name, int(node.NameStart), int(node.NameEnd))
	x.push(m.name)
	x.inSpace(node, m.space)
	switch {
	case !m.list:
		x.value(m.id, i)
	case m.wrapped:
		x.list(m, i)
	default:
		x.chain(m.item, i)
	}
	x.pop()
}

// list appends the array in a wrapping element.
func (x *xmlReader) list(m *xmlMember, i int32) {
	node := &x.doc.Nodes[i]
	if elements, text := x.content(node); x.isNil(node) || text && !elements {
		x.value(m.id, i)
		return
	}
	if shape := x.c.xml[m.id]; shape != nil {
		x.array(shape, i, m.item, m.items)
	}
}

// chain appends elements of the same member as an array.
func (x *xmlReader) chain(item schema.ID, i int32) {
	x.bare("[", &x.doc.Nodes[i])
	for ; i >= 0; i = x.same[i] {
		x.a.item()
		x.value(item, i)
	}
	x.a.json = append(x.a.json, ']')
}

// unknown appends elements that are no declared member. Several of one name are an
// array, unless the schema says nothing about them.
func (x *xmlReader) unknown(id schema.ID, i int32) {
	node := &x.doc.Nodes[i]
	name := string(x.doc.Local(node))
	rest, taken := x.c.program.Property(id, name)
	if taken { // a member that has another name in XML
		name = "<" + name + ">"
		rest = memberOf(x.c.program, id, name)
	}
	x.a.key(name, int(node.NameStart), int(node.NameEnd))
	x.push(name)
	shape := x.c.xml[rest]
	if shape != nil && (x.same[i] >= 0 || isList(shape.types)) {
		if isList(shape.types) {
			rest = shape.item
		}
		x.chain(rest, i)
	} else {
		x.value(rest, i)
	}
	x.pop()
}

// attributes appends the attributes of an element. Declarations of namespaces and
// what belongs to XML itself are no members.
func (x *xmlReader) attributes(id schema.ID, shape *xmlShape, node *xml.Node, seen *memberSet) {
	for i := node.Attrs; i < node.AttrsEnd; i++ {
		a := &x.doc.Attrs[i]
		name := x.doc.AttrName(a)
		if x.doc.Declares(a) || bytes.HasPrefix(name, []byte("xml:")) || bytes.HasPrefix(name, []byte("xsi:")) || x.isInstance(a) {
			continue
		}
		local := name[bytes.IndexByte(name, ':')+1:]
		text := x.doc.AppendValue(x.room[:0], a)
		x.room = text[:0]
		if key, ok := shape.attrs[view(local)]; ok {
			m := &shape.members[key]
			seen.add(key)
			x.a.key(m.name, int(a.NameStart), int(a.NameEnd))
			x.typed(m.id, x.types(m.id), text, int(a.Start), int(a.End))
			continue
		}
		// An element of the same name is another member.
		key := "@" + string(local)
		x.a.key(key, int(a.NameStart), int(a.NameEnd))
		rest := memberOf(x.c.program, id, key)
		x.typed(rest, x.types(rest), text, int(a.Start), int(a.End))
	}
}

// texts appends the text of the element: as the member that it is declared to be,
// else, if there is any, as a member that no schema has.
func (x *xmlReader) texts(id schema.ID, shape *xmlShape, node *xml.Node) {
	x.room = x.room[:0]
	start, end := node.End, node.Start
	for i := node.First; i >= 0; i = x.doc.Nodes[i].Next {
		run := &x.doc.Nodes[i]
		if run.Kind != xml.Text || x.doc.Blank(run) && (shape.text < 0 || node.First != i || run.Next >= 0) {
			continue
		}
		x.room = x.doc.AppendText(x.room, run)
		start, end = min(start, run.Start), max(end, run.End)
	}
	switch {
	case shape.text >= 0:
		m := &shape.members[shape.text]
		if start > end {
			start, end = node.Start, node.End
		}
		x.a.key(m.name, int(start), int(end))
		x.typed(m.id, x.types(m.id), x.room, int(start), int(end))
	case start < end:
		x.a.key("#text", int(start), int(end))
		x.typed(memberOf(x.c.program, id, "#text"), schema.AnyType, x.room, int(start), int(end))
	}
}

// absent appends members that are written as nothing: an attribute that is null
// and an empty list that is not wrapped (OpenAPI 3.2.0, section 4.26.5).
func (x *xmlReader) absent(shape *xmlShape, seen *memberSet) {
	for i := range shape.members {
		m := &shape.members[i]
		switch {
		case !m.required || seen.has(int32(i)):
		case m.list && !m.wrapped && !m.attribute && int32(i) != shape.text:
			x.a.key(m.name, 0, 0)
			x.a.json = append(x.a.json, "[]"...)
		case m.attribute && m.null:
			x.a.key(m.name, 0, 0)
			x.a.json = append(x.a.json, "null"...)
		}
	}
}
