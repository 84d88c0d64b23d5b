package lint

import (
	"strconv"

	"github.com/faultline-http/faultline/internal/yaml"
)

// applied are the keywords that hold one schema, a list or a map of them. Those
// of a dialect that does not know the keyword are not looked at.
var applied = [...]struct {
	key  string
	as   byte // '1': one, 'l': a list, 'm': a map
	from Version
}{
	{"allOf", 'l', V20},
	{"anyOf", 'l', V30},
	{"oneOf", 'l', V30},
	{"not", '1', V30},
	{"properties", 'm', V20},
	{"additionalProperties", '1', V20},
	{"items", '1', V20},
	{"if", '1', V31},
	{"then", '1', V31},
	{"else", '1', V31},
	{"prefixItems", 'l', V31},
	{"contains", '1', V31},
	{"propertyNames", '1', V31},
	{"patternProperties", 'm', V31},
	{"dependentSchemas", 'm', V31},
	{"unevaluatedItems", '1', V31},
	{"unevaluatedProperties", '1', V31},
	{"contentSchema", '1', V31},
	{"$defs", 'm', V31},
	{"definitions", 'm', V31},
}

// schema walks a Schema Object.
func (c *check) schema(s *site) {
	if ref := refOf(s.node); ref != "" {
		c.refer(s)
		if c.v < V31 {
			return // what stands beside it is ignored
		}
	}
	for _, a := range applied {
		m := member(s.node, a.key)
		if m == nil || c.v < a.from {
			continue
		}
		switch {
		case a.as == 'm':
			c.map1(s, a.key, schemaOf)
		case m.Value.Kind == yaml.Array:
			for i, item := range m.Value.Items {
				c.part(&site{role: schemaOf, node: item, parent: s, name: a.key, at: item.Pos, steps: []string{a.key, strconv.Itoa(i)}, dir: s.dir})
			}
		case a.as == '1' && m.Value.Kind == yaml.Object:
			c.part(s.below(schemaOf, m))
		}
	}
}

// inPlace reports whether a schema speaks of the same value as the one around
// it.
func (s *site) inPlace() bool {
	if s.parent == nil || s.parent.role != schemaOf || s.base != "" || len(s.steps) == 0 {
		return false
	}
	switch s.steps[0] {
	case "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas":
		return true
	}
	return false
}
