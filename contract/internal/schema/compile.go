package schema

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

const (
	// mostNodes is where sets of schemas stop being merged, and the tape takes
	// over: recursion through allOf can have very many.
	mostNodes = 1 << 17
	// mostPatterns is how many patternProperties are told apart by table.
	mostPatterns = 4
)

// A compiler makes the verdict program.
type compiler struct {
	p      *Program
	v      *verdict
	known  map[string]int32
	static map[staticKey]tri
}

type staticKey struct {
	id   ID
	kind tape.Kind
}

// tri is what is known of a value by its kind alone.
type tri uint8

const (
	unknown tri = iota
	yes
	no
)

func compile(p *Program, roots []ID) *verdict {
	c := &compiler{p: p, v: &verdict{roots: map[ID]int32{}}, known: map[string]int32{}, static: map[staticKey]tri{}}
	for _, id := range roots {
		c.v.roots[id] = c.node([]ID{id})
	}
	for next := 0; next < len(c.v.nodes); next++ {
		for kind := tape.Null; kind <= tape.Object; kind++ {
			code := c.rule(c.v.sets[next], kind, len(c.v.nodes) > mostNodes)
			c.v.nodes[next].kinds[kind] = code
		}
	}
	c.v.link()
	return c.v
}

// memory is what a run remembers at first: that keys follow each other as they
// are declared.
func (v *verdict) memory() []*vslot {
	never := &vslot{key: newKey(`"`)}
	out := make([]*vslot, v.guesses)
	for i := range v.objects {
		o := &v.objects[i]
		if o.pick != nil {
			continue
		}
		for k := range o.slots {
			out[o.guess+k] = &o.slots[k]
		}
		out[o.guess+len(o.slots)] = never
	}
	return out
}

// link writes what the nodes say to where it is at hand.
func (v *verdict) link() {
	for i := range v.objects {
		o := &v.objects[i]
		silent := o.naming == refuse && o.pick == nil
		o.free = silent && len(o.slots)+len(o.patterns) == 0
		o.plain = silent && !o.free && len(o.slots) <= 64
		o.easy = len(o.deps) == 0 && !o.counted
	}
	for i := range v.objects {
		o := &v.objects[i]
		for k := range o.slots {
			v.value(&o.slots[k].vvalue, o.slots[k].node)
		}
		if o.free {
			v.value(&o.other, o.rest[0])
		}
	}
	for i := range v.arrays {
		v.value(&v.arrays[i].each, v.arrays[i].items)
	}
}

func (v *verdict) value(s *vvalue, node int32) {
	kinds := &v.nodes[node].kinds
	s.node, s.text, s.number, s.object = node, kinds[tape.String], kinds[tape.Number], kinds[tape.Object]
	if s.max = math.MaxInt; s.text == accept {
		s.way = byLength
	}
	if s.text >= 0 {
		s.rule = &v.strings[s.text]
		s.min, s.max, s.way = s.rule.min, s.rule.max, s.rule.way()
	}
	if s.object >= 0 && v.objects[s.object].plain {
		s.members = &v.objects[s.object]
	}
}

// way is how a text is judged as it is sent.
func (v *vstring) way() way {
	switch {
	case !v.more:
		return byLength
	case v.short != nil:
		return byShort
	case v.runs != nil:
		return byRuns
	case v.sent != nil:
		return byFormat
	}
	return byRule
}

// node gives the index of the node for a set of schemas; it is filled later.
func (c *compiler) node(set []ID) int32 {
	set = c.without(set)
	slices.Sort(set)
	set = slices.Compact(set)
	key := keyOf(set)
	if n, ok := c.known[key]; ok {
		return n
	}
	n := int32(len(c.v.nodes))
	c.known[key] = n
	c.v.nodes = append(c.v.nodes, vnode{})
	c.v.sets = append(c.v.sets, set)
	return n
}

// keyOf tells sets in order apart.
func keyOf(set []ID) string {
	key := make([]byte, 0, 4*len(set))
	for _, id := range set {
		key = binary.LittleEndian.AppendUint32(key, uint32(id))
	}
	return string(key)
}

// without returns the set with what schemas stand for that say nothing of their
// own. Most places refer to a component: all of them share its node.
func (c *compiler) without(set []ID) []ID {
	out := make([]ID, 0, len(set))
	for steps := 0; len(set) > 0; steps++ {
		f := &c.p.forms[set[0]]
		if !f.silent() || steps > deepestChain {
			out, set = append(out, set[0]), set[1:]
			continue
		}
		next := slices.Clone(f.allOf)
		if f.ref != None {
			next = append(next, f.ref)
		}
		set = append(next, set[1:]...)
	}
	return out
}

// silent reports whether a form says nothing but that other schemas hold.
func (f *form) silent() bool {
	return f.err == nil && !f.never && !f.nullable && f.types == AnyType && f.enum == nil && f.constant == nil &&
		f.num == nil && f.str == nil && f.arr == nil && f.obj == nil &&
		len(f.anyOf)+len(f.oneOf) == 0 && f.not == None && f.when == None && f.disc == nil &&
		f.unevaluated == None && f.unevaluatedArr == None && (f.ref != None || len(f.allOf) > 0)
}

// rule makes what a node does with one kind of value.
func (c *compiler) rule(set []ID, kind tape.Kind, full bool) int32 {
	j, possible := c.conjunction(set, kind)
	switch {
	case !possible:
		return refuse
	case j.tape || full || j.group != nil && kind != tape.Object:
		return viaTape
	}
	switch kind {
	case tape.Null:
		return accept
	case tape.Bool:
		return j.boolean()
	case tape.Number:
		return j.number()
	case tape.String:
		return j.text()
	case tape.Array:
		return j.array()
	}
	return j.object()
}
