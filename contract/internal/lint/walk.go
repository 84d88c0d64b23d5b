package lint

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// visit is a node in a role: a shared node is looked at once in each.
type visit struct {
	node *yaml.Node
	role role
}

// walk finds all parts of the description, first those that stand in the
// document, in its order, then those that references lead to.
func (c *check) walk() {
	c.first = map[visit]*site{}
	root := &site{role: document, node: c.in.Root}
	c.sites[document] = []*site{root}
	c.document(root)
	for next := 0; next < len(c.sites[reference]); next++ {
		c.target(c.sites[reference][next])
	}
}

// add files a part; it is false for one that was filed before, or that is none.
func (c *check) add(s *site) bool {
	if s.node == nil || c.first[visit{s.node, s.role}] != nil {
		return false
	}
	c.first[visit{s.node, s.role}] = s
	if refOf(s.node) != "" && s.role != schemaOf {
		c.refer(s)
		return s.role == pathItem && isObject(s.node) && c.file(s)
	}
	if s.node.Kind != yaml.Object && s.role != schemaOf && s.role != security {
		return false
	}
	return c.file(s)
}

func (c *check) file(s *site) bool {
	c.sites[s.role] = append(c.sites[s.role], s)
	return true
}

// refer files a reference, whose target is looked at later in the role of s.
func (c *check) refer(s *site) {
	c.sites[reference] = append(c.sites[reference], &site{role: reference, node: s.node, parent: s, dir: s.dir})
}

// target looks at what a reference leads to, unless it was seen in its place.
func (c *check) target(ref *site) {
	from := ref.parent
	at := ref.node.Get("$ref")
	node, err := c.resolve(at)
	if err != nil || node == nil {
		return
	}
	_, fragment, _ := strings.Cut(at.Text, "#")
	if !strings.HasPrefix(fragment, "/") {
		fragment = "/"
	}
	c.part(&site{role: from.role, node: node, parent: from, name: from.name, at: from.at, base: fragment, dir: from.dir})
}

// below is a site for a member of another one.
func (s *site) below(r role, m *yaml.Member, steps ...string) *site {
	return &site{role: r, node: m.Value, parent: s, name: m.Key, at: m.Pos, steps: append(steps, m.Key), dir: s.dir}
}

// item is a site for an item of a list of another one.
func (s *site) item(r role, n *yaml.Node, i int, steps ...string) *site {
	return &site{role: r, node: n, parent: s, name: s.name, at: n.Pos, steps: append(steps, strconv.Itoa(i)), dir: s.dir}
}

// part looks at a site by its role.
func (c *check) part(s *site) {
	if !c.add(s) {
		return
	}
	switch s.role {
	case pathItem:
		c.pathItem(s)
	case operation:
		c.operation(s)
	case parameter, header:
		c.parameter(s)
	case body:
		s.dir = schema.Request
		c.map1(s, "content", media)
	case response:
		s.dir = schema.Response
		c.response(s)
	case media:
		c.media(s)
	case encoding:
		c.map1(s, "headers", header)
	case schemaOf:
		c.schema(s)
	}
}

// map1 looks at the members of a member in a role.
func (c *check) map1(s *site, key string, r role) {
	n := s.node.Get(key)
	if n == nil {
		return
	}
	for i := range n.Members {
		if strings.HasPrefix(n.Members[i].Key, "x-") && r != header && r != schemaOf {
			continue
		}
		c.part(s.below(r, &n.Members[i], key))
	}
}

// list looks at the items of a member in a role.
func (c *check) list(s *site, key string, r role) {
	n := s.node.Get(key)
	if n == nil {
		return
	}
	for i, item := range n.Items {
		c.part(s.item(r, item, i, key))
	}
}

// one looks at a member in a role.
func (c *check) one(s *site, key string, r role) {
	if m := member(s.node, key); m != nil {
		c.part(s.below(r, m))
	}
}

// document walks the OpenAPI Object.
func (c *check) document(s *site) {
	c.list(s, "servers", server)
	c.one(s, "security", security)
	c.map1(s, "paths", pathItem)
	c.map1(s, "webhooks", pathItem)
	if c.v == V20 {
		c.map1(s, "definitions", schemaOf)
		c.map1(s, "parameters", parameter)
		c.map1(s, "responses", response)
		c.map1(s, "securityDefinitions", securityScheme)
		return
	}
	m := member(s.node, "components")
	if m == nil {
		return
	}
	components := &site{role: document, node: m.Value, parent: s, steps: []string{"components"}}
	for _, part := range [...]struct {
		key  string
		role role
	}{
		{"schemas", schemaOf},
		{"parameters", parameter},
		{"headers", header},
		{"requestBodies", body},
		{"responses", response},
		{"mediaTypes", media},
		{"examples", example},
		{"links", link},
		{"securitySchemes", securityScheme},
		{"pathItems", pathItem},
	} {
		c.map1(components, part.key, part.role)
	}
	c.callbacks(components)
}

func (c *check) callbacks(s *site) {
	n := s.node.Get("callbacks")
	if n == nil {
		return
	}
	for i := range n.Members {
		m := &n.Members[i]
		for j := range m.Value.Members {
			if e := &m.Value.Members[j]; !strings.HasPrefix(e.Key, "x-") && e.Key != "$ref" {
				c.part(s.below(pathItem, e, "callbacks", m.Key))
			}
		}
	}
}

// methods are the keys of a path item that hold operations (OpenAPI 3.2.0,
// section 4.9).
var methods = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

func (c *check) pathItem(s *site) {
	c.list(s, "servers", server)
	c.list(s, "parameters", parameter)
	for i := range s.node.Members {
		m := &s.node.Members[i]
		for _, method := range methods {
			if m.Key == method && (method != "query" || c.v == V32) {
				c.part(s.below(operation, m))
			}
		}
	}
	if c.v == V32 {
		c.map1(s, "additionalOperations", operation)
	}
}

func (c *check) operation(s *site) {
	c.list(s, "servers", server)
	c.one(s, "security", security)
	c.list(s, "parameters", parameter)
	c.one(s, "requestBody", body)
	c.map1(s, "responses", response)
	c.callbacks(s)
}

func (c *check) parameter(s *site) {
	if s.role == header && s.within(response) == nil && s.within(encoding) == nil {
		s.dir = schema.Response
	}
	c.one(s, "schema", schemaOf)
	c.map1(s, "content", media)
	c.map1(s, "examples", example)
}

func (c *check) response(s *site) {
	c.map1(s, "content", media)
	c.map1(s, "headers", header)
	c.map1(s, "links", link)
	c.one(s, "schema", schemaOf)
}

func (c *check) media(s *site) {
	c.one(s, "schema", schemaOf)
	c.one(s, "itemSchema", schemaOf)
	c.map1(s, "encoding", encoding)
	c.map1(s, "examples", example)
}
