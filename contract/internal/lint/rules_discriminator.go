package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

var discriminatorMapping = &Rule{
	Slug: "discriminator.mapping", Severity: Error,
	Title:   "a discriminator leads nowhere, or past its branches",
	Why:     "Values with that text pick no schema, or one that `oneOf` does not list, and are refused.",
	Fix:     "Name a schema that exists and that `oneOf` or `anyOf` lists.",
	Section: "OpenAPI 3.1.1, section 4.8.25 (Discriminator Object)",
	look: func(c *check) {
		for _, s := range c.discriminated() {
			mapping := s.node.Get("discriminator").Get("mapping")
			if mapping == nil {
				continue
			}
			var listed map[*yaml.Node]bool
			if nodes := c.branchNodes(s.node); nodes != nil {
				listed = map[*yaml.Node]bool{}
				for _, n := range nodes {
					listed[n] = true
				}
			}
			for i := range mapping.Members {
				m := &mapping.Members[i]
				target := c.mapped(m.Value)
				switch {
				case target == nil:
					c.say(s, m.Value.Pos, fmt.Sprintf("the mapping of `%s` leads to nothing: `%s`", m.Key, m.Value.Text), "name a schema that exists, such as `#/components/schemas/NAME`", "discriminator", "mapping", m.Key)
				case listed != nil && !listed[target]:
					c.say(s, m.Value.Pos, fmt.Sprintf("the mapping of `%s` leads to `%s`, which is none of the branches", m.Key, m.Value.Text), "add it to the branches, or correct the mapping", "discriminator", "mapping", m.Key)
				}
			}
		}
	},
}

// discriminated are the schemas with a discriminator that names its property.
func (c *check) discriminated() []*site {
	var out []*site
	for _, s := range c.schemas() {
		if text(s.node.Get("discriminator").Get("propertyName")) != "" {
			out = append(out, s)
		}
	}
	return out
}

// branchNodes are the schemas that oneOf or anyOf lists; nil if there are none.
func (c *check) branchNodes(n *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	for _, key := range [...]string{"oneOf", "anyOf"} {
		list := n.Get(key)
		if list == nil {
			continue
		}
		for _, item := range list.Items {
			if target := c.hop(item); target != nil {
				out = append(out, target, c.follow(item))
			}
		}
	}
	return out
}

// hop is what a reference leads to at once.
func (c *check) hop(n *yaml.Node) *yaml.Node {
	ref := n.Get("$ref")
	if ref == nil || ref.Kind != yaml.String {
		return n
	}
	next, err := c.resolve(ref)
	if err != nil {
		return nil
	}
	return next
}

// mapped is the schema that a value of a mapping names: by the name of a
// component, or by a reference.
func (c *check) mapped(value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.String || value.Text == "" {
		return nil
	}
	if n := c.in.Root.Get("components").Get("schemas").Get(value.Text); n != nil {
		return n
	}
	n, err := c.resolve(value)
	if err != nil {
		return nil
	}
	return n
}

var discriminatorInline = &Rule{
	Slug: "discriminator.inline-branch", Severity: Warning,
	Title:   "a branch beside a discriminator has no name",
	Why:     "The discriminator picks branches by the names of components; a schema written in place has none. Here such branches are tried one after the other, elsewhere they may be refused.",
	Fix:     "Make the branch a component and refer to it.",
	Section: "OpenAPI 3.1.1, section 4.8.25 (inline schema definitions, which do not have a given id, cannot be used)",
	look: func(c *check) {
		for _, s := range c.discriminated() {
			for _, key := range [...]string{"oneOf", "anyOf"} {
				if list := s.node.Get(key); list != nil {
					c.inline(s, key, list)
				}
			}
		}
	},
}

// inline names the branches that are written in place.
func (c *check) inline(s *site, key string, list *yaml.Node) {
	var branches []string
	for i, item := range list.Items {
		referring := item.Get("$ref") != nil || item.Get("$dynamicRef") != nil || item.Get("$recursiveRef") != nil
		if !referring && !slices.Equal(typesOf(item), []string{"null"}) {
			branches = append(branches, itoa(i+1))
		}
	}
	if len(branches) > 0 {
		c.say(s, keyAt(s.node, "discriminator"), fmt.Sprintf("in `%s`, %s written in place, without a name that the discriminator could pick", key, branchWords(branches)),
			"make it a component and refer to it", "discriminator")
	}
}

func branchWords(numbers []string) string {
	if len(numbers) == 1 {
		return "branch " + numbers[0] + " is"
	}
	return "branches " + listed(numbers) + " are"
}

var discriminatorProperty = &Rule{
	Slug: "discriminator.property", Severity: Warning,
	Title:   "a branch does not require, or not declare, the property of its discriminator",
	Why:     "The discriminator has to be in the value to pick a branch; where it may be left out, which branch is meant is not defined.",
	Fix:     "Declare the property in each branch, and require it.",
	Section: "OpenAPI 3.1.1, section 4.8.25 (the property MUST be required)",
	look: func(c *check) {
		for _, s := range c.discriminated() {
			property := text(s.node.Get("discriminator").Get("propertyName"))
			here := c.says(s.node, property, map[*yaml.Node]bool{})
			list := s.node.Get("oneOf")
			if list == nil {
				list = s.node.Get("anyOf")
			}
			if list == nil {
				if at := member(s.node, "discriminator"); !here.required && s.node.Get("properties") != nil {
					c.say(s, at.Pos, fmt.Sprintf("the discriminator `%s` is not required: a value without it picks no schema", property), "add it to `required`", "discriminator")
				}
				continue
			}
			c.branches(s, list, property, here)
		}
	},
}

// branches names the branches that do not have the property.
func (c *check) branches(s *site, list *yaml.Node, property string, here said) {
	var undeclared, optional []string
	for _, item := range list.Items {
		n := c.follow(item)
		if n == nil || refOf(item) == "" || slices.Equal(typesOf(n), []string{"null"}) {
			continue
		}
		name := "`" + refOf(item)[strings.LastIndexByte(refOf(item), '/')+1:] + "`"
		if got := c.says(n, property, map[*yaml.Node]bool{}); !got.unknown {
			switch {
			case !got.declared && !here.declared:
				undeclared = append(undeclared, name)
			case !got.required && !here.required:
				optional = append(optional, name)
			}
		}
	}
	at := member(s.node, "discriminator").Pos
	switch {
	case len(undeclared) > 0:
		c.say(s, at, fmt.Sprintf("the discriminator `%s` is not declared by %s", property, listed(undeclared)), "declare the property in each branch, and require it", "discriminator")
	case len(optional) > 0:
		c.say(s, at, fmt.Sprintf("the discriminator `%s` is not required by %s", property, listed(optional)), "add it to `required` in each branch", "discriminator")
	}
}

// listed names a few and counts the rest.
func listed(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// said is what a schema says of a property.
type said struct{ declared, required, unknown bool }

// mostSaid bounds the schemas that are asked for one property.
const mostSaid = 256

// says looks through references and allOf; branches of branches are left open.
func (c *check) says(n *yaml.Node, property string, seen map[*yaml.Node]bool) said {
	n = c.whole(n)
	if n == nil || len(seen) > mostSaid {
		return said{unknown: true}
	}
	if seen[n] {
		return said{}
	}
	seen[n] = true
	out := said{declared: n.Get("properties").Get(property) != nil, unknown: n.Get("oneOf") != nil || n.Get("anyOf") != nil}
	if list := n.Get("required"); list != nil {
		out.required = slices.Contains(textsOf(list.Items), property)
	}
	if all := n.Get("allOf"); all != nil {
		for _, item := range all.Items {
			more := c.says(item, property, seen)
			out.declared = out.declared || more.declared
			out.required = out.required || more.required
			out.unknown = out.unknown || more.unknown
		}
	}
	if ref := n.Get("$ref"); ref != nil && ref.Kind == yaml.String {
		more := c.says(c.hop(n), property, seen)
		out = said{out.declared || more.declared, out.required || more.required, out.unknown || more.unknown}
	}
	return out
}

// whole is follow where what stands beside a reference is ignored.
func (c *check) whole(n *yaml.Node) *yaml.Node {
	if c.v >= V31 {
		return n
	}
	return c.follow(n)
}
