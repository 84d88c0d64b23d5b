package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
)

// validRest asks unevaluatedProperties and unevaluatedItems.
func (e *eval) validRest(id ID, f *form, token int) bool {
	rest := e.restOf(f, token)
	if rest == None {
		return true
	}
	marks := e.evaluated(id, token, false)
	ok := true
	n := 0
	e.parts(token, func(value int) bool {
		if !e.marks[marks+n] && !e.valid(rest, value) {
			ok = false
		}
		n++
		return ok
	})
	e.marks = e.marks[:marks]
	return ok
}

// restOf is the schema for what the others left, or None.
func (e *eval) restOf(f *form, token int) ID {
	switch e.t.Tokens[token].Kind {
	case tape.Object:
		return f.unevaluated
	case tape.Array:
		return f.unevaluatedArr
	}
	return None
}

// parts goes over the values of members or items.
func (e *eval) parts(token int, visit func(value int) bool) {
	tok := &e.t.Tokens[token]
	step := 0
	if tok.Kind == tape.Object {
		step = 1
	}
	for i := token + 1; i < int(tok.Next); i = int(e.t.Tokens[i+step].Next) {
		if !visit(i + step) {
			return
		}
	}
}

// evaluated pushes a mark for each member or item that a schema evaluates, its
// own unevaluated… left out, and returns where the marks begin. lenient counts
// schemas that the value breaks as well: explaining says what is wrong with
// them, and should not call their members unknown on top.
func (e *eval) evaluated(id ID, token int, lenient bool) int {
	base := len(e.marks)
	for range e.t.Tokens[token].Count {
		e.marks = append(e.marks, false)
	}
	e.mark(id, token, base, lenient, true)
	return base
}

func (e *eval) mark(id ID, token, base int, lenient, own bool) {
	if e.steps--; e.steps < 0 {
		e.spent = true
		return
	}
	f := &e.forms[id]
	if !own && e.restOf(f, token) != None {
		for i := range e.t.Tokens[token].Count {
			e.marks[base+int(i)] = true
		}
		return
	}
	if e.t.Tokens[token].Kind == tape.Object {
		e.markMembers(f, token, base)
	} else {
		e.markItems(f, token, base)
	}
	one := func(id ID, sure bool) {
		if id != None && (sure && lenient || e.branch(id, token)) {
			e.mark(id, token, base, lenient, false)
		}
	}
	one(f.ref, true)
	for _, id := range f.allOf {
		one(id, true)
	}
	for _, id := range f.anyOf {
		one(id, false)
	}
	for _, id := range f.oneOf {
		one(id, false)
	}
	if f.disc != nil {
		if id, picked := e.pick(f.disc, token); picked {
			one(id, true)
		}
	}
	if f.when != None {
		if e.branch(f.when, token) {
			e.mark(f.when, token, base, lenient, false)
			one(f.yes, true)
		} else {
			one(f.no, true)
		}
	}
	if f.obj != nil && f.obj.deps && e.t.Tokens[token].Kind == tape.Object {
		for i := range f.obj.slots {
			if s := &f.obj.slots[i]; s.then != None && e.member(token, s.name) >= 0 {
				one(s.then, true)
			}
		}
	}
}

func (e *eval) markMembers(f *form, token, base int) {
	r := f.obj
	if r == nil {
		return
	}
	n := 0
	for key := token + 1; key < int(e.t.Tokens[token].Next); key = int(e.t.Tokens[key+1].Next) {
		at := base + n
		n++
		if r.rest != None || r.open {
			e.marks[at] = true
			continue
		}
		if i := r.finder.find(e.text(key)); i >= 0 && r.slots[i].schema != None {
			e.marks[at] = true
			continue
		}
		for i := range r.patterns {
			if e.matches(r.patterns[i].pattern, key) {
				e.marks[at] = true
				break
			}
		}
	}
}

func (e *eval) markItems(f *form, token, base int) {
	r := f.arr
	if r == nil {
		return
	}
	n := 0
	for item := token + 1; item < int(e.t.Tokens[token].Next); item = int(e.t.Tokens[item].Next) {
		if n < len(r.prefix) || r.items != None || r.contains != None && r.marks && e.branch(r.contains, item) {
			e.marks[base+n] = true
		}
		n++
	}
}
