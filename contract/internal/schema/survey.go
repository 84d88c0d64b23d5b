package schema

import (
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A survey walks a document for $id, $anchor, $schema and their like. It looks
// only where schemas stand: the same words inside an enum mean nothing.
type survey struct {
	library   *library
	addressed bool
	parts     []definition
	seen      map[*yaml.Node]*resource
}

// A definition is a schema that only references lead to: one in $defs, or under
// a keyword that has no effect where it stands.
type definition struct {
	node   *yaml.Node
	around *resource
}

// container walks the parts of an OpenAPI document around its schemas.
func (s *survey) container(node *yaml.Node, res *resource) {
	for _, item := range node.Items {
		s.container(item, res)
	}
	for i := range node.Members {
		m := &node.Members[i]
		switch m.Key {
		case "schema", "itemSchema":
			s.schema(m.Value, res)
		case "schemas":
			for j := range m.Value.Members {
				s.schema(m.Value.Members[j].Value, res)
			}
		case "example", "examples", "default", "enum":
		default:
			s.container(m.Value, res)
		}
	}
}

func (s *survey) schema(node *yaml.Node, res *resource) {
	if node.Kind != yaml.Object {
		return
	}
	if _, again := s.seen[node]; again {
		return
	}
	res = s.identify(node, res)
	s.seen[node] = res
	s.anchors(node, res)
	for i := range node.Members {
		m := &node.Members[i]
		switch m.Key {
		case "then", "else", "additionalItems", "contentSchema":
			if idle(node, m.Key, res.mode) {
				s.parts = append(s.parts, definition{node: m.Value, around: res})
			}
			s.schema(m.Value, res)
		case "not", "if", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties":
			s.schema(m.Value, res)
		case "allOf", "anyOf", "oneOf", "prefixItems":
			s.list(m.Value, res)
		case "items":
			s.schema(m.Value, res)
			s.list(m.Value, res)
		case "$defs", "definitions":
			for j := range m.Value.Members {
				s.parts = append(s.parts, definition{node: m.Value.Members[j].Value, around: res})
				s.schema(m.Value.Members[j].Value, res)
			}
		case "properties", "patternProperties", "dependentSchemas", "dependencies":
			for j := range m.Value.Members {
				s.schema(m.Value.Members[j].Value, res)
			}
		}
	}
}

// idle reports whether a keyword of the mode has no effect where it stands, so
// that its schema is not read: then and else without if (2020-12, section
// 10.2.2), additionalItems without a list (2019-09, section 9.3.1.2), and
// contentSchema without contentMediaType (2020-12 Validation, section 8.5).
func idle(node *yaml.Node, keyword string, m mode) bool {
	if !m.has(keyword) || m.dialect.openAPI() || m.dialect.aloneRefs() && node.Get("$ref") != nil {
		return false
	}
	switch keyword {
	case "additionalItems":
		items := node.Get("items")
		return (items == nil || items.Kind != yaml.Array) && node.Get(keyword).Kind != yaml.Bool // which draft 4 allows here alone
	case "contentSchema":
		return node.Get("contentMediaType") == nil
	}
	return node.Get("if") == nil
}

func (s *survey) list(node *yaml.Node, res *resource) {
	for _, item := range node.Items {
		s.schema(item, res)
	}
}

// identify gives the resource that a schema belongs to, and makes one if it
// has an address or a dialect of its own.
func (s *survey) identify(node *yaml.Node, res *resource) *resource {
	l := s.library
	m, declared, err := res.mode, false, error(nil)
	if uri := node.Get("$schema"); text(uri) != "" && !l.overrules(node, uri) {
		declared = true
		if m, err = l.mode(res, uri); err != nil {
			m = res.mode
		}
	}
	address := addressOf(node, m.dialect)
	switch {
	case l.documents[node] != nil: // the root
	case address != "":
		inner := l.resource(node, "", m)
		inner.file, inner.document, inner.err = res.file, res.document, res.err
		inner.uri = res.uri
		s.settle(node, inner)
		res = inner
	case declared && (m != res.mode || err != nil):
		inner := *res
		inner.owner = res.whole()
		s.settle(node, &inner)
		res = &inner
	}
	if declared {
		res.mode, res.declared, res.err = m, true, err
	}
	if address != "" {
		res.uri = ResolveURI(res.uri, address)
		l.file(res, node.Get(m.dialect.identifier()))
	}
	return res
}

// file makes a resource known by its address. Of two documents with one address
// the first has it; within one document it is a mistake.
func (l *library) file(res *resource, id *yaml.Node) {
	first := l.addresses[res.uri]
	switch {
	case first == nil:
		l.addresses[res.uri] = res
	case first != res && first.document == res.document:
		res.err = twice("address", res.uri, id)
	}
}

func twice(what, name string, at *yaml.Node) *Error {
	return &Error{Pos: at.Pos, Msg: "the " + what + " `" + name + "` is given here for the second time", Remedy: "give each schema one of its own"}
}

// name makes a schema known by an anchor.
func (res *resource) name(name string, node, at *yaml.Node) {
	if first := res.anchors[name]; first != nil && first != node {
		res.err = twice("anchor", name, at)
		return
	}
	res.anchors[name] = node
}

func (s *survey) settle(node *yaml.Node, res *resource) {
	s.addressed = true
	s.library.inner[node] = res
}

// addressOf is the address that a schema gives itself, without a fragment.
// Before 2019-09 what stands beside $ref is ignored, the address too.
func addressOf(node *yaml.Node, d Dialect) string {
	word := d.identifier()
	if word == "" || d.aloneRefs() && text(node.Get("$ref")) != "" {
		return ""
	}
	address, _, _ := strings.Cut(text(node.Get(word)), "#")
	return address
}

func (s *survey) anchors(node *yaml.Node, res *resource) {
	d := res.mode.dialect
	if d <= JSONSchemaDraft7 {
		// Draft 7, section 8.2.3: an $id that is a fragment is a name.
		if _, name, _ := strings.Cut(text(node.Get(d.identifier())), "#"); name != "" && name[0] != '/' && text(node.Get("$ref")) == "" {
			res.name(name, node, node.Get(d.identifier()))
		}
		return
	}
	if name := text(node.Get("$anchor")); name != "" {
		res.name(name, node, node.Get("$anchor"))
	}
	if d == JSONSchema201909 {
		if flag := node.Get("$recursiveAnchor"); node == res.whole().root && flag != nil && flag.Text == "true" {
			res.dynamic[recursiveAnchor] = node
		}
		return
	}
	if name := text(node.Get("$dynamicAnchor")); name != "" {
		res.name(name, node, node.Get("$dynamicAnchor"))
		res.dynamic[name] = node
	}
}
