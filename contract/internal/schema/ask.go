package schema

import "github.com/faultline-http/faultline/internal/tape"

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
			for i := range f.enum {
				out = append(out, f.enum[i].json)
			}
		}
		return out == nil
	})
	return out
}

// walk visits the forms that speak of the same value for sure, then those that
// may: references, allOf, then the branches.
func (p *Program) walk(id ID, visit func(*form) bool) {
	seen := map[ID]bool{}
	queue := []ID{id}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if id < 0 || int(id) >= len(p.forms) || seen[id] {
			continue
		}
		seen[id] = true
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

// A Property is a declared member.
type Property struct {
	Name     string
	ID       ID
	Required bool
}
