package ecma

// op is what a node asks of the text.
type op uint8

const (
	opEmpty  op = iota
	opSet       // one character of set
	opCat       // subs one after another
	opAlt       // one of subs
	opRepeat    // subs[0] min to max times
	opGroup     // subs[0], captured as index
	opBegin
	opEnd
	opWord    // \b
	opNotWord // \B
	opLook    // subs[0] ahead or behind, or not
	opBackref // what the group index captured
)

// A node is a part of a pattern.
type node struct {
	op       op
	set      set
	subs     []*node
	min, max int // max is -1 for no bound
	lazy     bool
	index    int // opRepeat: of the first group within
	last     int // opRepeat: of the last group within
	behind   bool
	negated  bool
}

// any reports whether a part, or one within it, is so.
func (n *node) any(is func(*node) bool) bool {
	if is(n) {
		return true
	}
	for _, sub := range n.subs {
		if sub.any(is) {
			return true
		}
	}
	return false
}

// irregular reports whether a part needs more than an automaton.
func (n *node) irregular() bool {
	return n.any(func(n *node) bool { return n.op == opLook || n.op == opBackref })
}

// withoutGroups is the part without its groups, for patterns that do not refer
// to them.
func (n *node) withoutGroups() *node {
	if n.op == opGroup {
		return n.subs[0].withoutGroups()
	}
	if len(n.subs) == 0 {
		return n
	}
	out := *n
	out.subs = make([]*node, len(n.subs))
	for i, sub := range n.subs {
		out.subs[i] = sub.withoutGroups()
	}
	return &out
}

// items are the terms of a part that follow one another.
func (n *node) items() []*node {
	if n.op != opCat {
		if n.op == opEmpty {
			return nil
		}
		return []*node{n}
	}
	var out []*node
	for _, sub := range n.subs {
		out = append(out, sub.items()...)
	}
	return out
}

// nullable reports whether a part can be found in nothing. Assertions count as
// if they held.
func (n *node) nullable() bool {
	switch n.op {
	case opSet:
		return false
	case opCat:
		for _, sub := range n.subs {
			if !sub.nullable() {
				return false
			}
		}
	case opAlt:
		for _, sub := range n.subs {
			if sub.nullable() {
				return true
			}
		}
		return false
	case opGroup:
		return n.subs[0].nullable()
	case opRepeat:
		return n.min == 0 || n.subs[0].nullable()
	}
	return true
}

func cat(subs []*node) *node {
	switch len(subs) {
	case 0:
		return &node{op: opEmpty}
	case 1:
		return subs[0]
	}
	return &node{op: opCat, subs: subs}
}

func one(r rune) *node { return &node{op: opSet, set: set{r, r}} }
