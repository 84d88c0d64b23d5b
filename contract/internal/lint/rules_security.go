package lint

import (
	"fmt"

	"github.com/faultline-http/faultline/internal/yaml"
)

// schemes are the security schemes by name, with their sites.
func (c *check) schemes() map[string]*yaml.Member {
	n := c.in.Root.Get("components").Get("securitySchemes")
	if c.v == V20 {
		n = c.in.Root.Get("securityDefinitions")
	}
	out := map[string]*yaml.Member{}
	if n != nil {
		for i := range n.Members {
			out[n.Members[i].Key] = &n.Members[i]
		}
	}
	return out
}

// requirements calls visit for every scheme that a security list names.
func (c *check) requirements(visit func(s *site, i int, m *yaml.Member)) {
	for _, s := range c.sites[security] {
		for i, set := range s.node.Items {
			for j := range set.Members {
				visit(s, i, &set.Members[j])
			}
		}
	}
}

var securityUndefined = &Rule{
	Slug: "security.undefined", Severity: Error,
	Title:   "a security requirement names a scheme that does not exist",
	Why:     "What credential is wanted is not known, so that none can be asked for.",
	Fix:     "Define the scheme, or name one that exists.",
	Section: "OpenAPI 3.1.1, section 4.8.30 (Each name MUST correspond to a security scheme)",
	look: func(c *check) {
		known := c.schemes()
		var names []string
		for name := range known {
			names = append(names, name)
		}
		c.requirements(func(s *site, i int, m *yaml.Member) {
			if known[m.Key] != nil {
				return
			}
			if c.v == V32 {
				if _, err := c.in.Resolve(m.Key, m.Pos); err == nil {
					return // OpenAPI 3.2.0, section 4.30: a name may be the URI of a scheme
				}
			}
			c.say(s, m.Pos, fmt.Sprintf("the security scheme `%s` is not defined", m.Key), suggest(m.Key, sorted(names), "define it"), itoa(i), m.Key)
		})
	},
}

var securityUnused = &Rule{
	Slug: "security.unused", Severity: Info,
	Title:   "a security scheme is used by nothing",
	Why:     "Its credential is never asked for. Often `security` was forgotten.",
	Fix:     "Add `security` to the operations that want it, or leave the scheme out.",
	Section: "OpenAPI 3.1.1, section 4.8.27",
	look: func(c *check) {
		used := map[string]bool{}
		c.requirements(func(_ *site, _ int, m *yaml.Member) { used[m.Key] = true })
		for _, s := range c.sites[securityScheme] {
			if !used[s.name] {
				c.say(s, s.at, fmt.Sprintf("the security scheme `%s` is used by no operation", s.name), "add it to `security`, or leave it out")
			}
		}
	},
}

var securityScope = &Rule{
	Slug: "security.undefined-scope", Severity: Warning,
	Title:   "a scope is asked for that its scheme does not define",
	Why:     "No token can be told to have it.",
	Fix:     "Add the scope to the flows of the scheme, or correct its name.",
	Section: "OpenAPI 3.1.1, section 4.8.30 (Security Requirement Object)",
	look: func(c *check) {
		known := c.schemes()
		c.requirements(func(s *site, i int, m *yaml.Member) {
			if known[m.Key] == nil {
				return
			}
			scheme := c.follow(known[m.Key].Value)
			kind := text(scheme.Get("type"))
			scopes, listed := scopesOf(scheme)
			for j, item := range m.Value.Items {
				switch {
				case kind == "oauth2" && listed && scopes[item.Text] == nil:
					c.say(s, item.Pos, fmt.Sprintf("the scope `%s` is not defined by the scheme `%s`", item.Text, m.Key), suggest(item.Text, keysOf(scopes), "add it to the scheme"), itoa(i), m.Key, itoa(j))
				case kind != "oauth2" && kind != "openIdConnect" && c.v < V31 && kind != "":
					c.say(s, item.Pos, fmt.Sprintf("the scheme `%s` is of type %s, which has no scopes in OpenAPI %s: `%s` says nothing", m.Key, kind, c.v, item.Text), "write an empty list", itoa(i), m.Key, itoa(j))
				}
			}
		})
	},
}

// scopesOf are the scopes of a scheme; it is false if it lists none.
func scopesOf(scheme *yaml.Node) (map[string]*yaml.Node, bool) {
	out := map[string]*yaml.Node{}
	listed := false
	add := func(n *yaml.Node) {
		if !isObject(n) {
			return
		}
		listed = true
		for i := range n.Members {
			out[n.Members[i].Key] = n.Members[i].Value
		}
	}
	add(scheme.Get("scopes"))
	if flows := scheme.Get("flows"); flows != nil {
		for i := range flows.Members {
			add(flows.Members[i].Value.Get("scopes"))
		}
	}
	return out, listed
}

func keysOf(m map[string]*yaml.Node) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return sorted(out)
}
