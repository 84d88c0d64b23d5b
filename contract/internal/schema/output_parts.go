package schema

import (
	"strconv"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// below applies a schema to a part of the value.
func (s *site) below(u *Unit, id ID, value int, at spot) bool {
	part := s.schema(id, value, at)
	u.Units = append(u.Units, part)
	if !part.Valid {
		u.Valid, u.Error = false, subschemas
	}
	return part.Valid
}

// note sets the annotation of a keyword that nothing broke.
func (u *Unit) note(json []byte) {
	if u.Valid {
		u.Annotation = json
	}
}

func (s *site) applyItems(u *Unit, m *yaml.Member) bool {
	r := s.f.arr
	at := spot{u.Keyword, u.Instance}
	switch m.Key {
	case "prefixItems":
		return s.prefix(u, r, at)
	case "items":
		if m.Value.Kind == yaml.Array {
			return s.prefix(u, r, at)
		}
		return s.rest(u, r, at)
	case "additionalItems":
		if items := s.origin.node.Get("items"); items == nil || items.Kind != yaml.Array {
			return false
		}
		return s.rest(u, r, at)
	case "contains":
		return s.contains(u, r, at)
	case "unevaluatedItems":
		return s.unevaluated(u, s.f.unevaluatedArr, at)
	}
	return false
}

// prefix applies schemas to items by their place. The annotation is the last
// place, or true if every item has one.
func (s *site) prefix(u *Unit, r *arrRule, at spot) bool {
	if r == nil {
		return false
	}
	last := -1
	s.each(func(i, item int) {
		if i >= len(r.prefix) {
			return
		}
		last = i
		name := strconv.Itoa(i)
		s.below(u, r.prefix[i], item, at.under(name).at(name))
	})
	switch {
	case last < 0:
	case last+1 == int(s.t.Tokens[s.token].Count):
		u.note([]byte("true"))
	default:
		u.note(strconv.AppendInt(nil, int64(last), 10))
	}
	return true
}

func (s *site) rest(u *Unit, r *arrRule, at spot) bool {
	if r == nil || r.items == None {
		return false
	}
	applied := false
	s.each(func(i, item int) {
		if i < len(r.prefix) {
			return
		}
		applied = true
		s.below(u, r.items, item, at.at(strconv.Itoa(i)))
	})
	if applied {
		u.note([]byte("true"))
	}
	return true
}

// contains applies its schema to each item; those that do not fit do no harm.
func (s *site) contains(u *Unit, r *arrRule, at spot) bool {
	if r == nil || r.contains == None {
		return false
	}
	var fits []int
	s.each(func(i, item int) {
		part := s.schema(r.contains, item, at.at(strconv.Itoa(i)))
		part.free = true
		if part.Valid {
			fits = append(fits, i)
		}
		u.Units = append(u.Units, part)
	})
	s.judge(u, len(fits) > 0 || r.minContains == 0, "no item fits")
	if len(fits) == int(s.t.Tokens[s.token].Count) {
		u.note([]byte("true"))
	} else {
		u.note(indexList(fits))
	}
	return true
}

func (s *site) each(visit func(i, value int)) {
	n := 0
	s.parts(s.token, func(value int) bool {
		visit(n, value)
		n++
		return true
	})
}

func (s *site) unevaluated(u *Unit, id ID, at spot) bool {
	if id == None {
		return false
	}
	marks := s.evaluated(s.id, s.token, false)
	left := make([]bool, int(s.t.Tokens[s.token].Count))
	for i := range left {
		left[i] = !s.marks[marks+i]
	}
	s.marks = s.marks[:marks]
	var list []string
	s.each(func(i, value int) {
		if !left[i] {
			return
		}
		name := strconv.Itoa(i)
		if s.kind == tape.Object {
			name = s.t.Text(value - 1)
		}
		list = append(list, name)
		s.below(u, id, value, at.at(name))
	})
	switch {
	case s.kind == tape.Object:
		u.note(textList(list))
	case len(list) > 0:
		u.note([]byte("true"))
	}
	return true
}

func (s *site) applyMembers(u *Unit, m *yaml.Member) bool {
	at := spot{u.Keyword, u.Instance}
	if m.Key == "unevaluatedProperties" {
		return s.unevaluated(u, s.f.unevaluated, at)
	}
	r := s.f.obj
	if r == nil {
		return false
	}
	var list []string
	add := func(id ID, key int, at spot) {
		name := s.t.Text(key)
		list = append(list, name)
		s.below(u, id, key+1, at.at(name))
	}
	switch m.Key {
	case "properties":
		s.keys(func(key int) {
			if i, ok := r.slotOf(s.text(key)); ok && r.slots[i].schema != None {
				add(r.slots[i].schema, key, at.under(r.slots[i].name))
			}
		})
	case "patternProperties":
		s.keys(func(key int) {
			for i := range r.patterns {
				if s.matches(r.patterns[i].pattern, key) {
					add(r.patterns[i].schema, key, at.under(m.Value.Members[i].Key))
				}
			}
		})
	case "additionalProperties":
		s.keys(func(key int) {
			if !s.declared(r, key) {
				if r.rest == None {
					list = append(list, s.t.Text(key))
					return
				}
				add(r.rest, key, at)
			}
		})
	case "propertyNames":
		s.keys(func(key int) { s.below(u, r.names, key, at) })
		return true
	default:
		return false
	}
	u.note(textList(list))
	return true
}

func (s *site) declared(r *objRule, key int) bool {
	if i, ok := r.slotOf(s.text(key)); ok && r.slots[i].schema != None {
		return true
	}
	for i := range r.patterns {
		if s.matches(r.patterns[i].pattern, key) {
			return true
		}
	}
	return false
}

func (s *site) keys(visit func(key int)) {
	s.parts(s.token, func(value int) bool {
		visit(value - 1)
		return true
	})
}
