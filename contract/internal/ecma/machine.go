package ecma

import "encoding/binary"

// A state is where a program may be after the characters that were read: at
// one of the instructions of set, having found the leaves of found.
type state struct {
	set   []int32
	found uint32
	left  context
}

// A context is what stands on one side of a place.
type context uint8

const (
	unknown context = iota
	edge            // of the text
	noWord          // a character that is not of \w
	word
)

// A machine takes a program from state to state. It is for one goroutine.
type machine struct {
	p     *program
	seen  []uint32 // the round in which an instruction was visited
	round uint32
	stack []int32
	near  []int32 // instructions, their assertions resolved
	steps int     // what it did so far
}

func newMachine(p *program) *machine {
	return &machine{p: p, seen: make([]uint32, len(p.ins))}
}

func (m *machine) nextRound() {
	if m.round++; m.round == 0 {
		clear(m.seen)
		m.round = 1
	}
}

// start puts s to before the first character.
func (m *machine) start(s *state) {
	s.set, s.found, s.left = s.set[:0], 0, edge
	m.nextRound()
	for _, pc := range m.p.starts {
		s.set, s.found = m.follow(pc, s.set, s.found, edge, unknown)
	}
	s.set = m.unfound(s.set, s.found)
}

// follow appends the instructions that pc leads to without reading: those that
// read, and the assertions that need to know what comes next.
func (m *machine) follow(pc int32, set []int32, found uint32, left, right context) ([]int32, uint32) {
	m.stack = append(m.stack[:0], pc)
	for len(m.stack) > 0 {
		pc := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		if m.seen[pc] == m.round {
			continue
		}
		m.seen[pc] = m.round
		m.steps++
		in := &m.p.ins[pc]
		switch in.op {
		case opSet:
			set = append(set, pc)
		case isMatch:
			found |= 1 << in.set
		case opAlt:
			m.stack = append(m.stack, in.alt, in.out)
		case opBegin:
			if left == edge {
				m.stack = append(m.stack, in.out)
			}
		default:
			if right == unknown {
				set = append(set, pc)
			} else if holds(in.op, left, right) {
				m.stack = append(m.stack, in.out)
			}
		}
	}
	return set, found
}

// holds judges $, \b and \B.
func holds(assertion op, left, right context) bool {
	switch assertion {
	case opEnd:
		return right == edge
	case opWord:
		return (left == word) != (right == word)
	}
	return (left == word) == (right == word)
}

// resolve looks at the assertions of a state, now that what comes next is known.
func (m *machine) resolve(s *state, right context) ([]int32, uint32) {
	m.nextRound()
	found := s.found
	m.near = m.near[:0]
	for _, pc := range s.set {
		m.near, found = m.follow(pc, m.near, found, s.left, right)
	}
	return m.near, found
}

// step reads a character of a class: from s to next.
func (m *machine) step(s, next *state, class uint16) {
	right := noWord
	if m.p.classes.words[class] {
		right = word
	}
	near, found := m.resolve(s, right)
	next.set, next.found, next.left = next.set[:0], found, noWord
	if m.p.words {
		next.left = right
	}
	m.nextRound()
	for _, pc := range near {
		in := &m.p.ins[pc]
		if m.p.sets[in.set][class>>6]>>(class&63)&1 == 1 {
			next.set, next.found = m.follow(in.out, next.set, next.found, next.left, unknown)
		}
	}
	for leaf, pc := range m.p.starts {
		if !m.p.begins[leaf] && next.found>>leaf&1 == 0 {
			next.set, next.found = m.follow(pc, next.set, next.found, next.left, unknown)
		}
	}
	next.set = m.unfound(next.set, next.found)
}

// unfound drops what belongs to leaves that were found already.
func (m *machine) unfound(set []int32, found uint32) []int32 {
	if found == 0 {
		return set
	}
	kept := set[:0]
	for _, pc := range set {
		if found>>m.p.owner[pc]&1 == 0 {
			kept = append(kept, pc)
		}
	}
	return kept
}

// verdict is what is known in a state before the end.
func (m *machine) verdict(s *state) verdict {
	alive := s.found
	for leaf, begins := range m.p.begins {
		if !begins {
			alive |= 1 << leaf
		}
	}
	for _, pc := range s.set {
		alive |= 1 << m.p.owner[pc]
	}
	return m.p.formula.judge(func(leaf int) verdict {
		switch {
		case s.found>>leaf&1 == 1:
			return yes
		case alive>>leaf&1 == 1:
			return unsure
		}
		return no
	})
}

// end is the verdict on a text that ends in a state.
func (m *machine) end(s *state) bool {
	_, found := m.resolve(s, edge)
	return m.p.formula.judge(func(leaf int) verdict {
		if found>>leaf&1 == 1 {
			return yes
		}
		return no
	}) == yes
}

// key tells states apart. The order of their sets does not matter, and is the
// same for most that are the same.
func (s *state) key(dst []byte) []byte {
	dst = append(dst[:0], byte(s.left))
	dst = binary.LittleEndian.AppendUint32(dst, s.found)
	for _, pc := range s.set {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(pc))
	}
	return dst
}

// stepsPerWork is how many steps cost what one try of a backtracker does.
const stepsPerWork = 8

// match runs the program without a table, for those whose table is too large.
func (m *machine) match(text []byte, s, next *state, most int) (bool, error) {
	m.start(s)
	for i := 0; i < len(text); {
		if v := m.verdict(s); v != unsure {
			return v == yes, nil
		}
		class, size := m.p.classes.at(text, i)
		m.step(s, next, class)
		if m.steps += len(s.set); m.steps > most {
			return false, ErrCostly
		}
		*s, *next = *next, *s
		i += size
	}
	return m.end(s), nil
}
