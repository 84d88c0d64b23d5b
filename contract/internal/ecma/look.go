package ecma

// A formula says of which regular patterns a text has to have which: what is
// left of look-around that stands at the beginning or at the end. Then nothing
// has to go back: all are looked for at once.
type formula struct {
	op   formulaOp
	subs []*formula
	leaf int
}

type formulaOp uint8

const (
	isLeaf formulaOp = iota
	isAnd
	isOr
	isNot
)

// A verdict on a formula may have to wait for the rest of the text.
type verdict uint8

const (
	unsure verdict = iota
	no
	yes
)

// judge asks about each leaf.
func (f *formula) judge(leaf func(int) verdict) verdict {
	switch f.op {
	case isLeaf:
		return leaf(f.leaf)
	case isNot:
		switch f.subs[0].judge(leaf) {
		case yes:
			return no
		case no:
			return yes
		}
		return unsure
	}
	decisive, rest := no, yes
	if f.op == isOr {
		decisive, rest = yes, no
	}
	for _, sub := range f.subs {
		switch sub.judge(leaf) {
		case decisive:
			return decisive
		case unsure:
			rest = unsure
		}
	}
	return rest
}

// mostLeaves bounds how many patterns one may become: each is a bit.
const mostLeaves = 32

// A splitter collects the regular patterns of a formula.
type splitter struct {
	leaves []*node
}

// split is nil for a part whose look-around stands elsewhere.
func (s *splitter) split(n *node) *formula {
	if len(s.leaves) >= mostLeaves {
		return nil
	}
	if !n.irregular() {
		s.leaves = append(s.leaves, n)
		return &formula{leaf: len(s.leaves) - 1}
	}
	if n.op == opAlt {
		return s.branches(n.subs, func(n *node) *node { return n })
	}
	items := outward(narrow(n.items()))
	if whole := cat(items); !whole.irregular() {
		return s.split(whole)
	}
	if f := s.tempered(items); f != nil {
		return f
	}
	if f, found := s.trailing(items); found {
		return f
	}
	return s.leading(items)
}

// branches is the formula of alternatives: one is found if any of them is.
func (s *splitter) branches(subs []*node, with func(*node) *node) *formula {
	out := &formula{op: isOr}
	for _, sub := range subs {
		f := s.split(with(sub))
		if f == nil {
			return nil
		}
		out.subs = append(out.subs, f)
	}
	return out
}

func and(fs ...*formula) *formula {
	for _, f := range fs {
		if f == nil {
			return nil
		}
	}
	return &formula{op: isAnd, subs: fs}
}

func (s *splitter) look(n *node, body *node) *formula {
	f := s.split(body)
	if f != nil && n.negated {
		return &formula{op: isNot, subs: []*formula{f}}
	}
	return f
}

// leading takes (?=a) off from ^(?=a)b: both ^a and ^b are to be found.
func (s *splitter) leading(items []*node) *formula {
	if len(items) < 2 || items[0].op != opBegin {
		return nil
	}
	begin, next := items[0], items[1]
	rest := items[2:]
	switch {
	case next.op == opLook && !next.behind:
		return and(s.look(next, cat([]*node{begin, next.subs[0]})), s.split(cat(append([]*node{begin}, rest...))))
	case next.op == opAlt && next.irregular():
		return s.branches(next.subs, func(sub *node) *node {
			return cat(append([]*node{begin, sub}, rest...))
		})
	case next.op == opBegin:
		return s.split(cat(append([]*node{begin}, rest...)))
	}
	return nil
}

// trailing takes (?<!a) off from b(?<!a)$: b$ is to be found, and a$ is not.
func (s *splitter) trailing(items []*node) (f *formula, found bool) {
	last := len(items) - 1
	if last < 1 || items[last].op != opEnd {
		return nil, false
	}
	before := items[last-1]
	if before.op != opLook || !before.behind {
		return nil, false
	}
	rest := append(append([]*node{}, items[:last-1]...), items[last])
	return and(s.look(before, cat([]*node{before.subs[0], items[last]})), s.split(cat(rest))), true
}

// tempered knows ^((?!a).)*$, in which a is nowhere to be found.
func (s *splitter) tempered(items []*node) *formula {
	if len(items) != 3 || items[0].op != opBegin || items[1].op != opRepeat || items[2].op != opEnd || items[1].max >= 0 || items[1].min > 1 {
		return nil
	}
	body := items[1].subs[0].items()
	if len(body) != 2 || body[0].op != opLook || body[0].behind || !body[0].negated || body[1].op != opSet || body[0].subs[0].nullable() {
		return nil
	}
	plain := *items[1]
	plain.subs = []*node{body[1]}
	return and(s.look(body[0], body[0].subs[0]), s.split(cat([]*node{items[0], &plain, items[2]})))
}

// narrow takes (?!a)[a-z] for [b-z].
func narrow(items []*node) []*node {
	out := make([]*node, 0, len(items))
	for i := 0; i < len(items); i++ {
		n := items[i]
		if n.op == opLook && !n.behind && n.subs[0].op == opSet && i+1 < len(items) {
			if first, rest := firstSet(items[i+1]); first != nil {
				allowed := n.subs[0].set
				if !n.negated {
					allowed = allowed.not()
				}
				out = append(out, &node{op: opSet, set: first.but(allowed)})
				if rest != nil {
					out = append(out, rest)
				}
				i++
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// outward takes a(?=b) for ab and (?<=a)b for ab: what is found does not end at
// the last term. (?!b) is the end of the text or another character, if b is one.
func outward(items []*node) []*node {
	out := append([]*node{}, items...)
	if last := len(out) - 1; last >= 0 && out[last].op == opLook && !out[last].behind {
		if n := beside(out[last], opEnd); n != nil {
			out[last] = n
		}
	}
	if len(out) > 0 && out[0].op == opLook && out[0].behind {
		if n := beside(out[0], opBegin); n != nil {
			out[0] = n
		}
	}
	return cat(out).items()
}

// beside is what stands where a look-around looks; nil if that is not to be said
// in one term.
func beside(look *node, end op) *node {
	body := look.subs[0]
	switch {
	case !look.negated:
		return body
	case body.op == opSet:
		return &node{op: opAlt, subs: []*node{{op: end}, {op: opSet, set: body.set.not()}}}
	}
	return nil
}

// firstSet splits what a term begins with from the rest of it.
func firstSet(n *node) (first set, rest *node) {
	switch {
	case n.op == opSet:
		return n.set, nil
	case n.op == opRepeat && n.min > 0 && n.subs[0].op == opSet:
		fewer := *n
		if fewer.min--; fewer.max > 0 {
			fewer.max--
		}
		return n.subs[0].set, &fewer
	}
	return nil, nil
}
