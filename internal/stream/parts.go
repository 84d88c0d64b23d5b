package stream

import "bytes"

// Parts counts the parts of a multipart body (RFC 2046, section 5.1) and how
// large they are, header included, and keeps none of them.
type Parts struct {
	Count   int64 // parts that came to their end
	Largest int64 // bytes of the largest of them
	Closed  bool  // the closing delimiter came

	delimiter []byte // "\r\n--boundary"
	data      []byte // what may begin a delimiter, then the piece at hand
	at        int64  // of data in the body
	begun     int64  // where the part at hand begins
	inside    bool   // a part is at hand, and not the preamble
}

// NewParts returns a counter for bodies with this boundary.
func NewParts(boundary string) *Parts {
	// The first delimiter may stand at the very beginning, with no line break before it.
	return &Parts{delimiter: []byte("\r\n--" + boundary), data: []byte("\r\n"), at: -2}
}

// Write reads the next piece. It keeps no more of it than a delimiter has bytes.
func (m *Parts) Write(p []byte) {
	const step = 32 << 10
	for len(p) > 0 && !m.Closed {
		n := min(len(p), step)
		m.data = append(m.data, p[:n]...)
		p = p[n:]
		m.scan()
	}
}

// scan looks for delimiters, each with the two bytes behind it, which tell the last one.
func (m *Parts) scan() {
	from := 0
	for !m.Closed {
		i := bytes.Index(m.data[from:], m.delimiter)
		end := from + i + len(m.delimiter)
		if i < 0 || end+2 > len(m.data) {
			break
		}
		m.delimited(m.at+int64(from+i), m.data[end:end+2])
		from = end
	}
	keep := max(from, len(m.data)-len(m.delimiter)-1)
	m.at += int64(keep)
	m.data = append(m.data[:0], m.data[keep:]...)
}

// delimited ends the part at hand and begins the next.
func (m *Parts) delimited(at int64, behind []byte) {
	if m.inside {
		m.Count++
		m.Largest = max(m.Largest, at-m.begun)
	}
	m.Closed = string(behind) == "--"
	m.inside, m.begun = true, at+int64(len(m.delimiter))
}
