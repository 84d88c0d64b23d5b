package contract

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/contract/internal/xml"
	"github.com/faultline-http/faultline/internal/tape"
)

// An xmlReader puts the JSON value together that an XML document stands for.
type xmlReader struct {
	c    *Contract
	a    *assembly
	doc  xml.Doc
	same []int32 // by node: the next element of the same member
	head []int32 // by node: the first element of the next member
	room []byte  // text without references
	bad  bool

	faults []xmlFault // what the value cannot show; kept for an explanation
	path   []string   // to what is being read; kept for an explanation
}

// An xmlFault is something about the document that its value does not show.
type xmlFault struct {
	kind                       Kind
	message, want, found, name string
	pointer                    string
	start, end                 int
}

// mostFaults is how many faults of one body are told: each is looked for in what
// the schema says.
const mostFaults = 100

var xmlReaders = sync.Pool{New: func() any { return new(xmlReader) }}

// keptNodes is how large a document may have been to keep its room.
const keptNodes = 1 << 13

func (x *xmlReader) release() {
	x.c, x.a, x.doc.Src, x.faults, x.path = nil, nil, nil, nil, nil
	if cap(x.doc.Nodes) <= keptNodes && cap(x.doc.Attrs) <= keptNodes && cap(x.room) <= maxKept {
		xmlReaders.Put(x)
	}
}

// read puts the value of the document together under a schema.
func (x *xmlReader) read(c *Contract, id schema.ID, a *assembly) {
	x.c, x.a, x.bad, x.faults, x.path = c, a, false, nil, x.path[:0]
	n := len(x.doc.Nodes)
	x.same, x.head = slices.Grow(x.same[:0], n)[:n], slices.Grow(x.head[:0], n)[:n]
	a.reset(a.keep)
	root := &x.doc.Nodes[0]
	shape := c.xml[id]
	if shape == nil {
		return
	}
	if shape.name != "" && string(x.doc.Local(root)) != shape.name && (!isList(shape.types) || c.program.XML(id).Name != "") {
		x.fault(Value, root, "the root element must be `"+shape.name+"`", "`<"+shape.name+">`")
		return
	}
	x.inSpace(root, shape.space)
	x.value(id, 0)
}

// fault notes something that is wrong with an element.
func (x *xmlReader) fault(kind Kind, n *xml.Node, message, want string) {
	x.bad = true
	if !x.a.keep || len(x.faults) >= mostFaults {
		return
	}
	var pointer strings.Builder
	for _, step := range x.path {
		pointer.WriteString("/" + faultline.EscapePointer(step))
	}
	name := string(x.doc.Name(n))
	x.faults = append(x.faults, xmlFault{kind: kind, message: message, want: want, found: "`<" + short(name) + ">`", name: name, pointer: pointer.String(), start: int(n.NameStart), end: int(n.NameEnd)})
}

// inSpace holds an element to its namespace. A schema that names none takes any:
// a document may have a default one (Namespaces in XML 1.0, section 6.2).
func (x *xmlReader) inSpace(n *xml.Node, space string) {
	if space != "" && string(x.doc.Space(n)) != space {
		x.fault(Value, n, "`"+short(string(x.doc.Name(n)))+"` must be in the namespace `"+space+"`", "the namespace `"+space+"`")
	}
}

func (x *xmlReader) push(step string) {
	if x.a.keep {
		x.path = append(x.path, step)
	}
}

func (x *xmlReader) pop() {
	if x.a.keep {
		x.path = x.path[:len(x.path)-1]
	}
}

// value appends the value of an element.
func (x *xmlReader) value(id schema.ID, n int32) {
	node := &x.doc.Nodes[n]
	shape := x.c.xml[id]
	elements, text := x.content(node)
	switch {
	case x.isNil(node):
		x.bare("null", node)
	case shape == nil:
		x.bare("{}", node)
	case isList(shape.types) && (elements || !text):
		x.array(shape, n, shape.item, shape.items)
	case shape.types&schema.ObjectType != 0 && x.isObject(shape, node, elements, text):
		x.object(id, shape, n)
	case elements:
		x.bare("{}", node)
	default:
		x.scalar(id, shape.types, node)
	}
}

// content reports whether an element has elements and whether it has text that
// is more than white space.
func (x *xmlReader) content(node *xml.Node) (elements, text bool) {
	for i := node.First; i >= 0; i = x.doc.Nodes[i].Next {
		child := &x.doc.Nodes[i]
		switch {
		case child.Kind == xml.Element:
			elements = true
		case !x.doc.Blank(child):
			text = true
		}
	}
	return elements, text
}

// isObject tells an object from a text, where the schema takes both.
func (x *xmlReader) isObject(shape *xmlShape, node *xml.Node, elements, text bool) bool {
	switch {
	case elements || shape.text >= 0 || node.AttrsEnd > 0 && len(shape.attrs) > 0:
		return true
	case text:
		return false
	}
	return shape.types&(scalarTypes&^schema.NullType) == 0 || len(shape.members) > 0
}

// isNil reports whether the element says that it is null (XML Schema part 1,
// section 2.6.2). The examples of OpenAPI 3.2 leave the declaration of the prefix
// out.
func (x *xmlReader) isNil(node *xml.Node) bool {
	for i := node.Attrs; i < node.AttrsEnd; i++ {
		a := &x.doc.Attrs[i]
		if string(x.doc.AttrName(a)) != "xsi:nil" && !(x.isInstance(a) && bytes.HasSuffix(x.doc.AttrName(a), []byte(":nil"))) {
			continue
		}
		value := string(x.doc.Src[a.Start:a.End])
		return value == "true" || value == "1"
	}
	return false
}

const instanceSpace = "http://www.w3.org/2001/XMLSchema-instance"

func (x *xmlReader) isInstance(a *xml.Attr) bool { return string(x.doc.AttrSpace(a)) == instanceSpace }

// types are the types of a schema, worked out before.
func (x *xmlReader) types(id schema.ID) schema.Types {
	if shape := x.c.xml[id]; shape != nil {
		return shape.types
	}
	return typesOf(x.c.program, id)
}

// bare appends a value that stands for the whole element.
func (x *xmlReader) bare(json string, node *xml.Node) {
	from := len(x.a.json)
	x.a.json = append(x.a.json, json...)
	x.a.mark(from, int(node.Start), int(node.End), false)
}

// scalar appends the text of an element as the value that it stands for.
func (x *xmlReader) scalar(id schema.ID, types schema.Types, node *xml.Node) {
	x.room = x.room[:0]
	start, end := node.Start, node.End
	first := true
	for i := node.First; i >= 0; i = x.doc.Nodes[i].Next {
		if run := &x.doc.Nodes[i]; run.Kind == xml.Text {
			x.room = x.doc.AppendText(x.room, run)
			if first {
				start, first = run.Start, false
			}
			end = run.End
		}
	}
	x.typed(id, types, x.room, int(start), int(end))
}

// typed appends a text as the value that it stands for. White space around what
// is no string means nothing (XML Schema part 2, section 4.3.6).
func (x *xmlReader) typed(id schema.ID, types schema.Types, text []byte, start, end int) {
	if types&schema.StringType == 0 {
		source := x.doc.Src[start:end]
		text = bytes.TrimSpace(text)
		start += len(source) - len(bytes.TrimLeft(source, " \t\r\n"))
		end = max(start, end-(len(source)-len(bytes.TrimRight(source, " \t\r\n"))))
	}
	from := len(x.a.json)
	if id == schema.None {
		x.a.json = tape.AppendQuoted(x.a.json, text)
	} else {
		x.a.json = x.c.program.AppendJSON(x.a.json, id, text)
	}
	x.a.mark(from, start, end, false)
}

// array appends the elements of a list as items. names are those that they may
// have.
func (x *xmlReader) array(shape *xmlShape, n int32, item schema.ID, names []string) {
	node := &x.doc.Nodes[n]
	x.bare("[", node)
	count := 0
	for i := node.First; i >= 0; i = x.doc.Nodes[i].Next {
		child := &x.doc.Nodes[i]
		if child.Kind == xml.Text && (x.doc.Blank(child) || len(shape.prefix) == 0) {
			continue
		}
		id, allowed := item, names
		if count < len(shape.prefix) {
			id, allowed = shape.prefix[count], nil
			if s := x.c.xml[id]; s != nil && s.name != "" {
				allowed = []string{s.name}
			}
		}
		x.a.item()
		x.push(strconv.Itoa(count))
		x.item(id, i, allowed)
		x.pop()
		count++
	}
	x.a.json = append(x.a.json, ']')
}

func (x *xmlReader) item(id schema.ID, n int32, names []string) {
	child := &x.doc.Nodes[n]
	if child.Kind == xml.Text {
		x.room = x.doc.AppendText(x.room[:0], child)
		x.typed(id, x.types(id), x.room, int(child.Start), int(child.End))
		return
	}
	if len(names) > 0 && !slices.Contains(names, view(x.doc.Local(child))) {
		x.fault(Unknown, child, "`"+short(string(x.doc.Name(child)))+"` is no item of the list", "`<"+names[0]+">`")
	}
	x.value(id, n)
}
