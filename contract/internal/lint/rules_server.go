package lint

import (
	"fmt"
	"slices"
)

var serverVariable = &Rule{
	Slug: "server.undefined-variable", Severity: Warning,
	Title:   "the URL of a server has a variable that is not defined",
	Why:     "Which hosts and base paths it stands for is not known: any value is taken.",
	Fix:     "Define the variable with its `default`.",
	Section: "OpenAPI 3.1.1, section 4.8.5 (Server Object)",
	look: func(c *check) {
		for _, s := range c.sites[server] {
			variables := s.node.Get("variables")
			for _, name := range expressions(text(s.node.Get("url"))) {
				if variables.Get(name) == nil {
					c.say(s, s.node.Get("url").Pos, fmt.Sprintf("the server URL has `{%s}`, and `variables` does not define it: any value is taken", name), "add `"+name+"` to `variables`", "url")
				}
			}
		}
	},
}

var serverDefault = &Rule{
	Slug: "server.variable", Severity: Warning,
	Title:   "a variable of a server is incomplete or unused",
	Why:     "Without `default`, or with one that its `enum` lacks, the URL is not known; a variable that the URL does not have does nothing.",
	Fix:     "Give the variable a `default` from its `enum`, and use it in the URL.",
	Section: "OpenAPI 3.1.1, section 4.8.6 (Server Variable Object)",
	look: func(c *check) {
		for _, s := range c.sites[server] {
			variables := s.node.Get("variables")
			if variables == nil {
				continue
			}
			used := expressions(text(s.node.Get("url")))
			for i := range variables.Members {
				m := &variables.Members[i]
				value, enum := m.Value.Get("default"), m.Value.Get("enum")
				switch {
				case !slices.Contains(used, m.Key):
					c.sayAs(Info, s, m.Pos, fmt.Sprintf("the URL of the server does not have the variable `%s`", m.Key), suggest(m.Key, used, "leave it out"), "variables", m.Key)
				case value == nil:
					c.say(s, m.Pos, fmt.Sprintf("the variable `%s` has no `default`", m.Key), "add a `default`", "variables", m.Key)
				case enum != nil && len(enum.Items) == 0:
					c.say(s, m.Pos, fmt.Sprintf("the `enum` of the variable `%s` is empty", m.Key), "list its values, or leave `enum` out", "variables", m.Key)
				case enum != nil && !slices.Contains(textsOf(enum.Items), value.Text):
					c.say(s, value.Pos, fmt.Sprintf("the default `%s` of the variable `%s` is not in its `enum`", value.Text, m.Key),
						suggest(value.Text, textsOf(enum.Items), "add it to the `enum`"), "variables", m.Key, "default")
				}
			}
		}
	},
}
