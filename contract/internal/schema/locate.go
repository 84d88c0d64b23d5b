package schema

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Map tells where in the documents of a Builder a rule stands. It holds the
// documents, which a Program does not.
type Map struct {
	lib     *library
	origins []origin // by ID
}

// An origin is the text that a form was made of, and how it was read.
type origin struct {
	node *yaml.Node
	mode mode
}

// Map returns the map of what was added. It does not change after Finish.
func (b *Builder) Map() *Map { return &Map{lib: b.lib, origins: b.origins} }

// Locate gives the place of a rule as a JSON Pointer from the root of its
// document, and as a URI by the address of the resource around it.
func (m *Map) Locate(rule Rule) (pointer, uri string) {
	res := m.lib.addresses[rule.Schema.File]
	if res == nil {
		return "", ""
	}
	way := descent{lib: m.lib, at: rule.Schema, res: res}
	if !way.find(res.document) {
		return "", ""
	}
	if rule.Keyword != "" {
		way.down(rule.Keyword)
	}
	return string(way.steps), way.res.locate(string(way.steps[way.inner:]))
}

// locate is the URI of a place in the resource. An address that is no absolute
// URI was made up by us: then the fragment alone is the reference.
func (res *resource) locate(pointer string) string {
	fragment := "#" + escapeFragment(pointer)
	if u, err := url.Parse(res.uri); err != nil || !u.IsAbs() {
		return fragment
	}
	return strings.TrimSuffix(res.uri, "#") + fragment
}

// escapeFragment is RFC 3986, section 3.5. Most pointers are of characters that
// need no escape.
func escapeFragment(s string) string {
	for i := range len(s) {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', c == '/', c == '-', c == '_', c == '.', c == '~', c == '$':
		default:
			return (&url.URL{Fragment: s}).EscapedFragment()
		}
	}
	return s
}

// A descent goes from the root of a document to the schema at a place. Values
// stand in the order of the document, so that one way is enough.
type descent struct {
	lib   *library
	at    yaml.Pos
	res   *resource
	steps []byte // a JSON Pointer from the root
	inner int    // where the pointer from the root of the resource begins in it
}

func (d *descent) find(n *yaml.Node) bool {
	for n != nil {
		if res := d.lib.inner[n]; res != nil && res.owner == nil {
			d.res, d.inner = res, len(d.steps)
		}
		if n.Pos == d.at && n.Kind != yaml.Array {
			return true
		}
		next, step := d.next(n)
		if next != nil {
			d.down(step)
		}
		n = next
	}
	return false
}

func (d *descent) down(step string) {
	if d.steps == nil {
		d.steps = make([]byte, 0, 128)
	}
	d.steps = append(append(d.steps, '/'), faultline.EscapePointer(step)...)
}

// next is the last part of a value that begins at the place or before it.
func (d *descent) next(n *yaml.Node) (next *yaml.Node, step string) {
	for i := range n.Members {
		if m := &n.Members[i]; !before(d.at, m.Value.Pos) {
			next, step = m.Value, m.Key
		}
	}
	for i, item := range n.Items {
		if !before(d.at, item.Pos) {
			next, step = item, strconv.Itoa(i)
		}
	}
	return next, step
}

func before(a, b yaml.Pos) bool { return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column }
