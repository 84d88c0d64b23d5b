// Package xml reads XML documents of message bodies into a flat list of nodes
// that know their bytes. It is small and bounded: no document type is read and
// no entity is defined by a document, so nothing expands. It checks what makes
// a document well-formed (XML 1.0, section 2.1) as far as bodies need it.
package xml

import "bytes"

// Limits on a document.
const (
	// MaxDepth is how deep elements may nest: as deep as JSON bodies.
	MaxDepth = 256
	// MaxNodes bounds the memory that a document of tiny elements takes.
	MaxNodes = 1 << 20
)

// Kind is what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Element Kind = iota
	Text         // character data, CDATA sections included
)

// A Node is an element or a run of text. Offsets are bytes of the source.
type Node struct {
	Kind   Kind
	Marked bool // Text: more than plain characters: references, CDATA, comments, line ends

	Start, End         int32 // the whole node, tags included
	NameStart, NameEnd int32 // Element: as written, with its prefix
	NS                 Range // the namespace that the element is in; empty if none

	Attrs, AttrsEnd int32 // Element: its attributes in Doc.Attrs
	First, Next     int32 // the first child and the next sibling; -1 if there is none
}

// An Attr is one attribute.
type Attr struct {
	NameStart, NameEnd int32
	Start, End         int32 // of the value, between its quotes
	NS                 Range // of a prefixed name
	Marked             bool  // the value has references or line ends
}

// A Range is some bytes of the source.
type Range struct{ Start, End int32 }

// A Doc is a document that was read. It may be used again for another one.
type Doc struct {
	Src   []byte
	Nodes []Node // in the order of the document; Nodes[0] is the root element
	Attrs []Attr

	open     []frame
	bindings []binding
}

// A frame is an element that is not closed yet.
type frame struct{ node, last, bindings int32 }

// A binding is a namespace declaration that is in scope.
type binding struct{ prefix, uri Range }

// An Error says why a document is not read.
type Error struct {
	Msg, Want, Found string
	Start, End       int

	// Unread is set for a document that may be well-formed and has something
	// that is not read here: it is not to be judged.
	Unread bool
}

func (e *Error) Error() string { return e.Msg }

func (d *Doc) bytes(r Range) []byte { return d.Src[r.Start:r.End] }

// Name is the name of an element as it is written.
func (d *Doc) Name(n *Node) []byte { return d.Src[n.NameStart:n.NameEnd] }

// Local is the name of an element without its prefix.
func (d *Doc) Local(n *Node) []byte { return local(d.Name(n)) }

// Space is the namespace of an element as it is written in its declaration.
func (d *Doc) Space(n *Node) []byte { return d.bytes(n.NS) }

// AttrName is the name of an attribute as it is written.
func (d *Doc) AttrName(a *Attr) []byte { return d.Src[a.NameStart:a.NameEnd] }

// AttrSpace is the namespace of an attribute.
func (d *Doc) AttrSpace(a *Attr) []byte { return d.bytes(a.NS) }

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// Declares reports whether an attribute is a namespace declaration.
func (d *Doc) Declares(a *Attr) bool {
	name := d.AttrName(a)
	return bytes.Equal(name, []byte("xmlns")) || bytes.HasPrefix(name, []byte("xmlns:"))
}
