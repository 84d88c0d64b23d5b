package schema

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/faultline-http/faultline/internal/yaml"
)

// objects looks for members that must be there and cannot.
func (c *critic) objects(owner *form, set []*form, _ Types, depth int, say func(*Contradiction)) *Contradiction {
	s := size{max: -1}
	for _, f := range set {
		if f.obj != nil {
			s.narrow(f, f.obj.min, f.obj.max)
		}
	}
	if out := s.clash(c, owner, "object", "minProperties", "maxProperties"); out != nil {
		say(out)
		return out
	}
	names, by := required(set)
	if s.max >= 0 && len(names) > s.max {
		out := &Contradiction{
			Clash: ClashRequired, Schema: c.node(owner), Pos: c.place(owner, s.maxForm, "maxProperties"),
			Msg:    fmt.Sprintf("%s are required, and `maxProperties` allows %d", plural(len(names), "property"), s.max),
			Remedy: "raise `maxProperties`, or require fewer",
		}
		say(out)
		return out
	}
	if out := c.tooFew(owner, set, &s); out != nil {
		say(out)
		return out
	}
	for i, name := range names {
		if out := c.mustAndCannot(owner, set, name, by[i], depth); out != nil {
			say(out)
			return out
		}
	}
	c.dead(owner, set, names, depth, say)
	return nil
}

// required lists the names that any of the forms requires, and which one does.
func required(set []*form) (names []string, by []*form) {
	seen := map[string]bool{}
	for _, f := range set {
		if f.obj == nil {
			continue
		}
		for i := range f.obj.slots {
			if s := &f.obj.slots[i]; s.required && !seen[s.name] {
				seen[s.name] = true
				names, by = append(names, s.name), append(by, f)
			}
		}
	}
	return names, by
}

// requiredAt is the place where a form requires a name itself.
func (c *critic) requiredAt(f *form, name string) *yaml.Node {
	m := c.member(f, "required")
	if m == nil {
		return nil
	}
	for _, item := range m.Value.Items {
		if item.Text == name {
			return item
		}
	}
	return nil
}

// tooFew looks for a closed object that must have more members than it
// declares.
func (c *critic) tooFew(owner *form, set []*form, s *size) *Contradiction {
	if s.min == 0 {
		return nil
	}
	for _, f := range set {
		if !c.closed(f) || len(f.obj.patterns) > 0 {
			continue
		}
		n := 0
		for i := range f.obj.slots {
			if f.obj.slots[i].schema != None {
				n++
			}
		}
		if n < s.min {
			return &Contradiction{
				Clash: ClashRequired, Schema: c.node(owner), Pos: c.place(owner, s.minForm, "minProperties"),
				Msg:    fmt.Sprintf("`minProperties: %d` asks for more than the %s that are declared, and `additionalProperties` is false", s.min, plural(n, "property")),
				Remedy: "lower `minProperties`, or declare more properties",
			}
		}
	}
	return nil
}

// closed reports whether a form refuses members that it does not declare.
func (c *critic) closed(f *form) bool {
	return f.obj != nil && f.obj.rest != None && c.p.forms[f.obj.rest].never
}

// member is the schema that a form has for a name, or None; closed says that it
// refuses the name.
func (c *critic) memberOf(f *form, name string) (id ID, refused, known bool) {
	if f.obj == nil {
		return None, false, true
	}
	id = None
	if i, ok := f.obj.slotOf([]byte(name)); ok {
		id = f.obj.slots[i].schema
	}
	for i := range f.obj.patterns {
		hit, err := f.obj.patterns[i].pattern.match([]byte(name))
		if err != nil {
			return None, false, false
		}
		if !hit {
			continue
		}
		if id != None {
			return None, false, false // two schemas of one form: not merged here
		}
		id = f.obj.patterns[i].schema
	}
	if id == None && f.obj.rest != None {
		return f.obj.rest, c.p.forms[f.obj.rest].never, true
	}
	return id, false, true
}

// mustAndCannot says why a required member can never be there, or is nil.
func (c *critic) mustAndCannot(owner *form, set []*form, name string, by *form, depth int) *Contradiction {
	out := &Contradiction{Clash: ClashRequired, Schema: c.node(owner), Pos: c.place(owner, by, "required")}
	if at := c.requiredAt(by, name); by == owner && at != nil {
		out.Pos = at.Pos
	}
	var ids []ID
	for _, f := range set {
		id, refused, known := c.memberOf(f, name)
		if !known {
			return nil
		}
		if refused {
			out.Msg = fmt.Sprintf("`%s` is required, and `additionalProperties: false` refuses it, since it is not declared%s", name, besideWords(owner, by, f))
			out.Remedy = fmt.Sprintf("declare `%s` in the properties beside `additionalProperties`, or do not require it", name)
			return out
		}
		if id != None && c.p.forms[id].err == nil {
			if c.isNever(id) {
				out.Msg = fmt.Sprintf("`%s` is required, and its schema refuses every value", name)
				out.Remedy = fmt.Sprintf("give `%s` a schema that allows a value, or do not require it", name)
				return out
			}
			ids = append(ids, id)
		}
	}
	if why := c.merged(owner, ids, depth); why != nil {
		out.Msg = fmt.Sprintf("`%s` is required, and no value keeps all that is said of it: %s", name, why.Msg)
		out.Remedy = fmt.Sprintf("let the schemas of `%s` agree", name)
		return out
	}
	return nil
}

// besideWords tells where the closed object is, if it is another one.
func besideWords(owner, by, closed *form) string {
	switch {
	case closed == by:
		return " there"
	case closed.name != "":
		return " in `" + closed.name + "`"
	case closed != owner:
		return " in the same schema of `allOf`"
	}
	return " beside it"
}

// isNever reports whether a schema refuses everything by its own words: false,
// or `not: {}`.
func (c *critic) isNever(id ID) bool {
	for range mostTogether {
		f := &c.p.forms[id]
		switch {
		case f.never:
			return true
		case f.not != None && c.refused(f.not) == AnyType:
			return true
		case !f.plainReference():
			return false
		}
		id = f.ref
	}
	return false
}

// merged says why no value keeps several schemas at once, or is nil. What is
// wrong with one of them alone is said there.
func (c *critic) merged(owner *form, ids []ID, depth int) *Contradiction {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) < 2 || depth >= deepestMerge {
		return nil
	}
	var key []byte
	for _, id := range ids {
		if c.state[id] == 2 && c.found[id] != nil {
			return nil
		}
		key = binary.LittleEndian.AppendUint32(key, uint32(id))
	}
	if why, known := c.kept[string(key)]; known {
		return why
	}
	c.kept[string(key)] = nil
	set, ok := c.together(ids)
	if !ok {
		return nil
	}
	why := c.judge(owner, set, depth+1, func(*Contradiction) {})
	if why != nil && why.Total {
		c.kept[string(key)] = why
	}
	return c.kept[string(key)]
}

// dead looks for members that several schemas speak of and none of whose values
// keeps all of them, although they are not required.
func (c *critic) dead(owner *form, set []*form, needed []string, depth int, say func(*Contradiction)) {
	if len(set) < 2 || depth > 0 {
		return
	}
	seen := map[string]bool{}
	for _, name := range needed {
		seen[name] = true
	}
	for _, f := range set {
		if f.obj == nil {
			continue
		}
		for i := range f.obj.slots {
			name := f.obj.slots[i].name
			if seen[name] || f.obj.slots[i].schema == None {
				continue
			}
			seen[name] = true
			ids := c.schemasOf(set, name)
			if why := c.merged(owner, ids, depth); why != nil && !c.blamed[why] {
				c.blamed[why] = true
				say(&Contradiction{
					Clash: ClashProperty, Schema: c.node(owner), Pos: c.place(owner, f, "properties"),
					Msg:    fmt.Sprintf("`%s` can never be sent: %s", name, why.Msg),
					Remedy: fmt.Sprintf("let the schemas of `%s` agree", name),
				})
			}
		}
	}
}

func (c *critic) schemasOf(set []*form, name string) []ID {
	var ids []ID
	for _, f := range set {
		if f.obj == nil {
			continue
		}
		if i, ok := f.obj.slotOf([]byte(name)); ok && f.obj.slots[i].schema != None && c.p.forms[f.obj.slots[i].schema].err == nil {
			ids = append(ids, f.obj.slots[i].schema)
		}
	}
	return ids
}
