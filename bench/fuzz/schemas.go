package fuzz

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A maker puts one case together.
type maker struct {
	*choice
	pool  *pool
	names map[string]bool // identifiers that are taken
}

// make is a schema and a value that is of its kind.
func (m *maker) make(depth int) (schema, value any) {
	if depth == 0 || m.once(3) {
		d := pick(m.choice, m.pool.groups)
		return clone(d.schema), clone(pick(m.choice, d.values))
	}
	a, x := m.part(depth - 1)
	b, y := m.part(depth - 1)
	return m.combine(a, x, b, y)
}

// part is a schema that may stand inside of another.
func (m *maker) part(depth int) (schema, value any) {
	schema, value = m.make(depth)
	if embedded, ok := m.embed(schema); ok {
		return embedded, value
	}
	return map[string]any{}, value
}

// combine joins two schemas with values of theirs by one keyword.
func (m *maker) combine(a, x, b, y any) (schema, value any) {
	type object = map[string]any
	later := []func() (any, any){ // from the newest draft to the oldest
		func() (any, any) { return object{"allOf": []any{a, b}, "unevaluatedProperties": false}, m.either(x, y) },
		func() (any, any) { return object{"anyOf": []any{a, b}, "unevaluatedItems": false}, m.either(x, y) },
		func() (any, any) {
			return object{"$ref": "#/$defs/a", "$defs": object{"a": a}, "not": b}, m.either(x, y)
		},
		func() (any, any) { return object{"dependentSchemas": object{"k": a}}, m.member(y, x) },
		func() (any, any) { return object{"contains": a, "minContains": 2, "maxContains": 3}, []any{x, y, x} },
		func() (any, any) {
			return object{"if": a, "then": b, "else": object{"not": object{"type": "object"}}}, m.either(x, y)
		},
		func() (any, any) { return object{"propertyNames": a}, object{fmt.Sprint(x): y, fmt.Sprint(y): x} },
		func() (any, any) { return object{"contains": a}, []any{y, x} },
		func() (any, any) { return object{"allOf": []any{a, b}}, m.either(x, y) },
		func() (any, any) { return object{"anyOf": []any{a, b}}, m.either(x, y) },
		func() (any, any) { return object{"oneOf": []any{a, b}}, m.either(x, y) },
		func() (any, any) { return object{"not": a}, m.either(x, y) },
		func() (any, any) {
			return object{"properties": object{"k": a}, "additionalProperties": b, "required": []any{"k"}}, object{"k": x, "l": y}
		},
		func() (any, any) {
			return object{"patternProperties": object{"^k": a, "l$": b}}, object{"kl": x, "l": y}
		},
		func() (any, any) { return object{"items": a, "uniqueItems": true}, []any{x, y, m.either(x, y)} },
		func() (any, any) { return object{"dependencies": object{"k": a}, "minProperties": 1}, m.member(x, y) },
		func() (any, any) { return object{"enum": []any{x, y}}, m.either(x, y) },
	}
	return later[len(later)-1-m.of(len(later)-m.missing())]()
}

// missing is how many of the combinations the draft does not have.
func (m *maker) missing() int {
	return map[string]int{"draft4": 8, "draft6": 6, "draft7": 5}[m.pool.draft]
}

// either is one of two values, or an object with the members of both.
func (m *maker) either(x, y any) any {
	a, ok := x.(map[string]any)
	b, too := y.(map[string]any)
	if ok && too && m.once(2) {
		both := maps.Clone(a)
		maps.Copy(both, b)
		return both
	}
	if m.once(2) {
		return x
	}
	return y
}

// member is x with y as a member k.
func (m *maker) member(x, y any) any {
	object, ok := x.(map[string]any)
	if !ok {
		return x
	}
	object = maps.Clone(object)
	object["k"] = y
	return object
}

// embed makes a schema a part of another one: with a name of its own if it
// refers to parts of itself. Not all can be.
func (m *maker) embed(schema any) (any, bool) {
	object, ok := schema.(map[string]any)
	if !ok {
		return schema, m.pool.draft != "draft4"
	}
	if declared, ok := object["$schema"].(string); ok {
		if !strings.Contains(declared, "json-schema.org/") {
			return nil, false // a metaschema of its own is for a whole document
		}
		delete(object, "$schema")
	}
	refers, free := false, true
	names(object, func(keyword, name string) {
		switch keyword {
		case "$id", "id":
			free = free && !m.names[name]
			m.names[name] = true
		default:
			refers = true
		}
	})
	_, beside := object["$ref"]
	if !free || refers && beside && m.pool.older() {
		return nil, false
	}
	if keyword := m.idKeyword(); refers && object[keyword] == nil {
		object[keyword] = fmt.Sprintf("http://localhost:1234/part%d/root.json", len(m.names))
		m.names[object[keyword].(string)] = true
	}
	return object, true
}

func (m *maker) idKeyword() string {
	if m.pool.draft == "draft4" {
		return "id"
	}
	return "$id"
}

// names calls yield with what identifies and what refers, at any depth.
func names(v any, yield func(keyword, name string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, keyword := range slices.Sorted(maps.Keys(v)) {
			name, ok := v[keyword].(string)
			switch keyword {
			case "$id", "id", "$ref", "$dynamicRef", "$recursiveRef", "$anchor", "$dynamicAnchor", "$recursiveAnchor":
				if ok || keyword == "$recursiveAnchor" {
					yield(keyword, name)
				}
			}
			names(v[keyword], yield)
		}
	case []any:
		for _, item := range v {
			names(item, yield)
		}
	}
}
