package ecma

import "unicode/utf8"

// deepestTry bounds the stack.
const deepestTry = 50_000

// A backtracker finds what only going back can: it follows ECMA-262, section
// 22.2.2, in which each part is given what is to be matched after it. What it
// gives up on depends on pattern and text alone.
type backtracker struct {
	text   []byte
	groups []int // begin and end of each, -1 if it has captured nothing
	tries  int
	most   int
	depth  int
	costly bool
}

// then is what has to be matched after a part.
type then func(i int) bool

func backtrack(root *node, groups int, text []byte, spent *int, most int) (bool, error) {
	b := &backtracker{text: text, groups: make([]int, 2*(groups+1)), tries: *spent, most: most}
	defer func() { *spent = b.tries }()
	for i := 0; ; {
		for k := range b.groups {
			b.groups[k] = -1
		}
		if b.match(root, i, false, func(int) bool { return true }) && !b.costly {
			return true, nil
		}
		if b.costly {
			return false, ErrCostly
		}
		if i == len(text) {
			return false, nil
		}
		_, size := utf8.DecodeRune(text[i:])
		i += size
	}
}

func (b *backtracker) match(n *node, i int, backward bool, k then) bool {
	if b.costly {
		return false
	}
	if b.tries++; b.tries > b.most || b.depth > deepestTry {
		b.costly = true
		return false
	}
	b.depth++
	found := b.part(n, i, backward, k)
	b.depth--
	return found
}

func (b *backtracker) part(n *node, i int, backward bool, k then) bool {
	switch n.op {
	case opSet:
		return b.set(n, i, backward, k)
	case opCat:
		return b.cat(n.subs, i, backward, k)
	case opAlt:
		for _, sub := range n.subs {
			if b.match(sub, i, backward, k) {
				return true
			}
		}
		return false
	case opRepeat:
		return b.repeat(n, n.min, n.max, i, backward, k)
	case opGroup:
		return b.group(n, i, backward, k)
	case opLook:
		return b.look(n, i, k)
	case opBackref:
		return b.backref(n, i, backward, k)
	}
	return b.asserts(n.op, i) && k(i)
}

func (b *backtracker) asserts(assertion op, i int) bool {
	switch assertion {
	case opBegin:
		return i == 0
	case opEnd:
		return i == len(b.text)
	case opWord, opNotWord:
		at := i > 0 && isWord(b.text[i-1])
		return (at != (i < len(b.text) && isWord(b.text[i]))) == (assertion == opWord)
	}
	return true
}

func isWord(c byte) bool {
	return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
}

func (b *backtracker) set(n *node, i int, backward bool, k then) bool {
	if backward {
		r, size := utf8.DecodeLastRune(b.text[:i])
		return i > 0 && n.set.has(r) && k(i-size)
	}
	if i == len(b.text) {
		return false
	}
	r, size := utf8.DecodeRune(b.text[i:])
	return n.set.has(r) && k(i+size)
}

func (b *backtracker) cat(subs []*node, i int, backward bool, k then) bool {
	if len(subs) == 0 {
		return k(i)
	}
	if backward {
		last := len(subs) - 1
		return b.match(subs[last], i, true, func(i int) bool { return b.cat(subs[:last], i, true, k) })
	}
	return b.match(subs[0], i, false, func(i int) bool { return b.cat(subs[1:], i, false, k) })
}

// repeat is RepeatMatcher, section 22.2.2.3.1.
func (b *backtracker) repeat(n *node, least, most, i int, backward bool, k then) bool {
	if most == 0 {
		return k(i)
	}
	again := func(to int) bool {
		if least == 0 && to == i {
			return false // once more nothing leads nowhere
		}
		fewer := most
		if fewer > 0 {
			fewer--
		}
		return b.repeat(n, max(least-1, 0), fewer, to, backward, k)
	}
	once := func() bool {
		saved := b.forget(n)
		if b.match(n.subs[0], i, backward, again) {
			return true
		}
		b.recall(n, saved)
		return false
	}
	switch {
	case least > 0:
		return once()
	case n.lazy:
		return k(i) || once()
	}
	return once() || k(i)
}

// forget empties the groups within a repetition, since each round begins anew.
func (b *backtracker) forget(n *node) []int {
	if n.last < n.index {
		return nil
	}
	within := b.groups[2*n.index : 2*n.last+2]
	saved := append([]int(nil), within...)
	for k := range within {
		within[k] = -1
	}
	return saved
}

func (b *backtracker) recall(n *node, saved []int) {
	if saved != nil {
		copy(b.groups[2*n.index:], saved)
	}
}

func (b *backtracker) group(n *node, i int, backward bool, k then) bool {
	return b.match(n.subs[0], i, backward, func(to int) bool {
		begin, end := b.groups[2*n.index], b.groups[2*n.index+1]
		b.groups[2*n.index], b.groups[2*n.index+1] = min(i, to), max(i, to)
		if k(to) {
			return true
		}
		b.groups[2*n.index], b.groups[2*n.index+1] = begin, end
		return false
	})
}

// look is an assertion about what comes or came. Once it holds, no other way
// for it to hold is tried.
func (b *backtracker) look(n *node, i int, k then) bool {
	before := append([]int(nil), b.groups...)
	found := b.match(n.subs[0], i, n.behind, func(int) bool { return true })
	if b.costly || found == n.negated {
		copy(b.groups, before)
		return false
	}
	if n.negated {
		copy(b.groups, before)
	}
	if k(i) {
		return true
	}
	copy(b.groups, before)
	return false
}

// backref finds again what a group captured; nothing, if it captured nothing.
func (b *backtracker) backref(n *node, i int, backward bool, k then) bool {
	begin, end := b.groups[2*n.index], b.groups[2*n.index+1]
	if begin < 0 {
		return k(i)
	}
	captured := string(b.text[begin:end])
	b.tries += len(captured) / 8
	if backward {
		from := i - len(captured)
		return from >= 0 && string(b.text[from:i]) == captured && k(from)
	}
	to := i + len(captured)
	return to <= len(b.text) && string(b.text[i:to]) == captured && k(to)
}
