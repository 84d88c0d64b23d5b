package lint

import (
	"fmt"
	"strings"
)

var linkBroken = &Rule{
	Slug: "link.broken", Severity: Warning,
	Title:   "a link leads to no operation",
	Why:     "What can be called next is not known.",
	Fix:     "Name an `operationId` that exists, or a path to an operation in `operationRef`.",
	Section: "OpenAPI 3.1.1, section 4.8.20 (Link Object)",
	look: func(c *check) {
		ids := c.operationIDs()
		var names []string
		for id := range ids {
			names = append(names, id)
		}
		for _, s := range c.sites[link] {
			id, ref := member(s.node, "operationId"), member(s.node, "operationRef")
			switch {
			case id != nil && ref != nil:
				c.say(s, ref.Pos, "`operationRef` and `operationId` exclude each other", "keep one of the two", "operationRef")
			case id != nil && ids[id.Value.Text] == nil:
				c.say(s, id.Value.Pos, fmt.Sprintf("there is no operation `%s`", id.Value.Text), suggest(id.Value.Text, sorted(names), "name an operation that exists"), "operationId")
			case ref != nil && !strings.Contains(ref.Value.Text, "://"):
				if _, err := c.resolve(ref.Value); err != nil {
					c.say(s, ref.Value.Pos, fmt.Sprintf("`%s` leads to no operation", ref.Value.Text), "write a path such as #/paths/~1orders~1{id}/get", "operationRef")
				}
			case id == nil && ref == nil:
				c.say(s, s.node.Pos, "the link has neither `operationId` nor `operationRef`", "add the `operationId` of the operation")
			}
		}
	},
}

// operationIDs are the operations by the name that they give themselves.
func (c *check) operationIDs() map[string]*site {
	out := map[string]*site{}
	for _, s := range c.sites[operation] {
		if id := text(s.node.Get("operationId")); id != "" && out[id] == nil {
			out[id] = s
		}
	}
	return out
}

var linkParameter = &Rule{
	Slug: "link.unknown-parameter", Severity: Warning,
	Title:   "a link sets a parameter that its operation does not have",
	Why:     "The value goes nowhere.",
	Fix:     "Name a parameter of the operation, as NAME or as `path.NAME`.",
	Section: "OpenAPI 3.1.1, section 4.8.20 (parameters)",
	look: func(c *check) {
		ids := c.operationIDs()
		for _, s := range c.sites[link] {
			op, parameters := ids[text(s.node.Get("operationId"))], s.node.Get("parameters")
			if op == nil || parameters == nil {
				continue
			}
			var names []string
			for _, p := range c.parametersOf(op) {
				name, in := text(p.node.Get("name")), text(p.node.Get("in"))
				names = append(names, name, in+"."+name)
			}
			known := setOf(names)
			for i := range parameters.Members {
				if m := &parameters.Members[i]; !known[m.Key] {
					c.say(s, m.Pos, fmt.Sprintf("the operation `%s` has no parameter `%s`", text(s.node.Get("operationId")), m.Key), suggest(m.Key, names, "name one that it has"), "parameters", m.Key)
				}
			}
		}
	},
}
