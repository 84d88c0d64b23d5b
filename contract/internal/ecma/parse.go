package ecma

import (
	"fmt"
	"unicode/utf8"
)

const (
	// longestPattern bounds what an author can make us read.
	longestPattern = 128 << 10
	// deepestPattern bounds how far groups are nested.
	deepestPattern = 250
	// mostRanges bounds what the classes of a pattern come to: \p{L} has 650
	// ranges of characters.
	mostRanges = 1 << 20
	// unbounded is above every count that is meant.
	unbounded = 1 << 30
)

// A SyntaxError says where a pattern stops being one of ECMA-262, and why.
type SyntaxError struct {
	Offset int // in bytes
	What   string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("at character %d: %s", e.Offset+1, e.What)
}

// A parser reads Pattern of ECMA-262, section 22.2.1: with the u flag, or
// without it by the rules of annex B.1.2.
type parser struct {
	src     string
	i       int
	unicode bool
	depth   int
	groups  int            // seen so far
	total   int            // in the whole pattern
	names   map[string]int // of the groups in the whole pattern
	ranges  int            // of all classes so far
	known   map[string]set // properties and bracketed classes, by their text
	err     *SyntaxError
}

// parse reads a pattern in the one way or the other, and counts its groups.
func parse(src string, unicode bool) (root *node, groups int, err *SyntaxError) {
	if len(src) > longestPattern {
		return nil, 0, &SyntaxError{longestPattern, fmt.Sprintf("a pattern has at most %d bytes here", longestPattern)}
	}
	p := &parser{src: src, unicode: unicode, known: map[string]set{}}
	p.countGroups()
	n := p.disjunction()
	if p.err == nil && p.i < len(src) {
		p.fail(p.i, "this parenthesis closes nothing")
	}
	if p.err != nil {
		return nil, 0, p.err
	}
	return n, p.total, nil
}

// fail keeps the first error; the readers stop at it.
func (p *parser) fail(at int, what string) {
	if p.err == nil {
		p.err = &SyntaxError{at, what}
	}
	p.i = len(p.src)
}

func (p *parser) more() bool { return p.i < len(p.src) }

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte { return p.byteAt(p.i) }

func (p *parser) byteAt(i int) byte {
	if i >= len(p.src) {
		return 0
	}
	return p.src[i]
}

func (p *parser) eat(s string) bool {
	if len(p.src)-p.i < len(s) || p.src[p.i:p.i+len(s)] != s {
		return false
	}
	p.i += len(s)
	return true
}

func (p *parser) rune() rune {
	r, n := utf8.DecodeRuneInString(p.src[p.i:])
	p.i += n
	return r
}

// countGroups looks ahead for the capturing groups: what \1 and \k mean
// depends on those that come later, too. Of two with one name the first counts.
func (p *parser) countGroups() {
	p.names = map[string]int{}
	inClass := false
	for i := 0; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '[':
			inClass = true
		case ']':
			inClass = false
		case '(':
			if inClass {
				continue
			}
			if p.byteAt(i+1) != '?' {
				p.total++
				continue
			}
			if p.byteAt(i+2) == '<' && p.byteAt(i+3) != '=' && p.byteAt(i+3) != '!' {
				p.total++
				ahead := &parser{src: p.src, i: i + 3, unicode: p.unicode}
				name := ahead.groupName()
				if _, twice := p.names[name]; !twice {
					p.names[name] = p.total
				}
			}
		}
	}
}

func (p *parser) disjunction() *node {
	if p.depth++; p.depth > deepestPattern {
		p.fail(p.i, fmt.Sprintf("groups are nested more than %d deep", deepestPattern))
	}
	defer func() { p.depth-- }()
	var branches []*node
	for {
		branches = append(branches, p.alternative())
		if !p.eat("|") {
			break
		}
	}
	if len(branches) == 1 {
		return branches[0]
	}
	return &node{op: opAlt, subs: branches}
}

func (p *parser) alternative() *node {
	var terms []*node
	for p.more() && p.peek() != '|' && p.peek() != ')' {
		before := p.groups
		n, quantifiable := p.term()
		if p.err != nil {
			break
		}
		n = p.quantified(n, quantifiable, before)
		terms = append(terms, n)
	}
	return cat(terms)
}

// term reads an assertion or an atom, and says whether it may be repeated.
func (p *parser) term() (*node, bool) {
	at := p.i
	switch c := p.peek(); c {
	case '^':
		p.i++
		return &node{op: opBegin}, false
	case '$':
		p.i++
		return &node{op: opEnd}, false
	case '(':
		return p.group()
	case '.':
		p.i++
		return &node{op: opSet, set: lineSet().not()}, true
	case '[':
		p.i++
		return &node{op: opSet, set: p.class(at)}, true
	case '\\':
		p.i++
		return p.atomEscape(at)
	case '*', '+', '?':
		p.fail(at, "there is nothing to repeat")
		return nil, false
	case '{':
		if p.unicode {
			p.fail(at, "a brace stands for itself only after a backslash")
			return nil, false
		}
		if _, _, ok := p.braces(); ok {
			p.fail(at, "there is nothing to repeat")
			return nil, false
		}
	case '}', ']':
		if p.unicode {
			p.fail(at, "a bracket or brace stands for itself only after a backslash")
			return nil, false
		}
	}
	return one(p.rune()), true
}

// group reads what begins with a parenthesis.
func (p *parser) group() (*node, bool) {
	at := p.i
	n, quantifiable := &node{op: opGroup}, true
	switch {
	case p.eat("(?:"):
		n = nil
	case p.eat("(?="), p.eat("(?!"):
		n = &node{op: opLook, negated: p.src[p.i-1] == '!'}
		// Annex B.1.2: QuantifiableAssertion.
		quantifiable = !p.unicode
	case p.eat("(?<="), p.eat("(?<!"):
		n = &node{op: opLook, behind: true, negated: p.src[p.i-1] == '!'}
		quantifiable = false
	case p.eat("(?<"):
		name := p.groupName()
		p.groups++
		n.index = p.groups
		if p.names[name] != p.groups {
			p.fail(at, "two groups have the name "+name)
		}
	case p.eat("(?"):
		p.fail(at, "ECMA-262 has no group of this kind")
		return nil, false
	default:
		p.i++
		p.groups++
		n.index = p.groups
	}
	body := p.disjunction()
	if !p.eat(")") {
		p.fail(at, "this parenthesis is not closed")
		return nil, false
	}
	if n == nil {
		// Keeps a|b together, and its quantifier off the last of its terms.
		return body, true
	}
	n.subs = []*node{body}
	return n, quantifiable
}

// quantified reads what says how often a term is repeated.
func (p *parser) quantified(n *node, allowed bool, groups int) *node {
	at := p.i
	lo, hi, ok := 0, 0, true
	switch p.peek() {
	case '*':
		lo, hi = 0, -1
		p.i++
	case '+':
		lo, hi = 1, -1
		p.i++
	case '?':
		lo, hi = 0, 1
		p.i++
	case '{':
		lo, hi, ok = p.braces()
	default:
		ok = false
	}
	switch {
	case !ok && p.unicode && p.peek() == '{':
		p.fail(at, "a repetition is written {2}, {2,} or {2,5}")
		return n
	case !ok:
		return n
	case !allowed:
		p.fail(at, "there is nothing to repeat")
		return n
	case hi >= 0 && hi < lo:
		p.fail(at, "the numbers of the repetition are out of order")
		return n
	}
	return &node{op: opRepeat, subs: []*node{n}, min: lo, max: hi, lazy: p.eat("?"), index: groups + 1, last: p.groups}
}

// braces reads {2}, {2,} or {2,5}, or nothing.
func (p *parser) braces() (lo, hi int, ok bool) {
	start := p.i
	p.i++
	lo, ok = p.number()
	hi = lo
	if ok && p.eat(",") {
		hi = -1
		if p.peek() != '}' {
			hi, ok = p.number()
		}
	}
	if !ok || !p.eat("}") {
		p.i = start
		return 0, 0, false
	}
	return lo, hi, true
}

func (p *parser) number() (n int, ok bool) {
	for p.more() && p.peek()-'0' <= 9 {
		n = min(n*10+int(p.peek()-'0'), unbounded)
		ok = true
		p.i++
	}
	return n, ok
}
