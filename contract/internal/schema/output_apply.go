package schema

import (
	"strconv"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// apply applies the schemas below a keyword, and reports whether it has some
// for such a value.
func (s *site) apply(u *Unit, m *yaml.Member) bool {
	switch m.Key {
	case "$ref", "$dynamicRef", "$recursiveRef":
		return s.reference(u, m.Key)
	case "allOf":
		return s.branches(u, s.f.allOf[s.moreRefs():], func(fits, all int) bool { return fits == all })
	case "anyOf":
		return s.choice(u, s.f.anyOf, func(fits, _ int) bool { return fits > 0 })
	case "oneOf":
		return s.choice(u, s.f.oneOf, func(fits, _ int) bool { return fits == 1 })
	case "not", "if", "then", "else":
		return s.condition(u, m.Key)
	case "dependentSchemas", "dependencies":
		return s.dependent(u, m)
	case "discriminator":
		return s.discriminator(u)
	}
	switch s.kind {
	case tape.Array:
		return s.applyItems(u, m)
	case tape.Object:
		return s.applyMembers(u, m)
	}
	return false
}

// one applies a schema to the same value and makes its unit the keyword's.
func (s *site) one(u *Unit, id ID) bool {
	if id == None {
		return false
	}
	*u = s.schema(id, s.token, spot{u.Keyword, u.Instance})
	return true
}

// reference follows the keyword to the schema that the reader found for it.
func (s *site) reference(u *Unit, keyword string) bool {
	n := 0
	for _, word := range [...]string{"$ref", "$dynamicRef", "$recursiveRef"} {
		if word == keyword {
			break
		}
		if s.origin.mode.has(word) && s.origin.node.Get(word) != nil {
			n++
		}
	}
	switch {
	case n == 0:
		return s.one(u, s.f.ref)
	case n <= s.moreRefs():
		return s.one(u, s.f.allOf[n-1])
	}
	return false
}

// moreRefs is how many schemas of allOf are those of references.
func (s *site) moreRefs() int {
	if !s.origin.mode.has("allOf") {
		return len(s.f.allOf)
	}
	n := len(s.f.allOf)
	if all := s.origin.node.Get("allOf"); all != nil {
		n -= len(all.Items)
	}
	return max(n, 0)
}

func (s *site) branches(u *Unit, list []ID, holds func(fits, all int) bool) bool {
	if len(list) == 0 {
		return false
	}
	fits := 0
	for i, id := range list {
		branch := s.schema(id, s.token, spot{u.Keyword, u.Instance}.under(strconv.Itoa(i)))
		if branch.Valid {
			fits++
		}
		u.Units = append(u.Units, branch)
	}
	s.judge(u, holds(fits, len(list)), strconv.Itoa(fits)+" of "+plural(len(list), "schema")+" fit")
	return true
}

// choice is branches, of which in OpenAPI the discriminator may say the one that
// counts.
func (s *site) choice(u *Unit, list []ID, holds func(fits, all int) bool) bool {
	id, picked := s.picked()
	if !picked || s.f.disc.base {
		return s.branches(u, list, holds)
	}
	for i := range list {
		if list[i] == id {
			u.Units = []Unit{s.schema(id, s.token, spot{u.Keyword, u.Instance}.under(strconv.Itoa(i)))}
			s.judge(u, u.Units[0].Valid, "the branch that the discriminator names does not fit")
		}
	}
	return true
}

func (s *site) judge(u *Unit, valid bool, words string) {
	if u.Valid = valid; !valid {
		u.Error = words
	}
}

func (s *site) picked() (ID, bool) {
	if s.f.disc == nil {
		return None, false
	}
	return s.pick(s.f.disc, s.token)
}

func (s *site) discriminator(u *Unit) bool {
	id, picked := s.picked()
	return picked && s.f.disc.base && s.one(u, id)
}

func (s *site) condition(u *Unit, keyword string) bool {
	switch keyword {
	case "not":
		inner := s.schema(s.f.not, s.token, spot{u.Keyword, u.Instance})
		inner.free = true
		u.Units = []Unit{inner}
		s.judge(u, !inner.Valid, "the value must not fit")
		return true
	case "if":
		if s.f.when == None || !s.one(u, s.f.when) {
			return false
		}
		u.free = true
		return true
	}
	if s.f.when == None {
		return false
	}
	next := s.f.no
	if s.branch(s.f.when, s.token) == (keyword == "then") {
		if keyword == "then" {
			next = s.f.yes
		}
		return s.one(u, next)
	}
	return false
}

func (s *site) dependent(u *Unit, m *yaml.Member) bool {
	if s.kind != tape.Object {
		return false
	}
	for i := range m.Value.Members {
		name := m.Value.Members[i].Key
		if s.member(s.token, name) < 0 {
			continue
		}
		if schema := m.Value.Members[i].Value; schema.Kind == yaml.Array {
			if words := s.needed(name, schema.Items); words != "" {
				u.Valid, u.Error = false, words
			}
			continue
		}
		at, _ := s.f.obj.slotOf([]byte(name))
		slot := &s.f.obj.slots[at]
		part := s.schema(slot.then, s.token, spot{u.Keyword, u.Instance}.under(name))
		u.Units = append(u.Units, part)
		if !part.Valid {
			u.Valid, u.Error = false, subschemas
		}
	}
	return true
}
