package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// declared is one parameter of an operation.
type declared struct {
	node  *yaml.Node // references are followed
	entry *yaml.Node // as it is listed
}

// parametersOf are the parameters of an operation, its own before those of its
// path that it does not hide.
func (c *check) parametersOf(op *site) []declared {
	if list, known := c.parameters[op]; known {
		return list
	}
	out := c.declare(nil, op.node.Get("parameters"))
	if op.parent.role == pathItem {
		out = c.declare(out, op.parent.node.Get("parameters"))
	}
	if c.parameters == nil {
		c.parameters = map[*site][]declared{}
	}
	c.parameters[op] = out
	return out
}

// declare adds the parameters of a list that are not hidden by earlier ones.
func (c *check) declare(out []declared, list *yaml.Node) []declared {
	if list == nil {
		return out
	}
	hidden := make(map[parameterKey]bool, len(out))
	for i := range out {
		hidden[keyOf(out[i].node)] = true
	}
	for _, entry := range list.Items {
		if n := c.follow(entry); isObject(n) && !hidden[keyOf(n)] {
			out = append(out, declared{n, entry})
		}
	}
	return out
}

// parameterKey identifies a parameter: by name and place.
type parameterKey struct{ in, name string }

// keyOf reads the key; names of headers have no case (RFC 9110, section 5.1).
func keyOf(n *yaml.Node) parameterKey {
	k := parameterKey{text(n.Get("in")), text(n.Get("name"))}
	if k.in == "header" {
		k.name = strings.ToLower(k.name)
	}
	return k
}

var parameterDuplicate = &Rule{
	Slug: "parameter.duplicate", Severity: Warning,
	Title:   "a parameter is declared twice",
	Why:     "Name and place identify a parameter; of two declarations the first one counts.",
	Fix:     "Keep one of the two.",
	Section: "OpenAPI 3.1.1, section 4.8.10 (The list MUST NOT include duplicated parameters)",
	look: func(c *check) {
		for _, r := range [...]role{operation, pathItem} {
			for _, s := range c.sites[r] {
				c.duplicates(s)
			}
		}
	},
}

func (c *check) duplicates(s *site) {
	list := s.node.Get("parameters")
	if list == nil {
		return
	}
	before := map[parameterKey]bool{}
	for i, entry := range list.Items {
		n := c.follow(entry)
		if !isObject(n) || keyOf(n).in == "" {
			continue
		}
		if before[keyOf(n)] {
			c.say(s, entry.Pos, fmt.Sprintf("the %s parameter `%s` is declared twice: the first declaration counts", text(n.Get("in")), text(n.Get("name"))),
				"keep one of the two", "parameters", itoa(i))
		}
		before[keyOf(n)] = true
	}
}

// stylesIn are the styles that may be used in each place (OpenAPI 3.1.1, section
// 4.8.12.3).
var stylesIn = map[string][]string{
	"path":   {"simple", "label", "matrix"},
	"query":  {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	"header": {"simple"},
	"cookie": {"form"},
}

var parameterStyle = &Rule{
	Slug: "parameter.style", Severity: Warning,
	Title:   "a style is not defined for the place or the type of the parameter",
	Why:     "How the value is written is not defined, so that a sender and a server may disagree.",
	Fix:     "Choose a style that the table in the specification defines for this place and type.",
	Section: "OpenAPI 3.1.1, sections 4.8.12.3 and 4.8.12.4 (Style Values, Style Examples)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			if c.v == V20 {
				continue
			}
			c.style(s)
		}
	},
}

func (c *check) style(s *site) {
	m, in := member(s.node, "style"), text(s.node.Get("in"))
	if m == nil || stylesIn[in] == nil {
		return
	}
	style := text(m.Value)
	known := stylesIn[in]
	if in == "cookie" && c.v == V32 {
		known = append(known[:len(known):len(known)], "cookie")
	}
	if !slices.Contains(known, style) {
		c.sayAs(Error, s, m.Value.Pos, fmt.Sprintf("the style `%s` is not defined for a %s parameter", style, in), "write one of "+strings.Join(known, ", "), "style")
	}
}

// typesBehind are the types of a schema behind references; nil if it names none.
func (c *check) typesBehind(n *yaml.Node) []string {
	if n = c.follow(n); n == nil {
		return nil
	}
	var out []string
	for _, t := range typesOf(n) {
		if t != "null" {
			out = append(out, t)
		}
	}
	return out
}

var parameterNested = &Rule{
	Slug: "parameter.nested", Severity: Warning,
	Title:   "a parameter holds values inside values, and its style does not say how they are written",
	Why:     "Styles are defined for lists and objects of plain values. Nested ones are read here as most servers do (`a[b][c]=1`), but senders differ.",
	Fix:     "Declare the parameter by `content` with `application/json`, or make it flat.",
	Section: "OpenAPI 3.1.1, section 4.8.12.3 (nested objects and arrays: undefined behaviour)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			n := c.follow(s.node.Get("schema"))
			if n == nil || text(s.node.Get("in")) == "body" {
				continue
			}
			if at, what := c.nested(n); what != "" {
				c.say(s, keyAt(s.node, "schema"), fmt.Sprintf("the parameter `%s` has %s: how it is written is not defined by `style`", text(s.node.Get("name")), what),
					"use `content` with `application/json`, or make the value flat", append([]string{"schema"}, at...)...)
			}
		}
	},
}

// nested says which part of a parameter is no plain value.
func (c *check) nested(n *yaml.Node) (steps []string, what string) {
	if slices.Contains(typesOf(n), "array") {
		if t := c.complex(n.Get("items")); t != "" {
			return []string{"items"}, "items that are " + t + "s"
		}
		return nil, ""
	}
	properties := n.Get("properties")
	if properties == nil || !slices.Contains(typesOf(n), "object") {
		return nil, ""
	}
	for i := range properties.Members {
		m := &properties.Members[i]
		if t := c.complex(m.Value); t != "" {
			return []string{"properties", m.Key}, fmt.Sprintf("%s `%s` inside", schema.Article(t), m.Key)
		}
	}
	return nil, ""
}

// complex names the type of a schema that takes no plain value at all.
func (c *check) complex(n *yaml.Node) string {
	types := c.typesBehind(n)
	if len(types) == 0 {
		return ""
	}
	for _, t := range types {
		if t != "array" && t != "object" {
			return ""
		}
	}
	return types[0]
}

var parameterSpread = &Rule{
	Slug: "parameter.spread", Severity: Warning,
	Title:   "an object is spread over the query, and its fields cannot be told from other parameters",
	Why:     "`style: form` with `explode: true` writes each field as a parameter of its own. With open `additionalProperties`, or a field called like another parameter, one name has two meanings.",
	Fix:     "Write `style: deepObject`, or close the object.",
	Section: "OpenAPI 3.1.1, section 4.8.12.3 (form)",
	look: func(c *check) {
		for _, s := range c.sites[operation] {
			if c.v != V20 {
				c.spread(s)
			}
		}
	},
}

// mostSpread bounds the parameters that are compared with each other.
const mostSpread = 200

func (c *check) spread(op *site) {
	all := c.parametersOf(op)
	if len(all) > mostSpread {
		return
	}
	for _, p := range all {
		if n := c.spreadSchema(p.node); n != nil {
			c.spreadOne(op, all, p, n)
		}
	}
}

// spreadOne looks at one object that is spread over the query.
func (c *check) spreadOne(op *site, all []declared, p declared, n *yaml.Node) {
	name := text(p.node.Get("name"))
	for _, q := range all {
		other := text(q.node.Get("name"))
		if q.node != p.node && text(q.node.Get("in")) == "query" && n.Get("properties").Get(other) != nil {
			c.say(op, p.entry.Pos, fmt.Sprintf("the fields of `%s` are parameters of their own, and one is called like the parameter `%s`", name, other), "write `style: deepObject`", "parameters")
			return
		}
	}
	rest := n.Get("additionalProperties")
	if c.queries(all) > 1 && (isTrue(rest) || isObject(rest)) {
		c.say(op, p.entry.Pos, fmt.Sprintf("the fields of `%s` are parameters of their own and may have any name: other parameters cannot be told from them", name), "write `style: deepObject`, or declare the fields", "parameters")
	}
}

func (c *check) queries(all []declared) int {
	n := 0
	for _, p := range all {
		if text(p.node.Get("in")) == "query" {
			n++
		}
	}
	return n
}

// spreadSchema is the schema of a query parameter whose fields stand in the
// query by themselves, or nil.
func (c *check) spreadSchema(n *yaml.Node) *yaml.Node {
	if text(n.Get("in")) != "query" {
		return nil
	}
	style, explode := n.Get("style"), n.Get("explode")
	if style != nil && text(style) != "form" || explode != nil && !isTrue(explode) {
		return nil
	}
	s := c.follow(n.Get("schema"))
	if s == nil || !slices.Equal(typesOf(s), []string{"object"}) {
		return nil
	}
	return s
}

var parameterIgnored = &Rule{
	Slug: "parameter.ignored-header", Severity: Warning,
	Title:   "a header parameter is called Accept, Content-Type or Authorization",
	Why:     "Such parameters are ignored: bodies, answers and security say what these headers may be.",
	Fix:     "Leave the parameter out, and say it by media types or `security`.",
	Section: "OpenAPI 3.1.1, section 4.8.12.2 (the parameter definition SHALL be ignored)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			name := text(s.node.Get("name"))
			if c.v == V20 || text(s.node.Get("in")) != "header" {
				continue
			}
			for _, ignored := range [...]string{"Accept", "Content-Type", "Authorization"} {
				if strings.EqualFold(ignored, name) {
					c.say(s, s.node.Pos, fmt.Sprintf("the header parameter `%s` is ignored: media types and security say what it may be", name), "leave it out")
				}
			}
		}
	},
}

var parameterForm = &Rule{
	Slug: "parameter.schema-or-content", Severity: Warning,
	Title:   "a parameter has both `schema` and `content`, or none of them",
	Why:     "With both it is not defined which one counts; with none any text passes.",
	Fix:     "Give it exactly one of the two, and one media type in `content`.",
	Section: "OpenAPI 3.1.1, section 4.8.12.2 (MUST contain either a schema property, or a content property)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			content, sch := member(s.node, "content"), member(s.node, "schema")
			name := text(s.node.Get("name"))
			switch {
			case c.v == V20:
			case content != nil && sch != nil:
				c.say(s, content.Pos, fmt.Sprintf("the parameter `%s` has both `schema` and `content`", name), "keep one of the two", "content")
			case content == nil && sch == nil:
				c.say(s, s.node.Pos, fmt.Sprintf("the parameter `%s` has neither `schema` nor `content`: any text is taken", name), "add a `schema`")
			case content != nil && len(content.Value.Members) != 1:
				c.say(s, content.Pos, fmt.Sprintf("the `content` of the parameter `%s` must have exactly one media type, it has %d", name, len(content.Value.Members)), "keep one media type", "content")
			}
		}
	},
}

var parameterDefault = &Rule{
	Slug: "parameter.required-default", Severity: Warning,
	Title:   "a required parameter has a default",
	Why:     "A default counts where nothing is sent, and a required parameter is always sent: the default has no effect. Often `required` is wrong.",
	Fix:     "Drop `required` or the default.",
	Section: "OpenAPI 3.0.4, section 4.7.24 (default: unlike JSON Schema); OpenAPI 2.0, Parameter Object (default has no meaning for required parameters)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			in := text(s.node.Get("in"))
			has := s.node.Get("schema").Get("default") != nil || c.v == V20 && s.node.Get("default") != nil
			if has && isTrue(s.node.Get("required")) && in != "path" && in != "body" {
				c.say(s, s.node.Pos, fmt.Sprintf("the %s parameter `%s` is required and has a default, which has no effect then", in, text(s.node.Get("name"))), "drop `required` or the default")
			}
		}
	},
}
