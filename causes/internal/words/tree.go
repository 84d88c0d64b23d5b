package words

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline/internal/tape"
)

// What an answer may cost to read. An error document is small; what is larger
// is read from its beginning, where servers say what is wrong.
const (
	maxBytes = 64 << 10
	maxNodes = 4096
	maxDepth = 24
)

// shape is the sort of a node.
type shape uint8

const (
	null shape = iota
	boolean
	number
	text
	aList
	object
)

// A Node is a JSON value whose members keep their order.
type Node struct {
	shape shape
	text  string   // of a scalar
	keys  []string // of an object
	kids  []*Node
}

// Parse reads as much of a JSON text as there is: an answer that was cut off
// gives the part before the cut. It returns nil for what is not JSON at all.
func Parse(body []byte) *Node {
	body = bytes.TrimSpace(body)
	if len(body) == 0 || !strings.ContainsRune("{[\"", rune(body[0])) {
		return nil
	}
	if len(body) > maxBytes {
		body = body[:maxBytes]
	}
	if root := wellFormed(body); root != nil {
		return root
	}
	b := builder{dec: json.NewDecoder(bytes.NewReader(body)), left: maxNodes}
	b.dec.UseNumber()
	root, _ := b.value(0)
	return root
}

// wellFormed reads a JSON text that is all there, in a fraction of the time that a decoder takes which
// has to give what stands before a cut. It returns nil if the text is not well formed, or larger than
// answers are.
func wellFormed(body []byte) *Node {
	var t tape.Tape
	if !utf8.Valid(body) || tape.Parse(&t, body, tape.Limits{Depth: maxDepth}) != nil || len(t.Tokens) > maxNodes {
		return nil
	}
	p := planter{tape: &t, text: string(body), nodes: make([]Node, 0, len(t.Tokens))}
	return p.plant(0)
}

// A planter makes nodes of tokens. All nodes stand in one list, and texts without escapes are parts of
// the one text.
type planter struct {
	tape  *tape.Tape
	text  string
	nodes []Node
}

func (p *planter) plant(i int) *Node {
	tok := &p.tape.Tokens[i]
	p.nodes = append(p.nodes, Node{})
	n := &p.nodes[len(p.nodes)-1]
	switch tok.Kind {
	case tape.Null:
		n.shape = null
	case tape.Bool:
		n.shape, n.text = boolean, p.text[tok.Start:tok.End]
	case tape.Number:
		n.shape, n.text = number, p.text[tok.Start:tok.End]
	case tape.String:
		n.shape, n.text = text, p.string(i)
	case tape.Array:
		n.shape, n.kids = aList, make([]*Node, 0, tok.Count)
		for k := i + 1; k < int(tok.Next); k = int(p.tape.Tokens[k].Next) {
			n.kids = append(n.kids, p.plant(k))
		}
	case tape.Object:
		n.shape, n.kids, n.keys = object, make([]*Node, 0, tok.Count), make([]string, 0, tok.Count)
		for k := i + 1; k < int(tok.Next); k = int(p.tape.Tokens[k+1].Next) {
			n.keys = append(n.keys, p.string(k))
			n.kids = append(n.kids, p.plant(k+1))
		}
	}
	return n
}

func (p *planter) string(i int) string {
	if tok := &p.tape.Tokens[i]; !tok.Escaped {
		return p.text[tok.Start+1 : tok.End-1]
	}
	return p.tape.Text(i)
}

type builder struct {
	dec  *json.Decoder
	left int
}

// value returns nil only for a value of which nothing could be read. ok tells
// whether reading may go on.
func (b *builder) value(depth int) (n *Node, ok bool) {
	token, err := b.dec.Token()
	if err != nil || depth > maxDepth || b.left == 0 {
		return nil, false
	}
	b.left--
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return b.object(depth)
		}
		return b.list(depth)
	case string:
		return &Node{shape: text, text: t}, true
	case json.Number:
		return &Node{shape: number, text: t.String()}, true
	case bool:
		if t {
			return &Node{shape: boolean, text: "true"}, true
		}
		return &Node{shape: boolean, text: "false"}, true
	}
	return &Node{shape: null}, true
}

func (b *builder) object(depth int) (*Node, bool) {
	n := &Node{shape: object}
	for b.dec.More() {
		key, err := b.dec.Token()
		name, isName := key.(string)
		if err != nil || !isName {
			return n, false
		}
		kid, ok := b.value(depth + 1)
		if kid != nil {
			n.keys, n.kids = append(n.keys, name), append(n.kids, kid)
		}
		if !ok {
			return n, false
		}
	}
	_, err := b.dec.Token()
	return n, err == nil
}

func (b *builder) list(depth int) (*Node, bool) {
	n := &Node{shape: aList}
	for b.dec.More() {
		kid, ok := b.value(depth + 1)
		if kid != nil {
			n.kids = append(n.kids, kid)
		}
		if !ok {
			return n, false
		}
	}
	_, err := b.dec.Token()
	return n, err == nil
}

// Get returns the member of that name, compared without regard to case, or nil.
func (n *Node) Get(name string) *Node {
	if n == nil || n.shape != object {
		return nil
	}
	for i, k := range n.keys {
		if len(k) == len(name) && strings.EqualFold(k, name) {
			return n.kids[i]
		}
	}
	return nil
}

// Text is the text of a scalar, and "" for anything else.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return n.text
}

// IsNull reports whether the value is absent or null.
func (n *Node) IsNull() bool { return n == nil || n.shape == null }

// empty reports whether the value says nothing: null, "", 0, false, [] or {}.
func (n *Node) empty() bool {
	switch {
	case n.IsNull():
		return true
	case n.shape == aList || n.shape == object:
		return len(n.kids) == 0
	}
	return n.text == "" || n.text == "0" || n.text == "false"
}

// First is the first item of a list, or nil.
func (n *Node) First() *Node {
	if n == nil || n.shape != aList || len(n.kids) == 0 {
		return nil
	}
	return n.kids[0]
}

// Absent reports whether there is no such value; null is one.
func (n *Node) Absent() bool { return n == nil }
