package schema

import (
	"cmp"
	"slices"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A Clash says which sort of contradiction a schema has.
type Clash uint8

// The clashes.
const (
	ClashTypes    Clash = iota // no type is left
	ClashEnum                  // no value of enum or const keeps the rest
	ClashValue                 // one value of enum does not
	ClashBounds                // two bounds leave nothing between them
	ClashStep                  // no multiple of the step lies between the bounds
	ClashItems                 // not enough items can differ, or none is allowed
	ClashRequired              // a property must and cannot be there
	ClashProperty              // a property can never be there
	ClashTwins                 // two branches of oneOf take the same
	ClashPattern               // no string matches the pattern, or none of that length
	ClashNever                 // the schema refuses everything
)

// A Contradiction is something that a schema says and that no value, or none
// of one type, can keep.
type Contradiction struct {
	Clash  Clash
	Pos    yaml.Pos   // of the keyword
	Schema *yaml.Node // that has it
	Total  bool       // no value at all keeps the schema
	Msg    string
	Remedy string
}

// Contradictions are those of all schemas that were read, each once and where
// it arises: a schema that is impossible for the sake of a part of it is not
// listed.
func (in *Inspection) Contradictions() []Contradiction {
	p := in.Program
	c := critic{p: p, nodes: in.nodes, found: make([]*Contradiction, len(p.forms)), state: make([]uint8, len(p.forms)), said: map[saidKey]bool{}, kept: map[string]*Contradiction{}, blamed: map[*Contradiction]bool{}}
	c.s = p.get()
	defer p.put(c.s)
	for id := range p.forms {
		c.look(ID(id))
	}
	slices.SortStableFunc(c.out, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return c.out
}

// Limits on the search: what lies beyond is taken for sound.
const (
	mostTogether = 64 // schemas that speak of one value
	deepestMerge = 3  // properties of properties of merged schemas
	mostTried    = 512
)

// A critic looks for contradictions.
type critic struct {
	p        *Program
	nodes    map[*form]*yaml.Node
	s        *state
	found    []*Contradiction // by form: why nothing keeps it
	state    []uint8          // 0: not looked at, 1: being looked at, 2: done
	said     map[saidKey]bool
	out      []Contradiction
	kept     map[string]*Contradiction // of merged schemas, by their IDs
	compared int                       // see covers
	blamed   map[*Contradiction]bool   // merged schemas that were spoken of
}

type saidKey struct {
	pos   yaml.Pos
	clash Clash
}

func (c *critic) say(f *Contradiction) {
	key := saidKey{f.Pos, f.Clash}
	if c.said[key] {
		return
	}
	c.said[key] = true
	c.out = append(c.out, *f)
}

// look judges one form and gives why nothing keeps it, or nil.
func (c *critic) look(id ID) *Contradiction {
	if c.state[id] != 0 {
		return c.found[id]
	}
	c.state[id] = 1
	defer func() { c.state[id] = 2 }()
	f := &c.p.forms[id]
	if f.err != nil {
		return nil
	}
	if f.never || f.refusesAll(c) {
		c.found[id] = &Contradiction{Clash: ClashNever, Pos: c.node(f).Pos, Schema: c.node(f), Total: true}
		return c.found[id]
	}
	for _, next := range f.certain() {
		if why := c.look(next); why != nil {
			c.found[id] = why
			return why
		}
	}
	c.branches(f)
	if f.plainReference() {
		return nil
	}
	set, ok := c.together([]ID{id})
	if !ok {
		return nil
	}
	why := c.judge(f, set, 0, c.say)
	if why != nil && why.Total {
		c.found[id] = why
	}
	return c.found[id]
}

// refusesAll reports whether a form is the schema false in the words of a dialect
// that does not have it: `not: {}` alone. It is meant so, and wrong only where a
// value is needed.
func (f *form) refusesAll(c *critic) bool {
	return f.not != None && f.types == AnyType && f.ref == None && len(f.allOf) == 0 && c.refused(f.not) == AnyType
}

// Never reports whether a schema says of itself, or of what it refers to, that no
// value keeps it: false, or `not: {}`.
func (in *Inspection) Never(id ID) bool {
	c := critic{p: in.Program}
	return c.isNever(id)
}

// certain are the schemas that every value of the form has to keep.
func (f *form) certain() []ID {
	if f.ref == None {
		return f.allOf
	}
	return append([]ID{f.ref}, f.allOf...)
}

// plainReference reports whether a form says nothing but to look elsewhere.
func (f *form) plainReference() bool {
	return f.ref != None && len(f.allOf)+len(f.anyOf)+len(f.oneOf) == 0 && f.types == AnyType && f.enum == nil && f.constant == nil &&
		f.num == nil && f.str == nil && f.arr == nil && f.obj == nil && f.not == None && f.when == None
}

// together gathers the forms of schemas that one value has to keep all of. It
// is false if one of them cannot be read, may be passed by null alone, or if
// they are too many.
func (c *critic) together(ids []ID) ([]*form, bool) {
	var out []*form
	seen := map[ID]bool{}
	queue := slices.Clone(ids)
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if id == None || seen[id] {
			continue
		}
		seen[id] = true
		f := &c.p.forms[id]
		if f.err != nil || len(seen) > mostTogether {
			return nil, false
		}
		out = append(out, f)
		queue = append(queue, f.certain()...)
	}
	return out, true
}

// judge looks at forms that one value has to keep, for the owner that brings
// them together. What it finds is said by say; the result is why no value at all
// is left.
func (c *critic) judge(owner *form, set []*form, depth int, say func(*Contradiction)) *Contradiction {
	if why, decided := c.listed(owner, set, say); decided {
		return why
	}
	types := c.types(set)
	if types == 0 {
		why := c.noType(owner, set)
		say(why)
		return why
	}
	var total *Contradiction
	for _, check := range [...]struct {
		types Types
		check func(owner *form, set []*form, types Types, depth int, say func(*Contradiction)) *Contradiction
	}{
		{NumberType | IntegerType, c.numbers},
		{StringType, c.strings},
		{ArrayType, c.arrays},
		{ObjectType, c.objects},
	} {
		if types&check.types == 0 {
			continue
		}
		why := check.check(owner, set, types, depth, func(f *Contradiction) {
			if f.Clash != ClashProperty {
				f.Total = types&^check.types == 0
			}
			say(f)
		})
		if why != nil && why.Total {
			total = why
		}
	}
	return total
}

// node is the text of a form in the document.
func (c *critic) node(f *form) *yaml.Node { return c.nodes[f] }

// keyword is the place of a keyword of a form, or of the form itself.
func (c *critic) keyword(f *form, name string) yaml.Pos {
	if m := c.member(f, name); m != nil {
		return m.Pos
	}
	return c.node(f).Pos
}

func (c *critic) member(f *form, name string) *yaml.Member {
	for i := range c.node(f).Members {
		if c.node(f).Members[i].Key == name {
			return &c.node(f).Members[i]
		}
	}
	return nil
}
