package lint

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline/internal/yaml"
)

var schemaUndeclared = &Rule{
	Slug: "schema.undeclared-required", Severity: Warning,
	Title:   "`required` names a property that is not declared",
	Why:     "Calls without it are refused, and nothing says what it is. Often the name is misspelt, and the real property is not required.",
	Fix:     "Declare the property, or correct the name.",
	Section: validation + "6.5.3; OpenAPI 3.0.4, section 4.7.24",
	look: func(c *check) {
		users := c.users()
		impossible := map[yaml.Pos]bool{} // names that are refused altogether: another rule says so
		for _, found := range c.contradictions() {
			impossible[found.Pos] = true
		}
		for _, s := range c.schemas() {
			list := s.node.Get("required")
			if list == nil || list.Kind != yaml.Array || s.node.Get("properties") == nil {
				continue // a schema without properties of its own adds to another one
			}
			names := names{c: c, seen: map[*yaml.Node]bool{}, all: map[string]bool{}}
			names.up(s.node, s, users, 0)
			if names.open {
				continue
			}
			declared := names.list()
			for i, item := range list.Items {
				if c.full() {
					return
				}
				if item.Kind == yaml.String && !names.all[item.Text] && !impossible[item.Pos] {
					c.say(s, item.Pos, fmt.Sprintf("`%s` is required and not declared", item.Text), suggest(item.Text, declared, "declare it in `properties`, or take it out"), "required", itoa(i))
				}
			}
		}
	},
}

// users are, for each schema, those that apply it to their own value.
func (c *check) users() map[*yaml.Node][]*site {
	out := map[*yaml.Node][]*site{}
	for _, ref := range c.sites[reference] {
		s := ref.parent
		if s.role != schemaOf {
			continue
		}
		target := c.follow(ref.node)
		if target == nil {
			continue
		}
		switch {
		case s.inPlace():
			out[target] = append(out[target], s.parent)
		case len(ref.node.Members) > 1:
			out[target] = append(out[target], s)
		}
	}
	return out
}

// names gathers the properties that are declared for one value.
type names struct {
	c    *check
	seen map[*yaml.Node]bool
	all  map[string]bool
	open bool // other names may be meant
}

const (
	deepestNames = 16
	mostSchemas  = 2000
)

// up gathers from a schema and from all that apply it.
func (n *names) up(node *yaml.Node, s *site, users map[*yaml.Node][]*site, depth int) {
	n.down(node, depth)
	if depth > deepestNames || len(n.seen) > mostSchemas {
		n.open = true
		return
	}
	if s != nil && s.inPlace() && !n.seen[s.parent.node] {
		n.up(s.parent.node, s.parent, users, depth+1)
	}
	for _, user := range users[node] {
		if !n.seen[user.node] {
			n.up(user.node, user, users, depth+1)
		}
	}
}

// down gathers from a schema and from those that it applies.
func (n *names) down(node *yaml.Node, depth int) {
	if node == nil || n.seen[node] || depth > deepestNames {
		return
	}
	n.seen[node] = true
	if properties := node.Get("properties"); properties != nil {
		for i := range properties.Members {
			n.all[properties.Members[i].Key] = true
		}
	}
	rest := node.Get("additionalProperties")
	n.open = n.open || node.Get("patternProperties") != nil || node.Get("$dynamicRef") != nil || isObject(rest) && len(rest.Members) > 0
	for _, key := range [...]string{"allOf", "anyOf", "oneOf"} {
		if list := node.Get(key); list != nil {
			for _, item := range list.Items {
				n.down(item, depth+1)
			}
		}
	}
	for _, key := range [...]string{"if", "then", "else"} {
		n.down(node.Get(key), depth+1)
	}
	if refOf(node) != "" {
		target := n.c.hop(node)
		n.open = n.open || target == nil
		n.down(target, depth+1)
	}
}

func (n *names) list() []string {
	out := make([]string, 0, len(n.all))
	for name := range n.all {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
