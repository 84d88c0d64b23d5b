package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
)

// staticOf is what the kind of a value alone says about a schema.
func (c *compiler) staticOf(id ID, kind tape.Kind) tri {
	key := staticKey{id, kind}
	if t, known := c.static[key]; known {
		return t
	}
	t := c.decide(&c.p.forms[id], kind)
	c.static[key] = t
	return t
}

func (c *compiler) decide(f *form, kind tape.Kind) tri {
	if f.never {
		return no
	}
	if f.nullable && kind == tape.Null {
		return yes
	}
	if f.types&kindTypes(kind) == 0 {
		return no
	}
	said, has := f.listsKind(kind)
	if !has {
		return no
	}
	out := yes
	if said && kind != tape.Null || kind == tape.Number && f.types&NumberType == 0 || f.rules(kind) || f.slow(kind) ||
		f.disc != nil && kind == tape.Object {
		out = unknown
	}
	and := func(t tri) {
		if t == no || out == no {
			out = no
		} else if t == unknown {
			out = unknown
		}
	}
	if f.ref != None {
		and(c.staticOf(f.ref, kind))
	}
	for _, id := range f.allOf {
		and(c.staticOf(id, kind))
	}
	if f.disc == nil || kind != tape.Object {
		and(c.decideAny(f.anyOf, kind))
		and(c.decideOne(f.oneOf, kind))
	}
	if f.not != None {
		and([...]tri{unknown: unknown, yes: no, no: yes}[c.staticOf(f.not, kind)])
	}
	if f.when != None && (f.yes != None || f.no != None) {
		next := None
		switch c.staticOf(f.when, kind) {
		case yes:
			next = f.yes
		case no:
			next = f.no
		default:
			and(unknown)
		}
		if next != None {
			and(c.staticOf(next, kind))
		}
	}
	return out
}

// rules reports whether a form has keywords for a kind.
func (f *form) rules(kind tape.Kind) bool {
	switch kind {
	case tape.Number:
		return f.num != nil
	case tape.String:
		return f.str != nil
	case tape.Array:
		return f.arr != nil
	case tape.Object:
		return f.obj != nil
	}
	return false
}

func (c *compiler) decideAny(list []ID, kind tape.Kind) tri {
	if list == nil {
		return yes
	}
	out := no
	for _, id := range list {
		switch c.staticOf(id, kind) {
		case yes:
			return yes
		case unknown:
			out = unknown
		}
	}
	return out
}

func (c *compiler) decideOne(list []ID, kind tape.Kind) tri {
	if list == nil {
		return yes
	}
	sure, open := 0, 0
	for _, id := range list {
		switch c.staticOf(id, kind) {
		case yes:
			sure++
		case unknown:
			open++
		}
	}
	switch {
	case sure > 1 || sure+open == 0:
		return no
	case open == 0:
		return yes
	}
	return unknown
}
