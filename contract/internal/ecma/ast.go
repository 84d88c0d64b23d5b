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
	index    int
	behind   bool
	negated  bool
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
