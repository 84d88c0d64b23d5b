package faultline

// Malformed is a message of an exchange as it was written down, where its bytes
// are no well-formed HTTP/1.x. The exchange holds what a lenient reader makes of
// it; the bytes say what a strict one stops at. They may hold secrets of which
// nobody knows where they begin, so a [Redactor] takes them away as a whole.
type Malformed struct {
	Side Side
	Head string // from the first byte up to and with the empty line, as far as it came
	Body string // as it travelled, in chunks; empty if it was not sent so
}

func (m *Malformed) clone() *Malformed {
	if m == nil {
		return nil
	}
	out := *m
	return &out
}

func (m *Malformed) texts(do func(*string)) {
	if m != nil {
		do(&m.Head)
		do(&m.Body)
	}
}
