package pattern

import "unicode/utf8"

// maxSteps bounds the work on one text: what sentences need is a hundredth of it.
const maxSteps = 8_000

// A machine tries a program at one position after the other.
type machine struct {
	text string
	at   Match
	left int
}

// run reports whether there is a way from a node to a match.
func (m *machine) run(n *node, pos int) bool {
	for {
		if m.left--; m.left < 0 {
			return false
		}
		switch n.op {
		case opMatch:
			return true
		case opLiteral:
			if !m.has(n, pos) {
				return false
			}
			pos += len(n.text)
		case opClass:
			size := m.one(n.class, pos)
			if size == 0 {
				return false
			}
			pos += size
		case opRun:
			return m.runs(n, pos)
		case opBranch:
			return m.branches(n, pos)
		case opGroup:
			old := m.at[n.slot]
			m.at[n.slot] = pos
			if m.run(n.next, pos) {
				return true
			}
			m.at[n.slot] = old
			return false
		case opBegin:
			if pos != 0 {
				return false
			}
		case opEnd:
			if pos != len(m.text) {
				return false
			}
		case opBoundary, opInside:
			before := pos > 0 && wordByte(m.text[pos-1])
			behind := pos < len(m.text) && wordByte(m.text[pos])
			if (before != behind) != (n.op == opBoundary) {
				return false
			}
		}
		n = n.next
	}
}

func (m *machine) branches(n *node, pos int) bool {
	for i, way := range n.ways {
		if pos < len(m.text) && !n.firsts[i].has(m.text[pos]) || pos == len(m.text) && !n.firsts[i].atEnd {
			continue
		}
		if m.run(way, pos) {
			return true
		}
	}
	return false
}

// runs tries a run of characters at all its lengths, the longest first, or the shortest if it is lazy.
func (m *machine) runs(n *node, pos int) bool {
	start := pos
	for count := 0; ; count++ {
		if n.lazy && count >= n.min && m.follows(n, pos) {
			return true
		}
		size := 0
		if count != n.max {
			size = m.one(n.class, pos)
		}
		if size == 0 {
			if n.lazy || count < n.min {
				return false
			}
			return m.shrink(n, start, pos, count)
		}
		pos += size
	}
}

func (m *machine) shrink(n *node, start, pos, count int) bool {
	for ; ; count-- {
		if m.follows(n, pos) {
			return true
		}
		if pos == start || count == n.min {
			return false
		}
		_, size := utf8.DecodeLastRuneInString(m.text[start:pos])
		pos -= size
	}
}

func (m *machine) follows(n *node, pos int) bool {
	if m.left--; m.left < 0 || pos < len(m.text) && !n.after.has(m.text[pos]) || pos == len(m.text) && !n.after.atEnd {
		return false
	}
	return m.run(n.next, pos)
}

// one returns the size of the character at a position if it is of the class, else 0.
func (m *machine) one(c *class, pos int) int {
	if pos >= len(m.text) {
		return 0
	}
	b := m.text[pos]
	if b < utf8.RuneSelf {
		if c.has(b) {
			return 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(m.text[pos:]); c.hasRune(r) {
		return size
	}
	return 0
}

// has reports whether the text of a literal is there.
func (m *machine) has(n *node, pos int) bool {
	if len(m.text)-pos < len(n.text) {
		return false
	}
	if !n.fold {
		return m.text[pos:pos+len(n.text)] == n.text
	}
	for i := range len(n.text) {
		if c := m.text[pos+i]; c != n.text[i] && lower(c) != n.text[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
