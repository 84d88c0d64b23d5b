package ecma

import "slices"

const (
	// largestTable bounds the transitions of a pattern: 512 kB.
	largestTable = 1 << 17
	// mostTableSteps bounds what making a table may cost: some milliseconds.
	mostTableSteps = 1 << 20
)

// The first two states of a table: nothing that comes changes them.
const (
	rejected = 0
	accepted = 1
)

// A table is a program made deterministic. It does not change.
type table struct {
	classes *classes
	next    []uint32 // by state and class: where the row of the next state begins
	final   []bool   // by state: a text that ends there is matched
	start   uint32
}

// newTable is nil for a program that would have too many states.
func newTable(p *program) *table {
	m := newMachine(p)
	t := &table{classes: p.classes}
	width := p.classes.count
	known := map[string]uint32{}
	var todo []state
	var key []byte
	add := func(s *state) uint32 {
		switch m.verdict(s) {
		case no:
			return rejected
		case yes:
			return accepted * uint32(width)
		}
		slices.Sort(s.set)
		key = s.key(key)
		row, ok := known[string(key)]
		if !ok {
			row = uint32(len(t.next))
			known[string(key)] = row
			t.next = slices.Grow(t.next, width)[:len(t.next)+width]
			t.final = append(t.final, m.end(s))
			todo = append(todo, state{set: slices.Clone(s.set), found: s.found, left: s.left})
		}
		return row
	}
	t.next = make([]uint32, 2*width)
	for i := range width {
		t.next[width+i] = uint32(width)
	}
	t.final = []bool{rejected: false, accepted: true}
	var s, next state
	m.start(&s)
	t.start = add(&s)
	for i := 0; i < len(todo); i++ {
		s = todo[i]
		row := (2 + i) * width
		for class := range width {
			m.step(&s, &next, uint16(class))
			t.next[row+class] = add(&next)
			if len(t.next) > largestTable || m.steps > mostTableSteps {
				return nil
			}
		}
		todo[i].set = nil
	}
	return t
}

// match reads each character once.
func (t *table) match(text []byte) bool {
	at, limit := t.start, uint32(2*t.classes.count)
	if at >= limit {
		for i := 0; i < len(text); {
			if c := text[i]; c < 0x80 {
				at = t.next[at+uint32(t.classes.ascii[c])]
				i++
			} else {
				class, size := t.classes.at(text, i)
				at = t.next[at+uint32(class)]
				i += size
			}
			if at < limit {
				break
			}
		}
	}
	return t.final[at/uint32(t.classes.count)]
}

// empty reports whether no text is matched.
func (t *table) empty() bool {
	_, ok := t.sample(0, -1, func(int) int { return 0 })
	return !ok
}

// mostPlaces bounds the search for a sample.
const mostPlaces = 1 << 16

// A place is a state after so many characters.
type place struct {
	state, length int
}

// sample is the shortest of the texts that are matched and have the length.
func (t *table) sample(least, most int, pick func(n int) int) (string, bool) {
	text, found, _ := t.search(least, most, pick)
	return text, found
}

// search is sample that also tells whether all places were looked at.
func (t *table) search(least, most int, pick func(n int) int) (text string, found, whole bool) {
	type step struct {
		from  place
		class uint16
	}
	width := t.classes.count
	usable := make([]bool, width)
	for class := range usable {
		usable[class] = t.classes.sample(uint16(class), func(int) int { return 0 }) >= 0
	}
	first := place{int(t.start) / width, 0}
	came := map[place]step{first: {}}
	queue := []place{first}
	for i := 0; i < len(queue) && i < mostPlaces; i++ {
		at := queue[i]
		if t.final[at.state] && at.length >= least {
			var out []rune
			for at != first {
				out = append(out, t.classes.sample(came[at].class, pick))
				at = came[at].from
			}
			slices.Reverse(out)
			return string(out), true, true
		}
		if at.length == most {
			continue
		}
		for class := range width {
			to := place{int(t.next[at.state*width+class]) / width, at.length + 1}
			if most < 0 && at.length >= least {
				to.length = at.length // being in a state once more is of no use
			}
			if _, ok := came[to]; !ok && to.state != rejected && usable[class] {
				came[to] = step{at, uint16(class)}
				queue = append(queue, to)
			}
		}
	}
	return "", false, len(queue) <= mostPlaces
}

// sample is a character of a class, a printable one of ASCII if there is any;
// -1 if there are only surrogates, which no text has.
func (c *classes) sample(class uint16, pick func(n int) int) rune {
	var s set
	for i, kind := range c.kinds {
		if kind == class {
			end := rune(0x110000)
			if i+1 < len(c.bounds) {
				end = c.bounds[i+1]
			}
			if end > c.bounds[i] {
				s = append(s, c.bounds[i], end-1)
			}
		}
	}
	return s.sample(pick)
}
