package stream

import "bytes"

// A Form is how the items of a stream are told apart.
type Form uint8

// The forms of streams.
const (
	Lines    Form = iota // a JSON text on each line (ndjson.org, jsonlines.org)
	Sequence             // JSON texts behind record separators (RFC 7464)
	Events               // text/event-stream (WHATWG HTML, section 9.2)
)

// recordSeparator stands before each text of a JSON text sequence.
const recordSeparator = 0x1E

// Items cuts a stream that comes in pieces between its items. What is not
// complete yet is kept, up to a limit: a larger item is passed over.
type Items struct {
	Skipped int64 // items that were larger than the limit

	form     Form
	limit    int
	rest     []byte // the beginning of an item
	at       int64  // of rest in the stream
	skipping bool
}

// NewItems returns a cutter that keeps at most limit bytes of an item.
func NewItems(form Form, limit int) *Items { return &Items{form: form, limit: limit} }

// Write takes the next piece, and hands out the items that are complete with it,
// several at once if they lie together, and where they begin in the stream. What
// is handed out is valid during the call only.
func (s *Items) Write(p []byte, whole func(items []byte, at int64)) {
	data, fresh := p, 0
	if len(s.rest) > 0 {
		fresh = len(s.rest)
		s.rest = append(s.rest, p...)
		data = s.rest
	}
	end := s.boundary(data, max(0, fresh-overlap))
	if end == 0 {
		s.keep(data)
		return
	}
	if s.skipping {
		// The first boundary ends the item that was too large; what follows waits for the next piece.
		s.skipping = false
		first := s.first(data)
		s.at += int64(first)
		data, end = data[first:], end-first
	}
	if end > 0 {
		whole(data[:end], s.at)
		s.at += int64(end)
		data = data[end:]
	}
	s.keep(data)
}

// overlap is how many bytes of a boundary may have come with an earlier piece.
const overlap = 3

// End hands out the last item where it needs no sign behind it, and reports
// whether the stream ended inside an item.
func (s *Items) End(whole func(items []byte, at int64)) (open bool) {
	rest := s.rest
	s.rest = nil
	if s.skipping || len(bytes.TrimSpace(rest)) == 0 {
		return s.skipping && s.form == Events
	}
	if s.form != Events {
		whole(rest, s.at)
		return false
	}
	if end := lastBlank(rest, 0, true); end > 0 {
		whole(rest[:end], s.at)
		rest = rest[end:]
	}
	return hasField(rest)
}

// hasField reports whether a piece of an event holds anything that a reader
// misses: comments keep a connection alive and may end anywhere.
func hasField(rest []byte) bool {
	for line := range bytes.SplitSeq(rest, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != ':' {
			return true
		}
	}
	return false
}

// keep holds on to the beginning of an item, or of one that is too large to the
// bytes that may begin its boundary.
func (s *Items) keep(data []byte) {
	if len(data) > s.limit && !s.skipping {
		s.skipping = true
		s.Skipped++
	}
	if s.skipping {
		drop := max(0, len(data)-overlap)
		s.at += int64(drop) - 1
		// A letter stands for what was dropped, so that no line seems empty.
		var tail [overlap]byte
		n := copy(tail[:], data[drop:])
		s.rest = append(append(s.rest[:0], 'x'), tail[:n]...)
		return
	}
	if s.rest = append(s.rest[:0], data...); len(s.rest) == 0 {
		s.rest = nil // a stream that rests between its items costs nothing
	}
}

// boundary is the end of the last complete item, looked for behind from; 0: none is complete.
func (s *Items) boundary(data []byte, from int) int {
	switch s.form {
	case Lines:
		return bytes.LastIndexByte(data, '\n') + 1
	case Sequence:
		return max(0, bytes.LastIndexByte(data, recordSeparator))
	}
	return lastBlank(data, from, false)
}

// first is the end of the first item.
func (s *Items) first(data []byte) int {
	switch s.form {
	case Lines:
		return bytes.IndexByte(data, '\n') + 1
	case Sequence:
		return bytes.IndexByte(data[1:], recordSeparator) + 1
	}
	return firstBlank(data)
}

// lastBlank is the end of the last empty line that ends behind from. A CR at the
// very end may be half of a line end, unless nothing follows.
func lastBlank(data []byte, from int, final bool) int {
	for end := len(data); end > from; {
		i := bytes.LastIndexAny(data[from:end], "\r\n")
		if i < 0 {
			return 0
		}
		i += from
		start := i
		if data[i] == '\n' && i > 0 && data[i-1] == '\r' {
			start--
		}
		half := data[i] == '\r' && i == len(data)-1 && !final
		if !half && (start == 0 || data[start-1] == '\n' || data[start-1] == '\r') {
			return i + 1
		}
		end = start
	}
	return 0
}

// firstBlank is the end of the first empty line, the length of data if there is none.
func firstBlank(data []byte) int {
	for at := 0; at < len(data); {
		start, end, after := line(data, at)
		if start == end {
			return after
		}
		at = after
	}
	return len(data)
}

// line finds the end of a line: CR LF, LF or CR (WHATWG HTML, section 9.2.5).
func line(data []byte, at int) (start, end, after int) {
	length := bytes.IndexAny(data[at:], "\r\n")
	if length < 0 {
		return at, len(data), len(data)
	}
	end = at + length
	after = end + 1
	if data[end] == '\r' && after < len(data) && data[after] == '\n' {
		after++
	}
	return at, end, after
}
