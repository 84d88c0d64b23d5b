package pattern

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// op is what a node does.
type op uint8

const (
	opLiteral op = iota // the text of the node
	opClass             // one character of a class
	opRun               // characters of a class, between min and max of them
	opBranch            // one of several ways, the first that leads to a match
	opGroup             // the beginning or end of a group
	opBegin
	opEnd
	opBoundary
	opInside // no boundary
	opMatch
)

// A node is a step of a program. Steps are linked to what follows, so that a way through them is
// a way to a match.
type node struct {
	op       op
	next     *node
	text     string // of a literal, in lower case if it is folded
	fold     bool
	class    *class
	min, max int // of a run; max -1 for no limit
	lazy     bool
	slot     int     // of a group
	ways     []*node // of a branch
	firsts   []first // of each way
	after    first   // of what follows a run
}

// A program is a compiled expression.
type program struct {
	start    *node
	first    first
	names    []string
	anchored bool // at the beginning of the text
	words    bool // begins with a name, so that nothing is gained by beginning within a word
}

// class is a set of characters: a table for ASCII, ranges for the rest.
type class struct {
	ascii [2]uint64
	wide  []rune // pairs, as in syntax.Regexp
}

func (c *class) has(b byte) bool { return b < utf8.RuneSelf && c.ascii[b>>6]&(1<<(b&63)) != 0 }

func (c *class) hasRune(r rune) bool {
	for i := 0; i+1 < len(c.wide); i += 2 {
		if c.wide[i] <= r && r <= c.wide[i+1] {
			return true
		}
	}
	return false
}

func newClass(ranges []rune) *class {
	c := &class{wide: ranges}
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1] && r < utf8.RuneSelf; r++ {
			c.ascii[r>>6] |= 1 << (r & 63)
		}
	}
	return c
}

// first is what a match from a node on may begin with.
type first struct {
	bytes [4]uint64
	atEnd bool // nothing
}

func (f *first) has(b byte) bool { return f.bytes[b>>6]&(1<<(b&63)) != 0 }

func (f *first) add(b byte) { f.bytes[b>>6] |= 1 << (b & 63) }

func (f *first) join(o first) {
	for i := range f.bytes {
		f.bytes[i] |= o.bytes[i]
	}
	f.atEnd = f.atEnd || o.atEnd
}

// anything is what may follow where nothing is known.
var anything = first{bytes: [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}, atEnd: true}

func compile(tree *syntax.Regexp) program {
	if tree.MaxCap() > maxGroups {
		panic("pattern: more groups than a match has room for: " + tree.String())
	}
	b := builder{firsts: map[*node]first{}}
	p := program{names: tree.CapNames()}
	p.start = b.build(tree, &node{op: opGroup, slot: 1, next: &node{op: opMatch}})
	b.fill(p.start, map[*node]bool{})
	p.first = b.first(p.start)
	p.anchored = p.start.op == opBegin
	p.words = nameFirst(p.start)
	return p
}

// nameFirst reports whether a program begins with a name: perhaps a quote, a letter, word characters.
func nameFirst(n *node) bool {
	if n.op == opRun && n.min == 0 && n.max == 1 && !n.class.has('a') {
		n = n.next
	}
	for n.op == opGroup {
		n = n.next
	}
	if n.op != opClass || !n.class.has('a') || !n.class.has('Z') || !n.class.has('_') || n.next.op != opRun {
		return false
	}
	c := n.next.class
	return n.next.min == 0 && n.next.max < 0 && c.has('a') && c.has('Z') && c.has('9') && c.has('_')
}

type builder struct {
	firsts map[*node]first
	ways   []*node // being looked at
}

// build makes the nodes of an expression that lead to next.
func (b *builder) build(re *syntax.Regexp, next *node) *node {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return next
	case syntax.OpLiteral:
		return literal(re, next)
	case syntax.OpCharClass:
		return &node{op: opClass, class: newClass(re.Rune), next: next}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return &node{op: opClass, class: anyClass(re.Op), next: next}
	case syntax.OpBeginText, syntax.OpBeginLine:
		return &node{op: opBegin, next: next}
	case syntax.OpEndText, syntax.OpEndLine:
		return &node{op: opEnd, next: next}
	case syntax.OpWordBoundary:
		return &node{op: opBoundary, next: next}
	case syntax.OpNoWordBoundary:
		return &node{op: opInside, next: next}
	case syntax.OpCapture:
		end := &node{op: opGroup, slot: 2*re.Cap + 1, next: next}
		return &node{op: opGroup, slot: 2 * re.Cap, next: b.build(re.Sub[0], end)}
	case syntax.OpConcat:
		for _, sub := range slices.Backward(re.Sub) {
			next = b.build(sub, next)
		}
		return next
	case syntax.OpAlternate:
		n := &node{op: opBranch}
		for _, sub := range re.Sub {
			n.ways = append(n.ways, b.build(sub, next))
		}
		return n
	case syntax.OpStar:
		return b.repeat(re, 0, -1, next)
	case syntax.OpPlus:
		return b.repeat(re, 1, -1, next)
	case syntax.OpQuest:
		return b.repeat(re, 0, 1, next)
	case syntax.OpRepeat:
		return b.repeat(re, re.Min, re.Max, next)
	}
	panic("pattern: " + re.String() + " is not supported")
}

func anyClass(o syntax.Op) *class {
	if o == syntax.OpAnyChar {
		return newClass([]rune{0, unicode.MaxRune})
	}
	return newClass([]rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune})
}

func literal(re *syntax.Regexp, next *node) *node {
	fold := re.Flags&syntax.FoldCase != 0
	if !fold {
		return &node{op: opLiteral, text: string(re.Rune), next: next}
	}
	// A letter beyond ASCII that has two cases is a class of both.
	for i, r := range re.Rune {
		if r >= utf8.RuneSelf && unicode.SimpleFold(r) != r {
			head, tail := *re, *re
			head.Rune, tail.Rune = re.Rune[:i], re.Rune[i+1:]
			if len(tail.Rune) > 0 {
				next = literal(&tail, next)
			}
			var both []rune
			for o := r; ; {
				both = append(both, o, o)
				if o = unicode.SimpleFold(o); o == r {
					break
				}
			}
			next = &node{op: opClass, class: newClass(both), next: next}
			if len(head.Rune) > 0 {
				next = literal(&head, next)
			}
			return next
		}
	}
	return &node{op: opLiteral, text: strings.ToLower(string(re.Rune)), fold: true, next: next}
}

// repeat makes a run of what is one character, copies of what is repeated a few times, and a loop otherwise.
func (b *builder) repeat(re *syntax.Regexp, low, high int, next *node) *node {
	sub, lazy := re.Sub[0], re.Flags&syntax.NonGreedy != 0
	if c := classOf(sub); c != nil {
		return &node{op: opRun, class: c, min: low, max: high, lazy: lazy, next: next}
	}
	if high < 0 {
		loop := &node{op: opBranch}
		loop.ways = inOrder(lazy, b.build(sub, loop), next)
		if slices.Contains(loop.ways[:1], loop) {
			panic("pattern: a loop around nothing: " + re.String())
		}
		next = loop
	} else {
		end := next
		for range high - low {
			next = &node{op: opBranch, ways: inOrder(lazy, b.build(sub, next), end)}
		}
	}
	for range low {
		next = b.build(sub, next)
	}
	return next
}

func inOrder(lazy bool, body, rest *node) []*node {
	if lazy {
		return []*node{rest, body}
	}
	return []*node{body, rest}
}

// classOf returns the class of an expression that is one character.
func classOf(re *syntax.Regexp) *class {
	switch re.Op {
	case syntax.OpCharClass:
		return newClass(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return anyClass(re.Op)
	case syntax.OpLiteral:
		if len(re.Rune) == 1 && re.Flags&syntax.FoldCase == 0 {
			return newClass([]rune{re.Rune[0], re.Rune[0]})
		}
	}
	return nil
}

// fill works out what each way may begin with.
func (b *builder) fill(n *node, seen map[*node]bool) {
	for ; n != nil && !seen[n]; n = n.next {
		seen[n] = true
		if n.op == opRun {
			n.after = b.first(n.next)
		}
		for _, way := range n.ways {
			n.firsts = append(n.firsts, b.first(way))
			b.fill(way, seen)
		}
	}
}

func (b *builder) first(n *node) first {
	if f, ok := b.firsts[n]; ok {
		return f
	}
	f := b.work(n)
	b.firsts[n] = f
	return f
}

func (b *builder) work(n *node) first {
	var f first
	switch n.op {
	case opMatch:
		return anything
	case opLiteral:
		f.add(n.text[0])
		if c := n.text[0]; n.fold && 'a' <= c && c <= 'z' {
			f.add(c - 'a' + 'A')
		}
	case opClass:
		f = n.class.first()
	case opRun:
		f = n.class.first()
		if n.min == 0 {
			f.join(b.first(n.next))
		}
	case opBranch:
		if slices.Contains(b.ways, n) {
			return f // a loop adds nothing to what it begins with
		}
		b.ways = append(b.ways, n)
		for _, way := range n.ways {
			f.join(b.work(way))
		}
		b.ways = b.ways[:len(b.ways)-1]
	case opEnd:
		return first{atEnd: true}
	default:
		return b.first(n.next)
	}
	return f
}

func (c *class) first() first {
	f := first{bytes: [4]uint64{c.ascii[0], c.ascii[1]}}
	if n := len(c.wide); n > 0 && c.wide[n-1] >= utf8.RuneSelf {
		f.bytes[2], f.bytes[3] = ^uint64(0), ^uint64(0)
	}
	return f
}
