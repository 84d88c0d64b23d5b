package ecma

// class reads what follows an opening bracket.
func (p *parser) class(at int) set {
	negated := p.eat("^")
	var out set
	for p.more() && p.peek() != ']' {
		lo, single := p.classAtom()
		start := p.i
		if p.peek() != '-' || p.byteAt(p.i+1) == ']' || p.byteAt(p.i+1) == 0 {
			out = append(out, lo...)
			continue
		}
		p.i++
		hi, second := p.classAtom()
		switch {
		case p.err != nil:
		case !single || !second:
			if p.unicode {
				p.fail(start, "a range goes from one character to another")
			}
			// Annex B.1.2: the hyphen stands for itself.
			out = append(append(append(out, lo...), '-', '-'), hi...)
		case hi[0] < lo[0]:
			p.fail(start, "the range is out of order")
		default:
			out = append(out, lo[0], hi[0])
		}
	}
	if !p.eat("]") {
		p.fail(at, "this bracket is not closed")
		return nil
	}
	out = p.tidy(out, p.src[at:p.i])
	if negated {
		return out.not()
	}
	return out
}

// tidy puts a class in order, once for each way to write it.
func (p *parser) tidy(members set, text string) set {
	if out, ok := p.known[text]; ok {
		return out
	}
	if p.ranges += len(members) / 2; p.ranges > mostRanges {
		p.fail(p.i, "the classes of the pattern have too many ranges of characters")
		return nil
	}
	out := members.tidy()
	p.known[text] = out
	return out
}

// classAtom reads one member, and says whether it is a single character.
func (p *parser) classAtom() (set, bool) {
	at := p.i
	if p.peek() != '\\' {
		r := p.rune()
		return set{r, r}, true
	}
	p.i++
	if s, ok := p.classEscape(at); ok {
		return s, false
	}
	if p.eat("b") {
		return set{'\b', '\b'}, true
	}
	r := p.characterEscape(at, true)
	return set{r, r}, true
}
