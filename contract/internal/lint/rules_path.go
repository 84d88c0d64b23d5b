package lint

import (
	"fmt"
	"strings"
)

var pathEquivalent = &Rule{
	Slug: "path.equivalent", Severity: Error,
	Title:   "two paths are the same but for the names of their parameters",
	Why:     "`/pets/{id}` and `/pets/{name}` match the same requests; which one counts is not defined, so the later one is not judged.",
	Fix:     "Merge the two paths.",
	Section: "OpenAPI 3.1.1, section 4.8.8.2 (Path Templating Matching)",
	look: func(c *check) {
		first := map[string]*site{}
		for _, s := range c.paths() {
			shape := shapeOf(s.name)
			if before := first[shape]; before != nil && before.name != s.name {
				c.say(s, s.at, fmt.Sprintf("the path matches the same requests as `%s` in line %d", before.name, before.at.Line), "merge the two paths")
				continue
			}
			first[shape] = s
		}
	},
}

// paths are the entries of `paths`.
func (c *check) paths() []*site {
	var out []*site
	for _, s := range c.sites[pathItem] {
		if len(s.steps) == 2 && s.steps[0] == "paths" && s.base == "" {
			out = append(out, s)
		}
	}
	return out
}

// shapeOf is a path template with its expressions left empty.
func shapeOf(template string) string {
	var b strings.Builder
	depth := 0
	for i := range len(template) {
		switch ch := template[i]; {
		case ch == '{':
			depth++
			b.WriteByte('{')
		case ch == '}' && depth > 0:
			depth--
			b.WriteByte('}')
		case depth == 0:
			b.WriteByte(ch)
		}
	}
	return b.String()
}

// mostPairs bounds the paths that are compared with each other.
const mostPairs = 200_000

var pathAmbiguous = &Rule{
	Slug: "path.ambiguous", Severity: Warning,
	Title:   "two paths match some of the same requests, and none is more specific",
	Why:     "For `/a/{x}/c` and `/a/b/{y}` the specification leaves open which one a request to `/a/b/c` is for. Here the path whose first difference is a fixed segment wins.",
	Fix:     "Make the paths differ in a segment that is fixed in both.",
	Section: "OpenAPI 3.1.1, section 4.8.8.2 (In case of ambiguous matching, it is up to the tooling to decide)",
	look: func(c *check) {
		groups := map[int][]*site{}
		var order []int
		for _, s := range c.paths() {
			n := strings.Count(s.name, "/")
			if groups[n] == nil {
				order = append(order, n)
			}
			groups[n] = append(groups[n], s)
		}
		pairs := 0
		for _, n := range order {
			for i, b := range groups[n] {
				for _, a := range groups[n][:i] {
					if pairs++; pairs > mostPairs {
						return
					}
					if ambiguous(a.name, b.name) && sharedMethod(a, b) {
						c.say(b, b.at, fmt.Sprintf("some requests match this path and `%s` in line %d, and neither is more specific", a.name, a.at.Line),
							"let the two paths differ in a segment that is fixed in both")
						break
					}
				}
			}
		}
	},
}

// ambiguous reports whether each of two templates is more specific than the
// other one somewhere, and some path matches both.
func ambiguous(a, b string) bool {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	left, right := false, false
	for i := range x {
		p, q := strings.Contains(x[i], "{"), strings.Contains(y[i], "{")
		switch {
		case !p && !q:
			if x[i] != y[i] {
				return false
			}
		case p && !q:
			if !matches(x[i], y[i]) {
				return false
			}
			right = true
		case q && !p:
			if !matches(y[i], x[i]) {
				return false
			}
			left = true
		}
	}
	return left && right
}

// matches reports whether a segment with expressions can match a fixed one.
func matches(segment, text string) bool {
	before, _, _ := strings.Cut(segment, "{")
	after := segment[strings.LastIndexByte(segment, '}')+1:]
	return len(text) > len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}

func sharedMethod(a, b *site) bool {
	for _, m := range methods {
		if a.node.Get(m) != nil && b.node.Get(m) != nil {
			return true
		}
	}
	return false
}

// expressions are the names in the braces of a path template.
func expressions(template string) []string {
	var out []string
	for {
		_, rest, found := strings.Cut(template, "{")
		if !found {
			return out
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return out
		}
		out, template = append(out, name), after
	}
}

var pathRepeated = &Rule{
	Slug: "path.repeated-parameter", Severity: Warning,
	Title:   "a path has the same expression twice",
	Why:     "One parameter cannot have two values; which segment is judged is not defined.",
	Fix:     "Give the two segments names of their own.",
	Section: "OpenAPI 3.2.0, section 4.8.2 (Each template expression MUST NOT appear more than once)",
	look: func(c *check) {
		for _, s := range c.paths() {
			seen := map[string]bool{}
			for _, name := range expressions(s.name) {
				if seen[name] {
					c.say(s, s.at, fmt.Sprintf("the path has `{%s}` twice", name), "give the two segments names of their own")
				}
				seen[name] = true
			}
		}
	},
}

var pathUndeclared = &Rule{
	Slug: "path.undeclared-parameter", Severity: Warning,
	Title:   "an expression of the path has no parameter",
	Why:     "Nothing is said of the segment: any text passes.",
	Fix:     "Declare the path parameter.",
	Section: "OpenAPI 3.1.1, section 4.8.12.1 (Parameter Locations)",
	look: func(c *check) {
		for _, s := range c.sites[operation] {
			path := s.parent
			if !isPath(path) {
				continue
			}
			declared := c.namesIn(s, "path")
			known := setOf(declared)
			for _, name := range expressions(path.name) {
				if !known[name] {
					c.say(s, s.at, fmt.Sprintf("%s %s does not declare its path parameter `%s`: any text is taken", strings.ToUpper(s.name), path.name, name),
						suggest(name, declared, "add a parameter `"+name+"` with `in: path`"))
				}
			}
		}
	},
}

// isPath reports whether a path item stands under `paths` itself: those of
// callbacks and webhooks have no template.
func isPath(s *site) bool {
	return s != nil && s.role == pathItem && s.base == "" && len(s.steps) == 2 && s.steps[0] == "paths"
}

// namesIn are the names of the parameters of an operation in a place. An
// unknown name counts as well: where a reference leads nowhere, that is said
// already.
func (c *check) namesIn(op *site, in string) []string {
	var out []string
	for _, n := range c.parametersOf(op) {
		if text(n.node.Get("in")) == in {
			out = append(out, text(n.node.Get("name")))
		}
	}
	return out
}

var pathUnknown = &Rule{
	Slug: "path.unknown-parameter", Severity: Warning,
	Title:   "a path parameter has no expression in the path",
	Why:     "There is no segment to hold it against: it is never looked at.",
	Fix:     "Add the expression to the path, or correct the name or `in`.",
	Section: "OpenAPI 3.1.1, section 4.8.12.1 (Parameter Locations)",
	look: func(c *check) {
		for _, s := range c.sites[operation] {
			path := s.parent
			if !isPath(path) {
				continue
			}
			names := expressions(path.name)
			known := setOf(names)
			for _, p := range c.parametersOf(s) {
				name := text(p.node.Get("name"))
				if text(p.node.Get("in")) == "path" && name != "" && !known[name] {
					c.say(s, p.entry.Pos, fmt.Sprintf("the path `%s` has no expression for the path parameter `%s`", path.name, name),
						suggest(name, names, "add `{"+name+"}` to the path, or correct `in`"), "parameters")
				}
			}
		}
	},
}

var pathOptional = &Rule{
	Slug: "path.optional-parameter", Severity: Warning,
	Title:   "a path parameter is not required",
	Why:     "A path has all of its segments; here it is required all the same, and other tools refuse the description.",
	Fix:     "Write `required: true`.",
	Section: "OpenAPI 3.1.1, section 4.8.12.2 (required: MUST be true for path)",
	look: func(c *check) {
		for _, s := range c.sites[parameter] {
			if text(s.node.Get("in")) == "path" && !isTrue(s.node.Get("required")) {
				c.say(s, s.node.Pos, fmt.Sprintf("the path parameter `%s` should say `required: true`: a path has all of its segments", text(s.node.Get("name"))), "write `required: true`")
			}
		}
	},
}

var pathQuery = &Rule{
	Slug: "path.query", Severity: Warning,
	Title:   "a path has a query or a fragment",
	Why:     "Paths are matched without the query; tools differ in what they make of it.",
	Fix:     "Declare query parameters instead.",
	Section: "OpenAPI 3.1.1, section 4.8.8 (Paths Object)",
	look: func(c *check) {
		for _, s := range c.paths() {
			if i := strings.IndexAny(s.name, "?#"); i >= 0 {
				c.say(s, s.at, fmt.Sprintf("the path has `%s`, which is no part of a path", s.name[i:]), "declare query parameters instead")
			}
		}
	},
}
