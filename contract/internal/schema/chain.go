package schema

import "fmt"

const (
	// deepestChain is how many schemas may speak of the same value through each
	// other (allOf in allOf, a reference to a reference): the evaluators recurse.
	deepestChain = 256
	// mostApplied is how many schemas may be applied to one value, each as often
	// as something leads to it. Sixty schemas of which each applies the next one
	// twice would come to more than there are atoms.
	mostApplied = 1 << 16
)

// checkChains looks, among the forms that are new, for schemas that contain
// themselves without going into the value, and for chains that are too long.
func (b *Builder) checkChains() {
	c := chains{b: b, known: map[ID]chain{}}
	for id := b.checked; id < len(b.forms); id++ {
		c.visit(ID(id), 0)
	}
	b.checked = len(b.forms)
}

// A chain is what a schema brings with it for the same value.
type chain struct {
	depth   int
	applied int
	open    bool // being looked at
}

type chains struct {
	b     *Builder
	known map[ID]chain
}

func (c *chains) visit(id ID, depth int) chain {
	if known, ok := c.known[id]; ok {
		return known
	}
	if depth > 4*deepestChain {
		return chain{depth: depth}
	}
	c.known[id] = chain{open: true}
	own := chain{applied: 1}
	f := &c.b.forms[id]
	f.inPlace(func(next ID) bool {
		below := c.visit(next, depth+1)
		if below.open {
			c.b.blame(id, next)
			return true
		}
		own.depth = max(own.depth, below.depth+1)
		own.applied = min(own.applied+below.applied, mostApplied+1)
		return true
	})
	switch {
	case f.err != nil:
	case own.depth > deepestChain:
		f.err = &Unsupported{Pos: f.places.pos, What: fmt.Sprintf("a chain of more than %d schemas for one value", deepestChain)}
	case own.applied > mostApplied:
		f.err = &Unsupported{Pos: f.places.pos, What: fmt.Sprintf("a schema that applies more than %d others to one value", mostApplied)}
	}
	c.known[id] = own
	return own
}

// blame marks a schema that leads back to itself.
func (b *Builder) blame(id, next ID) {
	f := &b.forms[id]
	if f.err != nil {
		return
	}
	if f.ref == next && onlyRefs(b.forms, next) {
		f.err = &Error{
			Pos:    f.places.pos,
			Msg:    "the reference leads back to itself, so it says nothing",
			Remedy: "let it refer to a schema",
		}
		return
	}
	name := b.forms[next].name
	if name == "" {
		name = "one"
	}
	// JSON Schema 2020-12, section 9.4.1: a schema must not be run into an
	// infinite loop.
	f.err = &Error{
		Pos:    f.places.pos,
		Msg:    "the schema applies itself to the same value again (" + name + "): whether a value keeps it has no answer",
		Remedy: "let it apply to parts of the value, below properties or items, or take the reference out",
	}
}

// onlyRefs reports whether a schema is a reference, and so is what it refers
// to, round to itself.
func onlyRefs(forms []form, id ID) bool {
	for next, n := id, 0; n <= len(forms); n++ {
		f := &forms[next]
		if f.ref == None || len(f.allOf)+len(f.anyOf)+len(f.oneOf) > 0 {
			return false
		}
		if next = f.ref; next == id {
			return true
		}
	}
	return true
}
