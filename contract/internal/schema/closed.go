package schema

// closeObjects lets objects have no members but those that their schemas declare, where
// these do not say what others may be: as `unevaluatedProperties: false` does,
// at the schemas that speak of a value first. Their parts (allOf, oneOf, what a
// reference leads to) stay open, since each declares only some of the members.
// An object of which nothing is declared stays open too: it is a map.
func (b *Builder) closeObjects() {
	never := None
	for _, id := range b.outer {
		f := &b.forms[id]
		if f.unevaluated != None || f.err != nil || f.obj != nil && (f.obj.rest != None || f.obj.open) || !b.declares(id) {
			continue
		}
		if never == None {
			never = ID(len(b.forms))
			none := form{dir: f.dir, never: true, types: AnyType, ref: None, not: None, when: None, yes: None, no: None, unevaluated: None, unevaluatedArr: None}
			b.forms = append(b.forms, none)
			f = &b.forms[id]
		}
		if f.obj != nil && !f.combines() {
			f.obj.rest = never
			continue
		}
		f.unevaluated = never
	}
}

// declares reports whether a schema, or one that speaks of the same value
// through it, declares members.
func (b *Builder) declares(id ID) bool {
	seen := map[ID]bool{id: true}
	queue := []ID{id}
	for len(queue) > 0 {
		f := &b.forms[queue[0]]
		queue = queue[1:]
		if f.obj != nil && f.obj.declares() {
			return true
		}
		f.inPlace(func(next ID) bool {
			if !seen[next] && next != f.not {
				seen[next] = true
				queue = append(queue, next)
			}
			return true
		})
	}
	return false
}

func (r *objRule) declares() bool {
	for i := range r.slots {
		if r.slots[i].schema != None {
			return true
		}
	}
	return len(r.patterns) > 0
}

// combines reports whether other schemas speak of the same value.
func (f *form) combines() bool {
	found := false
	f.inPlace(func(ID) bool {
		found = true
		return false
	})
	return found
}
