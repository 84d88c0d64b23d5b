package schema

import "sync/atomic"

// A shape is what reading text by a schema asks again and again: the types of
// the value, and the schemas of its items and members. It is worked out when it
// is first asked for, since few schemas are used for text.
type shape struct {
	types   Types
	items   ID
	members map[string]ID // that are declared
	rest    ID            // of members that are not
	choices []ID          // the branches of its oneOf and anyOf
}

// shapes are the shapes that were asked for, by the schema's ID.
type shapes []atomic.Pointer[shape]

func (p *Program) shape(id ID) *shape {
	at := &p.shapes[id]
	if s := at.Load(); s != nil {
		return s
	}
	s := p.newShape(id)
	at.Store(s)
	return s
}

func (p *Program) newShape(id ID) *shape {
	s := &shape{types: p.surface(id, deepestChain), items: None, members: map[string]ID{}, rest: None}
	p.walk(id, func(f *form) bool {
		if s.items == None && f.arr != nil {
			s.items = f.arr.items
		}
		s.choices = append(append(s.choices, f.oneOf...), f.anyOf...)
		if f.obj == nil {
			return true
		}
		for i := range f.obj.slots {
			slot := &f.obj.slots[i]
			if _, known := s.members[slot.name]; !known && slot.schema != None {
				s.members[slot.name] = slot.schema
			}
		}
		if s.rest == None {
			s.rest = f.obj.rest
		}
		return true
	})
	if s.rest != None && p.forms[s.rest].never {
		s.rest = None
	}
	return s
}

func (p *Program) has(id ID) bool { return id >= 0 && int(id) < len(p.forms) }

// Types returns the JSON types that the schema allows at its surface.
func (p *Program) Types(id ID) Types {
	if !p.has(id) {
		return AnyType
	}
	if s := p.shapes[id].Load(); s != nil {
		return s.types
	}
	return p.surface(id, deepestChain) // few of those who ask go on to the parts
}

// Choices returns the branches of oneOf and anyOf that speak of a value: what
// its members are can depend on which of them is meant.
func (p *Program) Choices(id ID) []ID {
	if !p.has(id) {
		return nil
	}
	return p.shape(id).choices
}

// Items returns the schema of the items of an array, or None.
func (p *Program) Items(id ID) ID {
	if !p.has(id) {
		return None
	}
	return p.shape(id).items
}

// Property returns the schema of a member, by its name or by
// additionalProperties, or None; declared tells the two apart.
func (p *Program) Property(id ID, name string) (member ID, declared bool) {
	if !p.has(id) {
		return None, false
	}
	s := p.shape(id)
	if member, declared = s.members[name]; declared {
		return member, true
	}
	return s.rest, false
}
