package schema

import (
	"github.com/faultline-http/faultline/internal/near"
	"github.com/faultline-http/faultline/internal/tape"
)

// mostLost is the most that a container weighs that has to go.
const mostLost = 3

// lost is what goes with a value: nobody means a branch for which most of what
// was sent is too much.
func (x *explainer) lost(token int) int {
	tok := &x.t.Tokens[token]
	if tok.Count == 0 {
		return 0
	}
	return min(int(tok.Next)-token, mostLost)
}

// mostWeighed bounds the names that are compared to tell branches apart.
const mostWeighed = 64

// renamed takes back what a missing member and the unknown one that stands in
// its place weigh: together they are one small mistake.
func (x *explainer) renamed(f *form, token int, missing *slot) {
	r, tok := f.obj, &x.t.Tokens[token]
	if tok.Count > mostWeighed {
		return
	}
	folded := near.Fold(missing.name)
	for key := token + 1; key < int(tok.Next); key = int(x.t.Tokens[key+1].Next) {
		name := string(x.text(key))
		if _, declared := r.slotOf([]byte(name)); declared || !near.Close(near.Fold(name), folded) {
			continue
		}
		if missing.schema != None && !x.branch(missing.schema, key+1) {
			continue // its value is of something else
		}
		x.count -= weight - weightOfName
		if r.rest != None && x.forms[r.rest].never {
			x.count -= weight + x.lost(key+1)
		}
		return
	}
}

// hasNear reports whether a member of an object has nearly the name.
func (x *explainer) hasNear(token int, name string) bool {
	tok, folded := &x.t.Tokens[token], near.Fold(name)
	if tok.Count > mostWeighed {
		return false
	}
	for key := token + 1; key < int(tok.Next); key = int(x.t.Tokens[key+1].Next) {
		if near.Close(near.Fold(string(x.text(key))), folded) {
			return true
		}
	}
	return false
}

// nearDeclared reports whether the name of a member is nearly one that a schema
// declares.
func (x *explainer) nearDeclared(id ID, key int) bool {
	name := x.text(key)
	x.property(id, name)
	folded := near.Fold(string(name))
	if len(x.tables[id].members) > mostWeighed {
		return false
	}
	for declared := range x.tables[id].members {
		if near.Close(near.Fold(declared), folded) {
			return true
		}
	}
	return false
}

// A table is what a schema says of the members of an object by their names.
type table struct {
	members map[string]ID
	rest    ID
}

// property is Program.Property for those who ask for many names of one schema.
func (x *explainer) property(id ID, name []byte) (member ID, declared bool) {
	t, known := x.tables[id]
	if !known {
		t = x.p.table(id)
		if x.tables == nil {
			x.tables = map[ID]table{}
		}
		x.tables[id] = t
	}
	if member, declared = t.members[string(name)]; declared {
		return member, true
	}
	return t.rest, false
}

// table reads a schema in the order of Property.
func (p *Program) table(id ID) table {
	t := table{members: map[string]ID{}, rest: None}
	p.walk(id, func(f *form) bool {
		if f.obj == nil {
			return true
		}
		for i := range f.obj.slots {
			s := &f.obj.slots[i]
			if _, known := t.members[s.name]; !known && s.schema != None {
				t.members[s.name] = s.schema
			}
		}
		if t.rest == None {
			t.rest = f.obj.rest
		}
		return true
	})
	if t.rest != None && p.forms[t.rest].never {
		t.rest = None
	}
	return t
}

// undeclared counts the members that a branch does not speak of, which would be
// lost on it.
func (x *explainer) undeclared(id ID, token int) int {
	if x.t.Tokens[token].Kind != tape.Object || x.t.Tokens[token].Count > mostWeighed {
		return 0
	}
	n := 0
	for key := token + 1; key < int(x.t.Tokens[token].Next); key = int(x.t.Tokens[key+1].Next) {
		if member, _ := x.property(id, x.text(key)); member == None {
			n++
		}
	}
	return n
}

// evidence is how much of an object speaks for a branch: members that it
// declares, and more so those whose value it fixes.
func (x *explainer) evidence(id ID, token int) int {
	if x.t.Tokens[token].Kind != tape.Object || x.t.Tokens[token].Count > mostWeighed {
		return 0
	}
	n := 0
	for key := token + 1; key < int(x.t.Tokens[token].Next); key = int(x.t.Tokens[key+1].Next) {
		member, declared := x.property(id, x.text(key))
		if !declared {
			continue
		}
		n++
		if x.p.constants(member) != nil && x.branch(member, key+1) {
			n += 3
		}
	}
	return n
}
