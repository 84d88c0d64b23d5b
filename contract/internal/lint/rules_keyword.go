package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// kinds are the keywords that speak of one type only, and that type.
var kinds = map[string][]string{
	"minLength": {"string"}, "maxLength": {"string"}, "pattern": {"string"},
	"minimum": {"number", "integer"}, "maximum": {"number", "integer"}, "exclusiveMinimum": {"number", "integer"},
	"exclusiveMaximum": {"number", "integer"}, "multipleOf": {"number", "integer"},
	"minItems": {"array"}, "maxItems": {"array"}, "uniqueItems": {"array"}, "items": {"array"}, "prefixItems": {"array"}, "contains": {"array"},
	"minProperties": {"object"}, "maxProperties": {"object"}, "required": {"object"}, "properties": {"object"},
	"additionalProperties": {"object"}, "patternProperties": {"object"}, "propertyNames": {"object"},
}

var schemaMisplaced = &Rule{
	Slug: "schema.misplaced-keyword", Severity: Warning,
	Title:   "a keyword says nothing of the type beside it",
	Why:     "A `pattern` beside `type: integer` is never looked at: what its author wanted to refuse passes.",
	Fix:     "Move the keyword to where it belongs, or correct the type.",
	Section: validation + "6; JSON Schema Core 2020-12, section 7.6.1",
	look: func(c *check) {
		for _, s := range c.schemas() {
			types := typesOf(s.node)
			if types == nil || slices.ContainsFunc(types, unknownType) {
				continue // what a type says that is none, nobody knows: it is a finding by itself
			}
			for i := range s.node.Members {
				m := &s.node.Members[i]
				of, known := kinds[m.Key]
				if !known || harmless(m) || slices.ContainsFunc(of, func(t string) bool { return slices.Contains(types, t) }) {
					continue
				}
				c.say(s, m.Pos, fmt.Sprintf("`%s` says nothing of %s: it is never looked at", m.Key, schema.Article(strings.Join(types, " or "))),
					fmt.Sprintf("leave `%s` out, or write `type: %s`", m.Key, of[0]), m.Key)
			}
		}
	},
}

func unknownType(name string) bool {
	switch name {
	case "string", "number", "integer", "boolean", "array", "object", "null", "file":
		return false
	}
	return true
}

// harmless reports whether a keyword would not narrow anything anyway.
func harmless(m *yaml.Member) bool {
	switch m.Value.Kind {
	case yaml.Bool:
		return m.Value.Text == "false" && m.Key != "additionalProperties" || m.Key == "additionalProperties" && m.Value.Text == "true"
	case yaml.Array:
		return len(m.Value.Items) == 0
	case yaml.Object:
		return len(m.Value.Members) == 0
	case yaml.Number:
		return m.Value.Text == "0" && strings.HasPrefix(m.Key, "min") && m.Key != "minimum"
	}
	return m.Value.Kind == yaml.Null
}

// typesOf are the types that a schema names; nil if it names none.
func typesOf(n *yaml.Node) []string {
	t := n.Get("type")
	switch {
	case t == nil:
		return nil
	case t.Kind == yaml.String:
		return []string{t.Text}
	}
	var out []string
	for _, item := range t.Items {
		out = append(out, item.Text)
	}
	return out
}

// schemas are the Schema Objects whose own keywords count.
func (c *check) schemas() []*site {
	if c.own != nil {
		return c.own
	}
	for _, s := range c.sites[schemaOf] {
		if isObject(s.node) && (c.v >= V31 || refOf(s.node) == "") {
			c.own = append(c.own, s)
		}
	}
	return c.own
}

var schemaForeign = &Rule{
	Slug: "schema.foreign-keyword", Severity: Warning,
	Title:   "a keyword belongs to another version of OpenAPI",
	Why:     "It is ignored: `nullable` in 3.1 allows no null, and `examples` of a schema in 3.0 are seen by nobody.",
	Fix:     "Say it as this version does.",
	Section: "OpenAPI 3.0.4, section 4.7.24; OpenAPI 3.1.1, section 4.8.24 (Schema Object)",
	look: func(c *check) {
		for _, s := range c.schemas() {
			for i := range s.node.Members {
				m := &s.node.Members[i]
				if message, remedy := c.foreign(s, m); message != "" {
					c.say(s, m.Pos, message, remedy, m.Key)
				}
			}
		}
	},
}

// foreign says what is wrong with a keyword of another version.
func (c *check) foreign(s *site, m *yaml.Member) (message, remedy string) {
	switch {
	case m.Key == "nullable" && c.v >= V31 && isTrue(m.Value) && !allowsNull(s.node):
		remedy = "write `anyOf` with the schema and `type: 'null'`"
		if types := typesOf(s.node); types != nil {
			remedy = "write `type: [" + strings.Join(append(types, "'null'"), ", ") + "]`"
		}
		return "`nullable` is ignored in OpenAPI " + c.v.String() + ": null is not allowed here", remedy
	case m.Key == "nullable" && c.v == V20 && isTrue(m.Value):
		return "`nullable` is not known to OpenAPI 2.0: null is not allowed here", "write `x-nullable: true` for tools that know it, or move to OpenAPI 3"
	case m.Key == "examples" && c.v <= V30 && m.Value.Kind == yaml.Array:
		return "`examples` of a schema are ignored in OpenAPI " + c.v.String(), "write `example` with one value"
	case (m.Key == "oneOf" || m.Key == "anyOf" || m.Key == "not") && c.v == V20:
		return "`" + m.Key + "` is not known to OpenAPI 2.0: it is ignored", "move to OpenAPI 3, or say it with `allOf`"
	}
	return "", ""
}

// allowsNull reports whether a schema names null, or no type.
func allowsNull(n *yaml.Node) bool {
	types := typesOf(n)
	if types == nil {
		for _, key := range [...]string{"anyOf", "oneOf"} {
			if list := n.Get(key); list != nil {
				return slices.ContainsFunc(list.Items, allowsNull)
			}
		}
		return n.Get("$ref") == nil && n.Get("allOf") == nil && n.Get("enum") == nil
	}
	return slices.Contains(types, "null")
}

var schemaNullable = &Rule{
	Slug: "schema.nullable", Severity: Warning,
	Title:   "`nullable` does not do what it says",
	Why:     "Without `type` beside it, `nullable: true` has no effect by OpenAPI 3.0.3, and tools differ; an `enum` without null refuses null.",
	Fix:     "Write `type` beside `nullable`, and null into the `enum`.",
	Section: "OpenAPI 3.0.4, section 4.7.24.2 (nullable)",
	look: func(c *check) {
		if c.v != V30 {
			return
		}
		for _, s := range c.schemas() {
			m := member(s.node, "nullable")
			if m == nil || !isTrue(m.Value) {
				continue
			}
			enum := s.node.Get("enum")
			switch {
			case enum != nil && !slices.ContainsFunc(enum.Items, func(n *yaml.Node) bool { return n.Kind == yaml.Null }):
				c.say(s, m.Pos, "`nullable: true` stands beside an `enum` without null: null is refused", "add null to the `enum`", "nullable")
			case s.node.Get("type") == nil && constrains(s.node):
				c.say(s, m.Pos, "`nullable: true` without `type` beside it: by OpenAPI 3.0.3 it has no effect, and tools differ", "write `type` beside `nullable`", "nullable")
			}
		}
	},
}

// constrains reports whether a schema says anything that null could break.
func constrains(n *yaml.Node) bool {
	for _, key := range [...]string{"allOf", "anyOf", "oneOf", "not", "enum"} {
		if n.Get(key) != nil {
			return true
		}
	}
	return false
}

var schemaDirections = &Rule{
	Slug: "schema.read-and-write-only", Severity: Error,
	Title:   "a property is both `readOnly` and `writeOnly`",
	Why:     "It may stand neither in a request nor in an answer.",
	Fix:     "Keep one of the two.",
	Section: "OpenAPI 3.0.4, section 4.7.24 (MUST NOT be marked as both readOnly and writeOnly being true)",
	look: func(c *check) {
		for _, s := range c.schemas() {
			if m := member(s.node, "writeOnly"); m != nil && isTrue(m.Value) && isTrue(s.node.Get("readOnly")) {
				c.say(s, m.Pos, "`readOnly` and `writeOnly` are both true: the property may be sent in no direction", "keep one of the two", "writeOnly")
			}
		}
	},
}
