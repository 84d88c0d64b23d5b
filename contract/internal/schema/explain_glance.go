package schema

import (
	"slices"
	"sync"

	"github.com/faultline-http/faultline/internal/tape"
)

// A glance asks the verdict program about a part of a value on its bytes,
// before the part is explained: most parts of a body that is refused are sound,
// and the verdict finds that out several times faster than the tape does.
type glance struct {
	runner
	left  int      // tokens that may still be looked at
	sound []uint64 // the tokens of objects and arrays that were found to be sound, as bits
}

// glancesPerToken bounds how often one token is looked at by the verdict program,
// on the average. Each level of a body above a mistake is one look at what it
// holds; in bodies that nest much deeper the tape takes over, which remembers.
const glancesPerToken = 8

func newGlance(p *Program, s *state, t *tape.Tape) *glance {
	n := (len(t.Tokens) + 63) / 64
	if cap(s.sound) < n {
		s.sound = make([]uint64, n)
	}
	s.sound = s.sound[:n]
	clear(s.sound)
	return &glance{
		runner: runner{v: p.verdict, s: s, src: t.Src},
		left:   glancesPerToken * len(t.Tokens),
		sound:  s.sound,
	}
}

// fits reports whether a part of the value keeps its schema. False may also mean
// that a key stands twice in it: then there is nothing to explain by the schema.
func (x *explainer) fits(id ID, token int) bool {
	tok := &x.t.Tokens[token]
	node, known := x.p.node(id)
	if !known || x.look == nil || x.p.verdict.nodes[node].kinds[tok.Kind] == viaTape {
		return x.branch(id, token)
	}
	size := int(tok.Next) - token
	if x.look.left -= size; x.look.left < 0 {
		return x.branch(id, token)
	}
	x.look.slow = x.slow
	ok := x.look.at(node, int(tok.Start), x.p.opts.MaxDepth) == int(tok.End)
	x.slow = x.look.slow
	if ok && size > 1 {
		x.look.sound[token>>6] |= 1 << (token & 63)
	}
	return ok
}

func (g *glance) at(node int32, i, depth int) int {
	g.s.keys.reset()
	g.s.bits, g.s.items = g.s.bits[:0], g.s.items[:0]
	return g.value(node, i, depth)
}

// twins is [eval.twins] without the objects in which the verdict program has
// found none.
func (x *explainer) twins() bool {
	for i := 0; i < len(x.t.Tokens); i++ {
		if x.look.sound[i>>6]>>(i&63)&1 == 1 {
			i = int(x.t.Tokens[i].Next) - 1
			continue
		}
		if x.twinsIn(i) {
			return true
		}
	}
	return false
}

// nodeIndex finds the node of the verdict program that judges by one schema and
// no other. It is made when it is first asked for: most programs never explain.
type nodeIndex struct {
	once sync.Once
	of   []int32 // by ID; refuse: there is none
}

func (p *Program) node(id ID) (node int32, known bool) {
	p.index.once.Do(p.indexNodes)
	node = p.index.of[id]
	return node, node != refuse
}

func (p *Program) indexNodes() {
	of := make([]int32, len(p.forms))
	several := map[string]int32{} // the nodes of more than one schema
	for i := range of {
		of[i] = refuse
	}
	for node, set := range p.verdict.sets {
		if len(set) == 1 {
			of[set[0]] = int32(node)
		} else {
			several[keyOf(set)] = int32(node)
		}
	}
	c := compiler{p: p}
	for i := range of {
		if of[i] != refuse || !p.forms[i].silent() {
			continue
		}
		set := c.without([]ID{ID(i)})
		if len(set) == 1 {
			of[i] = of[set[0]]
			continue
		}
		slices.Sort(set)
		if node, ok := several[keyOf(slices.Compact(set))]; ok {
			of[i] = node
		}
	}
	p.index.of = of
}
