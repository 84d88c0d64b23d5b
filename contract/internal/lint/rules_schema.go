package lint

import (
	"errors"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

const validation = "JSON Schema Validation 2020-12, section "

var schemaBroken = &Rule{
	Slug: "schema.broken", Severity: Error,
	Title:   "a schema is not sound",
	Why:     "It cannot be compiled, so that operations that use it are not judged at all.",
	Fix:     "Write the keyword as the dialect has it.",
	Section: "JSON Schema Core 2020-12, section 4.3; OpenAPI 3.0.4, section 4.7.24",
	look: func(c *check) {
		for _, err := range c.problems {
			var broken *schema.Error
			if errors.As(err, &broken) {
				c.say(c.around(broken.Pos), broken.Pos, broken.Msg, broken.Remedy)
			}
		}
	},
}

var schemaUnsupported = &Rule{
	Slug: "schema.unsupported", Severity: Error,
	Title:   "a schema uses what cannot be checked",
	Why:     "Operations that use it are unverified: their calls pass unjudged.",
	Fix:     "Say it with keywords that the dialect of the description has.",
	Section: "JSON Schema Core 2020-12, section 6.5",
	look: func(c *check) {
		for _, err := range c.problems {
			var u *schema.Unsupported
			if errors.As(err, &u) {
				c.say(c.around(u.Pos), u.Pos, u.What+" is not supported", "say it with keywords of the dialect, or accept that calls are not judged")
			}
		}
	},
}

// clash makes the rule of one sort of contradiction between keywords, and of
// more that looks for the same.
func clash(kind schema.Clash, r Rule, more ...func(*check)) *Rule {
	r.look = func(c *check) {
		if c.program == nil {
			return
		}
		for _, look := range more {
			look(c)
		}
		for i := range c.contradictions() {
			found := &c.contradictions()[i]
			if found.Clash != kind || found.Msg == "" {
				continue
			}
			severity := r.Severity
			if found.Total {
				severity = Error
			}
			c.sayAs(severity, c.schemaSite(found.Schema), found.Pos, found.Msg, found.Remedy)
		}
	}
	return &r
}

// schemaSite is where a schema stands.
func (c *check) schemaSite(n *yaml.Node) *site {
	if s := c.first[visit{n, schemaOf}]; s != nil {
		return s
	}
	return c.around(n.Pos)
}
