package ecma

import "unicode/utf8"

// Unbounded is the Max of a run that goes on as it likes.
const Unbounded = unbounded

// A Run is a class of ASCII characters that follows itself at least Min and at
// most Max times.
type Run struct {
	Class    [2]uint64 // a bit for each character
	Min, Max int
}

// Has reports whether a byte is of the class.
func (r *Run) Has(c byte) bool { return c < utf8.RuneSelf && r.Class[c>>6]>>(c&63)&1 == 1 }

// Runs are those that the pattern consists of, from the beginning of the text
// to its end, each told by its first character from what may follow the one
// before. There are none if the pattern is otherwise, or has characters beyond
// ASCII.
func (re *Regexp) Runs() []Run {
	if re.runs == nil || re.open {
		return nil
	}
	out := make([]Run, len(re.runs))
	for i := range re.runs {
		if len(re.runs[i].wide) > 0 {
			return nil
		}
		out[i] = re.runs[i].Run
	}
	return out
}

// A run may have other characters, too.
type run struct {
	Run
	wide set
}

func newRun(s set, least, most int) run {
	r := run{Run: Run{Min: least, Max: most}}
	if most < 0 {
		r.Max = Unbounded
	}
	for i := 0; i < len(s); i += 2 {
		for c := s[i]; c <= s[i+1] && c < utf8.RuneSelf; c++ {
			r.Class[c>>6] |= 1 << (c & 63)
		}
		if s[i+1] >= utf8.RuneSelf {
			r.wide = append(r.wide, max(s[i], utf8.RuneSelf), s[i+1])
		}
	}
	return r
}

func (r *run) overlaps(other *run) bool {
	return r.Class[0]&other.Class[0] != 0 || r.Class[1]&other.Class[1] != 0 || r.wide.overlaps(other.wide)
}

// asRuns reads a pattern that is ^, runs, and perhaps $.
func asRuns(root *node) (runs []run, open, ok bool) {
	items := root.items()
	if len(items) < 2 || items[0].op != opBegin {
		return nil, false, false
	}
	items = items[1:]
	open = true
	if last := len(items) - 1; items[last].op == opEnd {
		items, open = items[:last], false
	}
	for _, n := range items {
		switch {
		case n.op == opSet:
			runs = append(runs, newRun(n.set, 1, 1))
		case n.op == opRepeat && n.subs[0].op == opSet:
			runs = append(runs, newRun(n.subs[0].set, n.min, n.max))
		default:
			return nil, false, false
		}
	}
	return runs, open, len(runs) > 0 && unambiguous(runs)
}

// unambiguous makes sure that matchRuns need not go back: a run that may end
// early has no character in common with the next ones that may follow it.
func unambiguous(runs []run) bool {
	for i := range runs {
		if runs[i].Min == runs[i].Max {
			continue
		}
		for j := i + 1; j < len(runs); j++ {
			if runs[i].overlaps(&runs[j]) {
				return false
			}
			if runs[j].Min > 0 {
				break
			}
		}
	}
	return true
}

// matchRuns takes as much for each run as it can.
func matchRuns(runs []run, open bool, text []byte) bool {
	i := 0
	for k := range runs {
		r := &runs[k]
		n := 0
		for n < r.Max && i < len(text) {
			c := text[i]
			if c < utf8.RuneSelf {
				if r.Class[c>>6]>>(c&63)&1 == 0 {
					break
				}
				i++
			} else {
				if r.wide == nil {
					break
				}
				wide, size := utf8.DecodeRune(text[i:])
				if !r.wide.has(wide) {
					break
				}
				i += size
			}
			n++
		}
		if n < r.Min {
			return false
		}
	}
	return open || i == len(text)
}
