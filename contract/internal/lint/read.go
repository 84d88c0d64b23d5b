package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A trial is a value in the description that has to keep a schema beside it.
type trial struct {
	site   *site
	word   string // "example", "default", or "example `NAME`"
	key    string // "example", "examples", "default"
	value  *yaml.Node
	steps  []string // from the site to the value
	ids    []schema.ID
	how    reading
	origin yaml.Pos // of the schema
}

// reading is how the text of an example is meant.
type reading uint8

const (
	asJSON   reading = iota
	asText           // a string is what goes over the wire
	asParam          // the same, and lists may be joined
	asOpaque         // a string is a document of another kind
)

// read compiles every schema, and those that examples are held against.
func (c *check) read() {
	b := schema.NewBuilder(c.in.Schemas, schema.Options{AnnotateFormats: c.in.AnnotateFormats})
	for _, s := range c.sites[schemaOf] {
		if s.parent.role != schemaOf {
			c.wanted = append(c.wanted, wanted{s, b.Want(s.node, c.in.Dialect, s.dir)})
		}
	}
	for _, r := range [...]role{parameter, header} {
		for _, s := range c.sites[r] {
			if n := c.flatSchema(s); n != nil {
				b.Want(n, c.in.Dialect, s.dir)
			}
		}
	}
	c.trials(b)
	program := b.Inspect()
	c.program, c.problems, c.sound = program, program.Problems(), program.Sound()
}

// wanted is a schema that a part of the description holds values against.
type wanted struct {
	site *site
	id   schema.ID
}

// flat are the keywords that a parameter of OpenAPI 2.0 has in common with a
// schema.
var flat = [...]string{
	"type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
	"pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
}

// flatSchema is the schema that a parameter of OpenAPI 2.0 says in its own
// keywords (section "Parameter Object"), or nil.
func (c *check) flatSchema(s *site) *yaml.Node {
	if c.v != V20 || s.node.Get("schema") != nil || s.node.Get("type") == nil {
		return nil
	}
	if n := c.flats[s.node]; n != nil {
		return n
	}
	n := &yaml.Node{Kind: yaml.Object, Pos: s.node.Pos}
	for i := range s.node.Members {
		if m := s.node.Members[i]; slices.Contains(flat[:], m.Key) && !(m.Key == "type" && text(m.Value) == "file") {
			n.Members = append(n.Members, m)
		}
	}
	c.flats[s.node] = n
	return n
}

// trials gathers all examples and defaults.
func (c *check) trials(b *schema.Builder) {
	want := func(n *yaml.Node, dirs ...schema.Direction) []schema.ID {
		var out []schema.ID
		for _, dir := range dirs {
			out = append(out, b.Want(n, c.in.Dialect, dir))
		}
		return out
	}
	for _, s := range c.sites[schemaOf] {
		c.schemaTrials(s, want)
	}
	for _, r := range [...]role{parameter, header} {
		for _, s := range c.sites[r] {
			if n := s.node.Get("schema"); n != nil && text(s.node.Get("in")) != "body" {
				c.examplesOf(s, want(n, s.dir), n.Pos, asParam)
			}
			if n := c.flatSchema(s); n != nil && len(n.Members) > 0 {
				if m := member(s.node, "default"); m != nil {
					c.try(trial{site: s, word: "default", key: "default", value: m.Value, steps: []string{"default"}, ids: want(n, s.dir), origin: n.Pos, how: asParam})
				}
			}
		}
	}
	for _, s := range c.sites[media] {
		if n := s.node.Get("schema"); n != nil {
			c.examplesOf(s, want(n, s.dir), n.Pos, readingOf(s.name))
		}
	}
	if c.v == V20 {
		c.oldResponseTrials(want)
	}
}

func (c *check) try(t trial) {
	if t.value != nil {
		c.tried = append(c.tried, t)
	}
}

// schemaTrials are those that a schema says about itself. Which message it is
// for is not known: one direction will do.
func (c *check) schemaTrials(s *site, want func(*yaml.Node, ...schema.Direction) []schema.ID) {
	if !isObject(s.node) || c.v < V31 && refOf(s.node) != "" {
		return
	}
	both := func() []schema.ID { return want(s.node, schema.Request, schema.Response) }
	for _, key := range [...]string{"example", "default"} {
		if m := member(s.node, key); m != nil {
			c.try(trial{site: s, word: key, key: key, value: m.Value, steps: []string{key}, ids: both(), origin: s.node.Pos})
		}
	}
	if n := s.node.Get("examples"); n != nil && c.v >= V31 {
		for i, item := range n.Items {
			c.try(trial{site: s, word: "example", key: "examples", value: item, steps: []string{"examples", itoa(i)}, ids: both(), origin: s.node.Pos})
		}
	}
}

// examplesOf are those of a parameter, header or media type.
func (c *check) examplesOf(s *site, ids []schema.ID, origin yaml.Pos, how reading) {
	if m := member(s.node, "example"); m != nil {
		c.try(trial{site: s, word: "example", key: "example", value: m.Value, steps: []string{"example"}, ids: ids, origin: origin, how: how})
	}
	list := s.node.Get("examples")
	if list == nil {
		return
	}
	for i := range list.Members {
		m := &list.Members[i]
		n := c.follow(m.Value)
		steps := []string{"examples", m.Key}
		if n == nil {
			continue
		}
		for _, key := range [...]string{"value", "dataValue"} {
			if v := n.Get(key); v != nil {
				c.try(trial{site: s, word: "example `" + m.Key + "`", key: "examples", value: v, steps: append(steps, key), ids: ids, origin: origin, how: how})
				break
			}
		}
	}
}

// oldResponseTrials are the examples of answers in OpenAPI 2.0, by media type.
func (c *check) oldResponseTrials(want func(*yaml.Node, ...schema.Direction) []schema.ID) {
	for _, s := range c.sites[response] {
		n, list := s.node.Get("schema"), s.node.Get("examples")
		if n == nil || list == nil {
			continue
		}
		for i := range list.Members {
			m := &list.Members[i]
			c.try(trial{
				site: s, word: "example for `" + m.Key + "`", key: "examples", value: m.Value, steps: []string{"examples", m.Key},
				ids: want(n, schema.Response), origin: n.Pos, how: readingOf(m.Key),
			})
		}
	}
}

// readingOf says how the examples of a media type are meant.
func readingOf(name string) reading {
	t, _, _ := strings.Cut(name, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	switch {
	case t == "application/json", t == "text/json", strings.HasSuffix(t, "+json"), strings.HasPrefix(t, "*/"), t == "application/*":
		return asJSON
	case strings.HasPrefix(t, "text/") && t != "text/xml" && t != "text/event-stream":
		return asText
	}
	return asOpaque
}

// resolve is what a reference leads to at once; each is asked for once.
func (c *check) resolve(ref *yaml.Node) (*yaml.Node, error) {
	if to, known := c.targets[ref]; known {
		return to.node, to.err
	}
	node, err := c.in.Resolve(ref.Text, ref.Pos)
	if c.targets == nil {
		c.targets = map[*yaml.Node]target{}
	}
	c.targets[ref] = target{node, err}
	return node, err
}

// target is what a reference leads to.
type target struct {
	node *yaml.Node
	err  error
}

// follow is what a reference leads to in the end, or nil.
func (c *check) follow(n *yaml.Node) *yaml.Node {
	for range mostSteps {
		ref := n.Get("$ref")
		if ref == nil || ref.Kind != yaml.String {
			return n
		}
		next, err := c.resolve(ref)
		if err != nil {
			return nil
		}
		n = next
	}
	return nil
}

// mostSteps bounds chains of references.
const mostSteps = 64

func itoa(i int) string { return strconv.Itoa(i) }

// contradictions are those of all schemas.
func (c *check) contradictions() []schema.Contradiction {
	if c.program == nil {
		return nil
	}
	if !c.judged {
		c.judged, c.clashes = true, c.program.Contradictions()
	}
	return c.clashes
}

// around is the part of the description that a place belongs to.
func (c *check) around(at yaml.Pos) *site {
	if c.places == nil {
		c.places = map[yaml.Pos]*site{}
		for _, list := range c.sites {
			for _, s := range list {
				if s.role == reference {
					continue
				}
				for i := range s.node.Members {
					m := &s.node.Members[i]
					c.place(m.Pos, s)
					c.place(m.Value.Pos, s)
				}
			}
		}
		for _, list := range c.sites {
			for _, s := range list {
				c.places[s.node.Pos] = s
			}
		}
	}
	if s := c.places[at]; s != nil {
		return s
	}
	return c.sites[document][0]
}

func (c *check) place(at yaml.Pos, s *site) {
	if c.places[at] == nil {
		c.places[at] = s
	}
}
