package schema

import (
	"fmt"

	"github.com/faultline-http/faultline/internal/yaml"
)

// mostBranches bounds the pairs of branches that are compared.
const mostBranches = 64

// branches looks for branches of oneOf that take the same values, so that one of
// them never fits alone. A discriminator tells them apart.
func (c *critic) branches(f *form) {
	if f.disc != nil || len(f.oneOf) < 2 || len(f.oneOf) > mostBranches {
		return
	}
	list := c.member(f, "oneOf")
	if list == nil || len(list.Value.Items) != len(f.oneOf) {
		return
	}
	for i := range f.oneOf {
		for j := range i {
			if out := c.twins(f, list.Value.Items, j, i); out != nil {
				c.say(out)
				break
			}
		}
	}
}

// twins compares two branches, the second of which stands later.
func (c *critic) twins(f *form, items []*yaml.Node, i, j int) *Contradiction {
	a, b := c.target(f.oneOf[i]), c.target(f.oneOf[j])
	if c.broken(a) || c.broken(b) || c.isNever(a) || c.isNever(b) {
		return nil
	}
	out := &Contradiction{Clash: ClashTwins, Schema: c.node(f), Pos: items[j].Pos}
	x, y := branchWords(&c.p.forms[a], i), branchWords(&c.p.forms[b], j)
	all, back := c.covers(a, b, 0), c.covers(b, a, 0)
	switch {
	case a == b || all && back:
		out.Msg = fmt.Sprintf("%s and %s of `oneOf` take the same values, so that no value fits exactly one of them", x, y)
		out.Total = len(f.oneOf) == 2
		out.Remedy = "take one of the two out, or write `anyOf`"
	case all:
		out.Msg = fmt.Sprintf("every value of %s of `oneOf` fits %s as well, so that it never fits exactly one", y, x)
		out.Remedy = "write `anyOf`, or let " + x + " exclude what " + y + " takes"
	case back:
		out.Msg = fmt.Sprintf("every value of %s of `oneOf` fits %s as well, so that it never fits exactly one", x, y)
		out.Remedy = "write `anyOf`, or let " + y + " exclude what " + x + " takes"
	default:
		return nil
	}
	return out
}

func (c *critic) broken(id ID) bool { return c.p.forms[id].err != nil }

func branchWords(f *form, i int) string {
	if f.name != "" {
		return "`" + f.name + "`"
	}
	return fmt.Sprintf("branch %d", i+1)
}

// target is where a schema that only refers to another one leads.
func (c *critic) target(id ID) ID {
	for range mostTogether {
		f := &c.p.forms[id]
		if f.err != nil || !f.plainReference() {
			return id
		}
		id = f.ref
	}
	return id
}

const (
	deepestCover = 4         // how far down two schemas are compared
	mostCompared = 2_000_000 // comparisons for one description
)

// covers reports whether every value of b surely keeps a. It is false where that
// cannot be told easily.
func (c *critic) covers(a, b ID, depth int) bool {
	a, b = c.target(a), c.target(b)
	if a == b {
		return true
	}
	if c.compared++; depth > deepestCover || c.compared > mostCompared {
		return false
	}
	x, y := &c.p.forms[a], &c.p.forms[b]
	if y.never {
		return true // no value at all
	}
	if !x.plain() || y.err != nil {
		return false
	}
	// What b says besides its types may only make it narrower; the types of
	// its references and of allOf would as well, and are left out.
	if y.allowed()&^x.allowed() != 0 {
		return false
	}
	if x.enum != nil || x.constant != nil {
		return c.coversList(x, y)
	}
	return x.num.covers(y.num, y) && x.str.covers(y.str, y) && c.coversArray(x.arr, y, depth) && c.coversObject(x.obj, y, depth)
}

// plain reports whether a form speaks of its value only by itself.
func (f *form) plain() bool {
	return f.err == nil && !f.never && f.ref == None && len(f.allOf)+len(f.anyOf)+len(f.oneOf) == 0 && f.not == None && f.when == None &&
		f.disc == nil && f.unevaluated == None && f.unevaluatedArr == None
}

// coversList compares lists of values.
func (c *critic) coversList(x, y *form) bool {
	values := y.values()
	if len(values) == 0 || len(values) > mostTried {
		return false
	}
	for i := range values {
		if !c.passes([]*form{x}, &values[i]) {
			return false
		}
	}
	return true
}

// covers reports whether a rule for numbers says nothing more than that of y.
func (r *numRule) covers(other *numRule, y *form) bool {
	if r == nil || y.allowed()&(NumberType|IntegerType) == 0 {
		return true
	}
	if other == nil || r.step != "" && r.step != other.step || r.format != "" && r.format != other.format {
		return false
	}
	for i := range r.bounds {
		found := false
		for j := range other.bounds {
			found = found || r.bounds[i].keyword == other.bounds[j].keyword && r.bounds[i].value.compare(&other.bounds[j].value) == 0
		}
		if !found {
			return false
		}
	}
	return true
}

func (r *strRule) covers(other *strRule, y *form) bool {
	if r == nil || y.allowed()&StringType == 0 {
		return true
	}
	if other == nil || r.min > other.min || r.max >= 0 && (other.max < 0 || other.max > r.max) || r.format != nil && r.format != other.format {
		return false
	}
	return r.pattern == nil || other.pattern != nil && r.pattern.text == other.pattern.text
}

func (c *critic) coversArray(r *arrRule, y *form, depth int) bool {
	if r == nil || y.allowed()&ArrayType == 0 {
		return true
	}
	other := y.arr
	if other == nil || len(r.prefix) > 0 || r.contains != None || r.unique && !other.unique || r.min > other.min || r.max >= 0 && (other.max < 0 || other.max > r.max) {
		return false
	}
	return r.items == None || other.items != None && len(other.prefix) == 0 && c.covers(r.items, other.items, depth+1)
}

func (c *critic) coversObject(r *objRule, y *form, depth int) bool {
	if r == nil || y.allowed()&ObjectType == 0 {
		return true
	}
	other := y.obj
	if other == nil || len(r.patterns) > 0 || len(other.patterns) > 0 || r.names != None || r.deps || r.min > other.min || r.max >= 0 && (other.max < 0 || other.max > r.max) {
		return false
	}
	for i := range r.slots {
		s := &r.slots[i]
		j, has := other.slotOf([]byte(s.name))
		if s.required && (!has || !other.slots[j].required) {
			return false
		}
		if s.schema == None {
			continue
		}
		if !has || other.slots[j].schema == None || !c.covers(s.schema, other.slots[j].schema, depth+1) {
			return false
		}
	}
	if r.rest == None {
		return true
	}
	for i := range other.slots {
		j, has := r.slotOf([]byte(other.slots[i].name))
		if !has || r.slots[j].schema == None {
			return false
		}
	}
	return other.rest != None && c.covers(r.rest, other.rest, depth+1)
}
