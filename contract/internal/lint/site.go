package lint

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// role is what part of a description a node is.
type role uint8

const (
	document role = iota
	pathItem
	operation
	parameter
	header
	body
	response
	media
	encoding
	schemaOf
	example
	link
	securityScheme
	security // one list of requirements
	server
	reference // any $ref but those of schemas
	roles
)

// A site is one part of a description, where it stands.
type site struct {
	role   role
	node   *yaml.Node
	parent *site
	name   string   // the key that it stands under
	at     yaml.Pos // of that key
	steps  []string // from the parent's node
	base   string   // JSON Pointer of a node that a reference led to; parent is then the one that refers
	dir    schema.Direction
}

// pointer is the JSON Pointer of the site, or of something below it.
func (s *site) pointer(below ...string) string {
	var all []string
	base := ""
	for p := s; p != nil; p = p.parent {
		if p.base != "" {
			base = p.base
			break
		}
		all = append(p.steps[:len(p.steps):len(p.steps)], all...)
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(base, "/"))
	for _, token := range append(all, below...) {
		b.WriteByte('/')
		b.WriteString(faultline.EscapePointer(token))
	}
	return b.String()
}

// member is the member of a node with its place; nil if there is none.
func member(n *yaml.Node, key string) *yaml.Member {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Key == key {
			return &n.Members[i]
		}
	}
	return nil
}

// keyAt is where a key stands, or the node itself.
func keyAt(n *yaml.Node, key string) yaml.Pos {
	if m := member(n, key); m != nil {
		return m.Pos
	}
	return n.Pos
}

func text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.String {
		return ""
	}
	return n.Text
}

func isTrue(n *yaml.Node) bool { return n != nil && n.Kind == yaml.Bool && n.Text == "true" }

func isObject(n *yaml.Node) bool { return n != nil && n.Kind == yaml.Object }

// refOf is the text of a $ref, or empty.
func refOf(n *yaml.Node) string { return text(n.Get("$ref")) }

// within is the nearest site around, itself included, in a role.
func (s *site) within(r role) *site {
	for p := s; p != nil; p = p.parent {
		if p.role == r {
			return p
		}
	}
	return nil
}
