package ecma

import "slices"

// A program is the automaton of one or more regular patterns, as instructions
// that lead to others.
type program struct {
	ins     []instruction
	starts  []int32 // of each leaf
	begins  []bool  // of each leaf: it is found at the beginning only
	owner   []int   // of each instruction: its leaf
	classes *classes
	sets    [][]uint64
	formula *formula
	words   bool // anything asks for \b
}

type instruction struct {
	op       op    // opSet, opAlt, opBegin, opEnd, opWord, opNotWord, opEmpty; opGroup is a match
	out, alt int32 // what comes next
	set      int32
}

// isMatch marks the end of a leaf.
const isMatch = opGroup

const (
	// largestProgram is how many instructions a pattern may come to: \w{1,1000}
	// has 2,000.
	largestProgram = 20_000
	// mostComparisons bounds what telling characters apart may cost.
	mostComparisons = 4 << 20
)

// size is how many instructions a part comes to, at most a little above the
// bound.
func (n *node) size() int {
	total := 1
	for _, sub := range n.subs {
		total = min(total+sub.size()+1, largestProgram+1)
	}
	if n.op == opRepeat {
		times := max(n.min, n.max, 1)
		if n.max < 0 {
			times = n.min + 1
		}
		total = int(min(int64(total)*int64(times), largestProgram+1))
	}
	return total
}

// newProgram is nil for patterns that are too large.
func newProgram(leaves []*node, f *formula) *program {
	total := 0
	for _, leaf := range leaves {
		if total += leaf.size(); total > largestProgram {
			return nil
		}
	}
	b := builder{p: &program{formula: f}, known: map[string]int32{}}
	for i, leaf := range leaves {
		match := b.emit(instruction{op: isMatch, set: int32(i)})
		b.p.starts = append(b.p.starts, b.build(leaf, match))
		b.p.begins = append(b.p.begins, leaf.begins())
		for len(b.p.owner) < len(b.p.ins) {
			b.p.owner = append(b.p.owner, i)
		}
	}
	b.p.classes, b.p.sets = newClasses(b.sets, b.p.words)
	if b.p.classes == nil {
		return nil
	}
	return b.p
}

// begins reports whether a part can be found at the beginning only.
func (n *node) begins() bool {
	switch n.op {
	case opBegin:
		return true
	case opCat:
		return n.subs[0].begins()
	case opAlt:
		return !slices.ContainsFunc(n.subs, func(sub *node) bool { return !sub.begins() })
	case opGroup:
		return n.subs[0].begins()
	}
	return false
}

// A builder writes a part so that it leads to what follows it.
type builder struct {
	p     *program
	sets  []set
	known map[string]int32
}

func (b *builder) emit(in instruction) int32 {
	b.p.ins = append(b.p.ins, in)
	return int32(len(b.p.ins) - 1)
}

func (b *builder) build(n *node, next int32) int32 {
	switch n.op {
	case opSet:
		return b.emit(instruction{op: opSet, set: b.set(n.set), out: next})
	case opCat:
		for _, sub := range slices.Backward(n.subs) {
			next = b.build(sub, next)
		}
		return next
	case opAlt:
		start := b.build(n.subs[len(n.subs)-1], next)
		for _, sub := range slices.Backward(n.subs[:len(n.subs)-1]) {
			start = b.emit(instruction{op: opAlt, out: b.build(sub, next), alt: start})
		}
		return start
	case opGroup:
		return b.build(n.subs[0], next)
	case opRepeat:
		return b.repeat(n, next)
	case opWord, opNotWord:
		b.p.words = true
		return b.emit(instruction{op: n.op, out: next})
	case opBegin, opEnd:
		return b.emit(instruction{op: n.op, out: next})
	}
	return next
}

// repeat writes a part as often as it has to be there, then as often as it may.
func (b *builder) repeat(n *node, next int32) int32 {
	sub := n.subs[0]
	if n.max < 0 {
		loop := b.emit(instruction{op: opAlt, alt: next})
		b.p.ins[loop].out = b.build(sub, loop)
		next = loop
	}
	end := next
	for range n.max - n.min {
		next = b.emit(instruction{op: opAlt, out: b.build(sub, next), alt: end})
	}
	for range n.min {
		next = b.build(sub, next)
	}
	return next
}

func (b *builder) set(s set) int32 {
	key := make([]byte, 0, len(s)*3)
	for _, r := range s {
		key = append(key, byte(r>>16), byte(r>>8), byte(r))
	}
	id, ok := b.known[string(key)]
	if !ok {
		id = int32(len(b.sets))
		b.sets = append(b.sets, s)
		b.known[string(key)] = id
	}
	return id
}
