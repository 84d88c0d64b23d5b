package schema

// A memo remembers what was found of values and schemas. To forget costs
// nothing, however much it held: entries have the number of their round.
type memo struct {
	entries []memoEntry
	count   int
	round   uint32
}

type memoEntry struct {
	id    ID
	token int32
	round uint32
	ok    bool
}

// fewEntries is what a memo begins with.
const fewEntries = 64

func (m *memo) forget() {
	m.count = 0
	if m.round++; m.round == 0 {
		clear(m.entries)
		m.round = 1
	}
}

func (m *memo) at(id ID, token int) int {
	return int((uint64(id)<<32|uint64(token))*firstFactor>>32) & (len(m.entries) - 1)
}

// ask returns what is known of a value under a schema.
func (m *memo) ask(id ID, token int) (ok, known bool) {
	if m.count == 0 {
		return false, false
	}
	for at := m.at(id, token); ; at = (at + 1) & (len(m.entries) - 1) {
		e := &m.entries[at]
		if e.round != m.round {
			return false, false
		}
		if e.id == id && e.token == int32(token) {
			return e.ok, true
		}
	}
}

func (m *memo) keep(id ID, token int, ok bool) {
	if 2*m.count >= len(m.entries) {
		m.grow()
	}
	at := m.at(id, token)
	for m.entries[at].round == m.round {
		at = (at + 1) & (len(m.entries) - 1)
	}
	m.entries[at] = memoEntry{id, int32(token), m.round, ok}
	m.count++
}

func (m *memo) grow() {
	old := m.entries
	m.entries = make([]memoEntry, max(fewEntries, 2*len(old)))
	m.count = 0
	for i := range old {
		if e := &old[i]; e.round == m.round {
			m.keep(e.id, int(e.token), e.ok)
		}
	}
}
