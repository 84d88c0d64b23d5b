package schema

import (
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

// surface is Types without memory.
func (p *Program) surface(id ID, depth int) Types {
	if id < 0 || int(id) >= len(p.forms) || depth == 0 {
		return AnyType
	}
	f := &p.forms[id]
	if f.never {
		return 0
	}
	types := f.types
	if f.enum != nil {
		types &= typesOf(f.enum)
	}
	if f.constant != nil {
		types &= f.constant.types()
	}
	if f.ref != None {
		types &= p.surface(f.ref, depth-1)
	}
	for _, next := range f.allOf {
		types &= p.surface(next, depth-1)
	}
	for _, list := range [...][]ID{f.anyOf, f.oneOf} {
		var some Types
		for _, next := range list {
			some |= p.surface(next, depth-1)
		}
		if len(list) > 0 {
			types &= some
		}
	}
	if f.nullable {
		types |= NullType
	}
	return types
}

func typesOf(list []constant) Types {
	var types Types
	for i := range list {
		types |= list[i].types()
	}
	return types
}

func (c *constant) types() Types {
	switch c.kind {
	case tape.Null:
		return NullType
	case tape.Bool:
		return BoolType
	case tape.Number:
		if c.num.integer() {
			return IntegerType
		}
		return IntegerType | NumberType
	case tape.String:
		return StringType
	case tape.Array:
		return ArrayType
	}
	return ObjectType
}

// Properties returns the members that the schema declares, in its order.
func (p *Program) Properties(id ID) []Property {
	var out []Property
	index := map[string]int{}
	required := map[string]bool{}
	p.walk(id, func(f *form) bool {
		if f.obj == nil {
			return true
		}
		for i := range f.obj.slots {
			s := &f.obj.slots[i]
			if s.required {
				required[s.name] = true
			}
			if _, known := index[s.name]; !known && s.schema != None {
				index[s.name] = len(out)
				out = append(out, Property{Name: s.name, ID: s.schema})
			}
		}
		return true
	})
	for i := range out {
		out[i].Required = required[out[i].Name]
	}
	return out
}

// Enum returns the values that enum or const allows, as JSON text.
func (p *Program) Enum(id ID) []string {
	var out []string
	p.walk(id, func(f *form) bool {
		switch {
		case f.constant != nil:
			out = []string{f.constant.json}
		case f.enum != nil:
			out = texts(f.enum)
		}
		return out == nil
	})
	return out
}

// walk visits the forms that speak of the same value for sure, then those that
// may: references, allOf, then the branches.
func (p *Program) walk(id ID, visit func(*form) bool) {
	var seen visited
	var room [16]ID
	queue := append(room[:0], id)
	for next := 0; next < len(queue); next++ {
		id := queue[next]
		if id < 0 || int(id) >= len(p.forms) || !seen.first(id) {
			continue
		}
		f := &p.forms[id]
		if !visit(f) {
			return
		}
		queue = append(queue, f.ref)
		queue = append(queue, f.allOf...)
		queue = append(queue, f.oneOf...)
		queue = append(queue, f.anyOf...)
		queue = append(queue, f.yes, f.no)
	}
}

// visited are the schemas that were met on a walk. Few are remembered without
// allocating.
type visited struct {
	few  [16]ID
	n    int
	many map[ID]bool
}

// first reports whether a schema is met for the first time.
func (v *visited) first(id ID) bool {
	if slices.Contains(v.few[:v.n], id) || v.many[id] {
		return false
	}
	if v.n < len(v.few) {
		v.few[v.n] = id
		v.n++
		return true
	}
	if v.many == nil {
		v.many = map[ID]bool{}
	}
	v.many[id] = true
	return true
}

// A Property is a declared member.
type Property struct {
	Name     string
	ID       ID
	Required bool
}
