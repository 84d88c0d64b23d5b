package lint

import (
	"fmt"
	"strings"
)

var operationID = &Rule{
	Slug: "operation.duplicate-id", Severity: Warning,
	Title:   "an `operationId` is used twice",
	Why:     "Findings and links name operations by it; here the second one is called by its method and path.",
	Fix:     "Give each operation a name of its own.",
	Section: "OpenAPI 3.1.1, section 4.8.10 (operationId: MUST be unique)",
	look: func(c *check) {
		first := map[string]*site{}
		for _, s := range c.sites[operation] {
			id := s.node.Get("operationId")
			if id == nil || id.Text == "" {
				continue
			}
			if before := first[id.Text]; before != nil {
				c.say(s, id.Pos, fmt.Sprintf("the operationId `%s` is used twice, first in line %d by %s %s", id.Text, before.at.Line, strings.ToUpper(before.name), before.parent.name), "give each operation a name of its own", "operationId")
				continue
			}
			first[id.Text] = s
		}
	},
}

var tagUndeclared = &Rule{
	Slug: "tag.undeclared", Severity: Info,
	Title:   "an operation has a tag that `tags` does not list",
	Why:     "It changes no verdict. Often the tag is misspelt.",
	Fix:     "Add the tag to `tags`, or correct it.",
	Section: "OpenAPI 3.1.1, section 4.8.1 (tags)",
	look: func(c *check) {
		tags := c.in.Root.Get("tags")
		if tags == nil {
			return // tags need no declaration at all
		}
		var names []string
		for _, t := range tags.Items {
			names = append(names, text(t.Get("name")))
		}
		known := setOf(names)
		for _, s := range c.sites[operation] {
			list := s.node.Get("tags")
			if list == nil {
				continue
			}
			for i, t := range list.Items {
				if c.full() {
					return
				}
				if !known[t.Text] {
					known[t.Text] = true // said once
					c.say(s, t.Pos, fmt.Sprintf("the tag `%s` is not in `tags`", t.Text), suggest(t.Text, names, "add it to `tags`"), "tags", itoa(i))
				}
			}
		}
	},
}
