package schema

import (
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

// A conjunction is all that is said of values of one kind by a set of schemas.
type conjunction struct {
	c     *compiler
	kind  tape.Kind
	atoms []*form
	seen  map[ID]bool
	whole bool   // numbers: integers only
	group *group // of branches that the kind does not tell apart
	tape  bool   // something else has to be seen twice
}

// A group is oneOf or anyOf.
type group struct {
	form *form
	list []ID
}

func (c *compiler) conjunction(set []ID, kind tape.Kind) (*conjunction, bool) {
	j := &conjunction{c: c, kind: kind, seen: map[ID]bool{}}
	for _, id := range set {
		if !j.expand(id) {
			return j, false
		}
	}
	return j, true
}

func kindTypes(kind tape.Kind) Types {
	return [...]Types{NullType, BoolType, NumberType | IntegerType, StringType, ArrayType, ObjectType}[kind]
}

func (f *form) listsKind(kind tape.Kind) (said, has bool) {
	if f.enum != nil {
		if !slices.ContainsFunc(f.enum, func(c constant) bool { return c.kind == kind }) {
			return true, false
		}
		said = true
	}
	if f.constant != nil {
		if f.constant.kind != kind {
			return true, false
		}
		said = true
	}
	return said, true
}

// expand adds a schema, and all that it brings with it for values of the kind.
// It is false if no such value can keep it.
func (j *conjunction) expand(id ID) bool {
	if j.seen[id] {
		return true
	}
	j.seen[id] = true
	f := &j.c.p.forms[id]
	if f.never {
		return false
	}
	if f.nullable && j.kind == tape.Null {
		return true
	}
	if f.types&kindTypes(j.kind) == 0 {
		return false
	}
	if j.kind == tape.Number && f.types&NumberType == 0 {
		j.whole = true
	}
	said, has := f.listsKind(j.kind)
	if !has {
		return false
	}
	if said && j.kind >= tape.Array || f.slow(j.kind) {
		j.tape = true
	}
	j.atoms = append(j.atoms, f)
	if f.ref != None && !j.expand(f.ref) {
		return false
	}
	for _, next := range f.allOf {
		if !j.expand(next) {
			return false
		}
	}
	return j.conditions(f)
}

// slow reports whether a form has keywords that need a value twice.
func (f *form) slow(kind tape.Kind) bool {
	switch kind {
	case tape.Number:
		return f.num != nil && f.num.plain
	case tape.String:
		return f.str != nil && f.str.content != nil
	case tape.Array:
		return f.unevaluatedArr != None || f.arr != nil && f.arr.contains != None
	case tape.Object:
		return f.unevaluated != None || f.obj != nil && f.obj.deps
	}
	return false
}

// conditions adds what depends on something, as far as the kind decides it.
func (j *conjunction) conditions(f *form) bool {
	if f.not != None {
		switch j.c.staticOf(f.not, j.kind) {
		case yes:
			return false
		case unknown:
			j.tape = true
		}
	}
	if f.when != None && (f.yes != None || f.no != None) {
		switch j.c.staticOf(f.when, j.kind) {
		case yes:
			if f.yes != None && !j.expand(f.yes) {
				return false
			}
		case no:
			if f.no != None && !j.expand(f.no) {
				return false
			}
		default:
			j.tape = true
		}
	}
	if f.disc != nil && j.kind == tape.Object {
		list := f.oneOf
		if list == nil {
			list = f.anyOf
		}
		j.tape = j.tape || f.oneOf != nil && f.anyOf != nil
		j.setGroup(f, list)
		return true
	}
	return j.any(f) && j.one(f)
}

func (j *conjunction) setGroup(f *form, list []ID) {
	if j.group != nil {
		j.tape = true
		return
	}
	j.group = &group{form: f, list: list}
}

func (j *conjunction) any(f *form) bool {
	if f.anyOf == nil {
		return true
	}
	var open []ID
	for _, id := range f.anyOf {
		switch j.c.staticOf(id, j.kind) {
		case yes:
			return true
		case unknown:
			open = append(open, id)
		}
	}
	return j.settle(f, open)
}

// settle takes what is left of the branches.
func (j *conjunction) settle(f *form, open []ID) bool {
	switch len(open) {
	case 0:
		return false
	case 1:
		return j.expand(open[0])
	}
	j.setGroup(f, open)
	return true
}

func (j *conjunction) one(f *form) bool {
	if f.oneOf == nil {
		return true
	}
	var open []ID
	sure := 0
	for _, id := range f.oneOf {
		switch j.c.staticOf(id, j.kind) {
		case yes:
			sure++
		case unknown:
			open = append(open, id)
		}
	}
	switch {
	case sure > 1:
		return false
	case sure == 1 && len(open) == 0:
		return true
	case sure == 1:
		j.tape = true
		return true
	}
	return j.settle(f, open)
}
