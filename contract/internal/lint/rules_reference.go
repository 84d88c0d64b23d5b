package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

var refBroken = &Rule{
	Slug: "ref.broken", Severity: Error,
	Title:   "a reference leads nowhere",
	Why:     "What it stands for is not known: the operations that need it are not judged, or the description is refused.",
	Fix:     "Name a definition that exists.",
	Section: "OpenAPI 3.1.1, section 4.8.23 (Reference Object); RFC 6901",
	look: func(c *check) {
		for _, s := range c.sites[reference] {
			ref := s.node.Get("$ref")
			if s.parent.role == schemaOf && c.v >= V31 && hasID(s.parent) {
				continue // relative to an address of its own: schema.broken knows
			}
			if _, err := c.resolve(ref); err != nil {
				message, remedy := c.broken(err)
				c.say(s.parent, ref.Pos, message, remedy, "$ref")
			}
		}
	},
}

// broken puts the error of a reference into words.
func (c *check) broken(err error) (message, remedy string) {
	if c.in.Words != nil {
		return c.in.Words(err)
	}
	return err.Error(), "name a definition that exists"
}

// hasID reports whether a schema around has an address of its own.
func hasID(s *site) bool {
	for p := s; p != nil && p.role == schemaOf; p = p.parent {
		if p.node.Get("$id") != nil {
			return true
		}
	}
	return false
}

// remarks are what may stand beside a $ref without anybody missing a verdict.
var remarks = []string{"$ref", "description", "summary", "title", "example", "examples", "deprecated", "externalDocs", "readOnly", "writeOnly", "xml", "default", "discriminator", "$comment"}

var refSiblings = &Rule{
	Slug: "ref.ignored-siblings", Severity: Warning,
	Title:   "keywords beside a `$ref` are ignored",
	Why:     "In OpenAPI 2.0 and 3.0, and for all but schemas in 3.1, a reference is replaced by its target: `nullable: true` beside it allows no null.",
	Fix:     "Write `allOf: [{$ref: …}]` and put the keywords beside it.",
	Section: "OpenAPI 3.0.4, section 4.7.23 (any properties added SHALL be ignored)",
	look: func(c *check) {
		for _, s := range c.sites[reference] {
			if s.parent.role == schemaOf && c.v >= V31 || s.parent.role == pathItem {
				continue
			}
			var ignored []string
			var at *yaml.Member
			for i := range s.node.Members {
				m := &s.node.Members[i]
				if slices.Contains(remarks, m.Key) || strings.HasPrefix(m.Key, "x-") || harmless(m) {
					continue
				}
				if at == nil {
					at = m
				}
				ignored = append(ignored, "`"+m.Key+"`")
			}
			if at == nil {
				continue
			}
			remedy := "put them into what is referred to, or leave them out"
			if s.parent.role == schemaOf {
				remedy = "write `allOf` with the reference, and the keywords beside it"
			}
			c.say(s.parent, at.Pos, fmt.Sprintf("%s beside `$ref` is ignored in OpenAPI %s", strings.Join(ignored, ", "), c.v), remedy, at.Key)
		}
	},
}

var componentUnused = &Rule{
	Slug: "component.unused", Severity: Info,
	Title:   "a component is used by nothing",
	Why:     "It changes no verdict. Often a reference was forgotten.",
	Fix:     "Refer to it, or leave it out.",
	Section: "OpenAPI 3.1.1, section 4.8.7 (Components Object)",
	look: func(c *check) {
		used := c.referred()
		for _, r := range [...]role{schemaOf, parameter, header, body, response, example, link, pathItem} {
			for _, s := range c.sites[r] {
				if isComponent(s) && !used[s.node] {
					c.say(s, s.at, fmt.Sprintf("`%s` is used by nothing", s.name), "refer to it, or leave it out")
				}
			}
		}
	},
}

// isComponent reports whether a site is a named part to be referred to.
func isComponent(s *site) bool {
	if s.base != "" || s.parent == nil || s.parent.role != document || len(s.steps) != 2 {
		return false
	}
	return s.steps[0] != "paths" && s.steps[0] != "webhooks" && s.steps[0] != "callbacks"
}

// referred are the nodes that a reference or a mapping leads to. A component
// that extends one with a discriminator is used by it.
func (c *check) referred() map[*yaml.Node]bool {
	used := map[*yaml.Node]bool{}
	visited := map[*yaml.Node]bool{}
	work := []*yaml.Node{c.in.Root}
	for _, s := range c.sites[reference] {
		work = append(work, s.node)
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == nil || visited[n] {
			continue
		}
		visited[n] = true
		for _, key := range [...]string{"$ref", "$dynamicRef"} {
			if ref := n.Get(key); ref != nil && ref.Kind == yaml.String {
				if target, err := c.resolve(ref); err == nil {
					used[target] = true
					work = append(work, target)
				}
			}
		}
		if mapping := n.Get("discriminator").Get("mapping"); mapping != nil {
			for i := range mapping.Members {
				if target := c.mapped(mapping.Members[i].Value); target != nil {
					used[target] = true
				}
			}
		}
		work = append(work, n.Items...)
		for i := range n.Members {
			work = append(work, n.Members[i].Value)
		}
	}
	for _, s := range c.sites[schemaOf] {
		if isComponent(s) && !used[s.node] && c.extendsTagged(s.node) {
			used[s.node] = true
		}
	}
	return used
}

// extendsTagged reports whether a schema has a base with a discriminator.
func (c *check) extendsTagged(n *yaml.Node) bool {
	all := n.Get("allOf")
	if all == nil {
		return false
	}
	return slices.ContainsFunc(all.Items, func(item *yaml.Node) bool {
		base := c.follow(item)
		return base != nil && base != item && base.Get("discriminator") != nil
	})
}
