package lint

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

var exampleInvalid = &Rule{
	Slug: "example.invalid", Severity: Error,
	Title:   "an example breaks its own schema",
	Why:     "Either the example or the schema is wrong. If it is the schema, calls like the example are refused.",
	Fix:     "Correct the example, or let the schema allow it.",
	Section: "OpenAPI 3.1.1, section 4.8.14 (Media Type Object), 4.8.12 (Parameter Object); JSON Schema Validation 2020-12, section 9.5",
	look:    func(c *check) { c.tryAll(false) },
}

var defaultInvalid = &Rule{
	Slug: "default.invalid", Severity: Error,
	Title:   "a default breaks its own schema",
	Why:     "The value that counts when none is sent is one that nobody may send.",
	Fix:     "Write a default that the schema allows, or leave it out.",
	Section: "OpenAPI 3.0.4, section 4.7.24 (Schema Object: the default value MUST conform to the type); JSON Schema Validation 2020-12, section 9.2",
	look:    func(c *check) { c.tryAll(true) },
}

var exampleConflict = &Rule{
	Slug: "example.both", Severity: Warning,
	Title:   "`example` and `examples` stand side by side",
	Why:     "They exclude each other, and tools differ in which one they take.",
	Fix:     "Keep `examples`, or `example`.",
	Section: "OpenAPI 3.1.1, section 4.8.14 (Media Type Object)",
	look: func(c *check) {
		for _, r := range [...]role{parameter, header, media} {
			for _, s := range c.sites[r] {
				if one, many := member(s.node, "example"), member(s.node, "examples"); one != nil && many != nil {
					c.say(s, one.Pos, "`example` and `examples` exclude each other", "keep one of the two", "example")
				}
			}
		}
	},
}

// tryAll holds examples, or defaults, against their schemas.
func (c *check) tryAll(defaults bool) {
	for i := range c.tried {
		t := &c.tried[i]
		if (t.key == "default") == defaults && c.program != nil {
			c.tryOne(t)
		}
	}
}

// tryOne holds a value against its schemas; one of them has to fit.
func (c *check) tryOne(t *trial) {
	json := schema.NodeJSON(t.value)
	var best []schema.Violation
	for _, id := range t.ids {
		if !c.sound[id] || c.fits(t, id, json) {
			return
		}
		got := c.program.Explain(id, json)
		if len(got) == 0 {
			return
		}
		if best == nil || len(got) < len(best) {
			best = got
		}
	}
	if best != nil {
		c.sayBroken(t, best)
	}
}

// fits reports whether a value keeps a schema as its place means it.
func (c *check) fits(t *trial, id schema.ID, json []byte) bool {
	if c.program.Valid(id, json) {
		return true
	}
	if t.value.Kind != yaml.String {
		return false
	}
	switch t.how {
	case asOpaque:
		return true
	case asText:
		return c.program.ValidText(id, []byte(t.value.Text))
	case asParam:
		return c.program.ValidText(id, []byte(t.value.Text)) || c.joined(id, t.value.Text)
	}
	return false
}

// joined reports whether a text is the serialized form of a list or an object,
// which an example of a parameter may show as well (OpenAPI 3.0.4, section
// 4.7.12: it should match the schema and the encoding properties).
func (c *check) joined(id schema.ID, text string) bool {
	types := c.program.Types(id)
	if types&schema.ObjectType != 0 {
		return true // too many forms to tell
	}
	items := c.program.Items(id)
	if types&schema.ArrayType == 0 {
		return false
	}
	for _, by := range [...]string{",", "|", " ", "&"} {
		json := []byte{'['}
		for i, part := range strings.Split(text, by) {
			if i > 0 {
				json = append(json, ',')
			}
			if items == schema.None {
				json = tape.AppendQuoted(json, part)
				continue
			}
			json = c.program.AppendJSON(json, items, []byte(part))
		}
		if c.program.Valid(id, append(json, ']')) {
			return true
		}
	}
	return false
}

// sayBroken tells of the first mistake of a value and counts the others.
func (c *check) sayBroken(t *trial, all []schema.Violation) {
	v := &all[0]
	node, steps := inside(t.value, v)
	severity := c.rule.Severity
	message := fmt.Sprintf("the %s breaks its own schema: %s", t.word, c.reason(t, v))
	remedy := fmt.Sprintf("correct the %s, or let the schema allow it", strings.TrimSuffix(t.key, "s"))
	switch {
	case t.key == "default" && t.value.Kind == yaml.Null:
		severity = Warning
		message = "the default is null, which its own schema does not allow"
		remedy = "leave `default` out if there is none, or allow null"
	case t.how == asJSON && t.value.Kind == yaml.String && len(steps) == 0 && c.holdsJSON(t):
		severity = Warning
		message = fmt.Sprintf("the %s is a string that holds JSON text: its schema wants the value itself", t.word)
		remedy = "write the value instead of its text"
	}
	if more := len(all) - 1; more > 0 {
		message += fmt.Sprintf(" (and %d more)", more)
	}
	c.sayAs(severity, t.site, node.Pos, message, remedy, append(t.steps[:len(t.steps):len(t.steps)], steps...)...)
}

// reason is the violation in words that fit a value in a description.
func (c *check) reason(t *trial, v *schema.Violation) string {
	message := strings.Replace(v.Message, "the body", "the value", 1)
	message = strings.Replace(message, "`body[", "`"+t.key+"[", 1) // items of the outermost array
	if v.Found != "" && v.Kind != schema.Missing && v.Kind != schema.Unknown && !strings.Contains(message, v.Found) {
		message += ", found " + v.Found
	}
	if v.Source.Line > 0 {
		message += fmt.Sprintf(" (schema in line %d", v.Source.Line)
		if v.Source.File != t.value.Pos.File {
			message += " of " + v.Source.File
		}
		message += ")"
	}
	return message
}

// holdsJSON reports whether the text of a string is JSON that keeps the schema.
func (c *check) holdsJSON(t *trial) bool {
	for _, id := range t.ids {
		if c.program.Valid(id, []byte(t.value.Text)) {
			return true
		}
	}
	return false
}

// inside finds the part of a value that a violation is about.
func inside(value *yaml.Node, v *schema.Violation) (*yaml.Node, []string) {
	n := value
	var steps []string
	if v.Pointer == "" {
		return n, nil
	}
	for token := range strings.SplitSeq(v.Pointer[1:], "/") {
		token = faultline.UnescapePointer(token)
		next := n.Get(token)
		if i, err := strconv.Atoi(token); n.Kind == yaml.Array && err == nil && i >= 0 && i < len(n.Items) {
			next = n.Items[i]
		}
		if next == nil {
			break
		}
		n, steps = next, append(steps, token)
	}
	return n, steps
}
