package yaml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// parseJSON reads a JSON document (RFC 8259) and keeps the place of every
// value. Texts without escapes are slices of one copy of the document.
func parseJSON(name string, raw []byte, limits Limits) (*Node, error) {
	p := &jsonParser{text: string(raw), line: 1, file: name, limits: limits}
	root, err := p.document()
	if err != nil {
		return nil, err
	}
	return root, nil
}

type jsonParser struct {
	text   string
	file   string
	limits Limits
	pos    int

	// The place of text[mark] as people count, moved forward as positions are
	// asked for: a document on one line costs one pass, not one for each value.
	mark, line, column int

	depth, count int
	slab         []Node
}

func (p *jsonParser) document() (*Node, error) {
	p.space()
	root, err := p.value()
	if err != nil {
		return nil, err
	}
	p.space()
	if p.pos < len(p.text) {
		return nil, p.fail("text after the end of the document", "")
	}
	return root, nil
}

func (p *jsonParser) value() (*Node, error) {
	if p.pos >= len(p.text) {
		return nil, p.fail("the document ends where a value is expected", "")
	}
	node, err := p.node()
	if err != nil {
		return nil, err
	}
	switch c := p.text[p.pos]; {
	case c == '{':
		return node, p.nested(node, p.object)
	case c == '[':
		return node, p.nested(node, p.array)
	case c == '"':
		node.Kind = String
		node.Text, err = p.str()
		return node, err
	case c == '-' || c >= '0' && c <= '9':
		node.Kind = Number
		node.Text, err = p.number()
		return node, err
	}
	return node, p.literal(node)
}

// node takes the next node from a slab: one allocation for many values.
func (p *jsonParser) node() (*Node, error) {
	p.count++
	if p.count > p.limits.Nodes {
		return nil, p.fail(fmt.Sprintf("the document has more than %d values", p.limits.Nodes), "split the description into several files")
	}
	if len(p.slab) == 0 {
		p.slab = make([]Node, 256)
	}
	node := &p.slab[0]
	p.slab = p.slab[1:]
	node.Pos = p.here()
	return node, nil
}

func (p *jsonParser) nested(node *Node, read func(*Node) error) error {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > p.limits.Depth {
		return p.fail(fmt.Sprintf("values are nested more than %d deep", p.limits.Depth), "")
	}
	p.pos++
	return read(node)
}

func (p *jsonParser) object(node *Node) error {
	node.Kind = Object
	seen := keySet{}
	p.space()
	if p.accept('}') {
		return nil
	}
	for {
		p.space()
		if p.pos >= len(p.text) || p.text[p.pos] != '"' {
			return p.expected("a member name in double quotes")
		}
		member := Member{Pos: p.here()}
		key, err := p.str()
		if err != nil {
			return err
		}
		member.Key = key
		if err := seen.add(node, &member); err != nil {
			return err
		}
		p.space()
		if !p.accept(':') {
			return p.expected("`:`")
		}
		p.space()
		if member.Value, err = p.value(); err != nil {
			return err
		}
		node.Members = append(node.Members, member)
		p.space()
		if p.accept(',') {
			continue
		}
		if p.accept('}') {
			node.close()
			return nil
		}
		return p.expected("`,` or `}`")
	}
}

func (p *jsonParser) array(node *Node) error {
	node.Kind = Array
	p.space()
	if p.accept(']') {
		return nil
	}
	for {
		p.space()
		item, err := p.value()
		if err != nil {
			return err
		}
		node.Items = append(node.Items, item)
		p.space()
		if p.accept(',') {
			continue
		}
		if p.accept(']') {
			return nil
		}
		return p.expected("`,` or `]`")
	}
}

func (p *jsonParser) literal(node *Node) error {
	for _, word := range [...]struct {
		text string
		kind Kind
	}{{"null", Null}, {"true", Bool}, {"false", Bool}} {
		if strings.HasPrefix(p.text[p.pos:], word.text) {
			node.Kind = word.kind
			if word.kind == Bool {
				node.Text = word.text
			}
			p.pos += len(word.text)
			return nil
		}
	}
	return p.expected("a value")
}

// number reads a number as RFC 8259, section 6, writes it.
func (p *jsonParser) number() (string, error) {
	start := p.pos
	p.accept('-')
	if !p.accept('0') && p.digits() == 0 {
		return "", p.expected("a digit")
	}
	if p.accept('.') && p.digits() == 0 {
		return "", p.expected("a digit")
	}
	if p.accept('e') || p.accept('E') {
		if !p.accept('+') {
			p.accept('-')
		}
		if p.digits() == 0 {
			return "", p.expected("a digit")
		}
	}
	return p.text[start:p.pos], nil
}

func (p *jsonParser) digits() int {
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		p.pos++
	}
	return p.pos - start
}

func (p *jsonParser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

func (p *jsonParser) accept(c byte) bool {
	if p.pos < len(p.text) && p.text[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// here is the place of p.pos; positions are asked for from front to back.
func (p *jsonParser) here() Pos {
	if p.pos < p.mark {
		p.mark, p.line, p.column = 0, 1, 0
	}
	between := p.text[p.mark:p.pos]
	if nl := strings.LastIndexByte(between, '\n'); nl >= 0 {
		p.line += strings.Count(between, "\n")
		p.column = utf8.RuneCountInString(between[nl+1:])
	} else {
		p.column += utf8.RuneCountInString(between)
	}
	p.mark = p.pos
	return Pos{File: p.file, Line: p.line, Column: p.column + 1}
}

func (p *jsonParser) fail(msg, remedy string) *Error {
	return &Error{Pos: p.here(), Msg: msg, Remedy: remedy}
}

// expected says what should stand at p.pos, and what does.
func (p *jsonParser) expected(what string) *Error {
	if p.pos >= len(p.text) {
		return p.fail("the document ends where "+what+" is expected", "")
	}
	c, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return p.fail(fmt.Sprintf("%q where %s is expected", c, what), "")
}
