package wire

import (
	"errors"
	"io"
	"net/http"

	"github.com/faultline-http/faultline/internal/socket"
)

// A Reader reads messages off a connection through a borrowed buffer. Heads are
// not copied: they point into the buffer until [Reader.Release]. It is used by
// one goroutine at a time.
type Reader struct {
	src   io.Reader
	sock  socket.Reader // of a plain connection: reads that hold no buffer while they wait
	room  room
	buf   *buffer // nil: nothing is held
	fills uint32
	r, w  int       // what has arrived and is not read yet
	held  bool      // what lies before r belongs to the message under way
	kept  []*buffer // earlier buffers of the message under way
}

// Reset makes the reader read from src. Nothing of an earlier connection may be in use any more.
func (rd *Reader) Reset(src io.Reader) {
	rd.Close()
	rd.src = src
	rd.sock.Watch(src)
}

// Close gives the memory back. What was read must not be used any more.
func (rd *Reader) Close() {
	rd.Release()
	giveBack(rd.buf)
	rd.buf, rd.r, rd.w = nil, 0, 0
}

// Release ends the message under way: the strings of its head are not used any
// more, and their memory is.
func (rd *Reader) Release() {
	rd.held = false
	for i, b := range rd.kept {
		giveBack(b)
		rd.kept[i] = nil
	}
	rd.kept = rd.kept[:0]
	if rd.r == rd.w {
		giveBack(rd.buf)
		rd.buf, rd.r, rd.w = nil, 0, 0
	}
}

// Source is what the reader reads from. Bytes of the window come before those
// that it gives.
func (rd *Reader) Source() io.Reader { return rd.src }

// Window is what has arrived and is not read yet. It is valid until the next read.
func (rd *Reader) Window() []byte {
	if rd.buf == nil {
		return nil
	}
	return rd.buf.b[rd.r:rd.w]
}

// Fills counts how often the reader has asked the connection for more. For a
// message that was there already it stays the same.
func (rd *Reader) Fills() uint32 { return rd.fills }

// Buffered is the size of the window.
func (rd *Reader) Buffered() int { return rd.w - rd.r }

// Skip takes n bytes of the window as read.
func (rd *Reader) Skip(n int) { rd.r += n }

// need waits until the window has n bytes, which must fit into a usual buffer.
func (rd *Reader) need(n int) error {
	for rd.Buffered() < n {
		if err := rd.Fill(); err != nil {
			return err
		}
	}
	return nil
}

// lineWithin waits for a line end and returns the line with it, or what there
// is once that is longer than most.
func (rd *Reader) lineWithin(most int) ([]byte, error) {
	for at := 0; ; {
		b := rd.Window()
		if n := indexNewline(b[at:]); n >= 0 || len(b) > most {
			if n >= 0 {
				b = b[:at+n+1]
			}
			return b, nil
		}
		at = len(b)
		if err := rd.Fill(); err != nil {
			return nil, err
		}
	}
}

// Fill waits until something more has arrived.
func (rd *Reader) Fill() error { return rd.fill(usualClass) }

// fill lets go of a buffer that is read to its end before it waits, so that a
// stream that says nothing holds no memory for what it may say.
func (rd *Reader) fill(class int) error {
	rd.fills++
	if rd.sock.Usable() && rd.r == rd.w {
		switch {
		case rd.buf == nil:
		case rd.buf.class < class || rd.held && rd.w == len(rd.buf.b):
			rd.detach()
		case !rd.held:
			rd.r, rd.w = 0, 0
		}
		return rd.fillWhenReady(class)
	}
	rd.makeRoom(class)
	if rd.sock.Usable() {
		return rd.fillWhenReady(class)
	}
	n, err := rd.src.Read(rd.buf.b[rd.w:])
	rd.w += n
	switch {
	case n > 0:
		return nil
	case err == nil:
		return io.ErrNoProgress
	}
	return err
}

// detach puts the buffer aside for the message under way, or gives it back.
func (rd *Reader) detach() {
	if rd.held {
		rd.kept = append(rd.kept, rd.buf)
	} else {
		giveBack(rd.buf)
	}
	rd.buf, rd.r, rd.w, rd.held = nil, 0, 0, false
}

// makeRoom sees to it that something can be read. What belongs to the message
// under way stays where it is.
func (rd *Reader) makeRoom(class int) {
	switch {
	case rd.buf == nil:
		if !rd.sock.Usable() {
			class = waitingClass
		}
		rd.buf = borrow(class)
	case rd.r == rd.w && !rd.held:
		rd.r, rd.w = 0, 0
		if rd.buf.class < class {
			rd.move(class)
		}
	case rd.r > 0 && rd.r == rd.w && rd.buf.class < class, rd.w == len(rd.buf.b) && rd.r > 0:
		rd.move(max(class, rd.buf.class))
	case rd.w == len(rd.buf.b):
		rd.move(min(rd.buf.class+1, len(sizes)-1))
	}
}

// move puts what is not read yet at the beginning of another buffer.
func (rd *Reader) move(class int) {
	next := borrow(class)
	n := copy(next.b, rd.Window())
	rd.detach()
	rd.buf, rd.w = next, n
}

// full reports whether no larger buffer exists.
func (rd *Reader) full() bool {
	return rd.buf != nil && rd.w-rd.r == sizes[len(sizes)-1]
}

// Read takes bytes that need no framing, such as those of a tunnel: first what
// has arrived already, then straight from the connection.
func (rd *Reader) Read(p []byte) (int, error) {
	if n := copy(p, rd.Window()); n > 0 {
		rd.Skip(n)
		return n, nil
	}
	return rd.src.Read(p)
}

// ReadRequest reads the head of a request. It returns io.EOF if the connection
// ended before the first byte, an [*Error] for a head that is malformed or too
// large, and else the error of the connection. The head is valid until
// [Reader.Release].
func (rd *Reader) ReadRequest(r *Request, lim *Limits) error {
	return rd.readHead(&r.Head, lim, r)
}

// ReadResponse reads the head of a response to a request with the method. Its
// errors are those of [Reader.ReadRequest] with the status 502.
func (rd *Reader) ReadResponse(r *Response, method string, lim *Limits) error {
	r.method = method
	err := rd.readHead(&r.Head, lim, r)
	if wrong, ok := err.(*Error); ok { // returned bare: errors.As would allocate for each answer
		wrong.Status = http.StatusBadGateway
	}
	return err
}

// message is what a head is scanned into.
type message interface {
	begins(first byte) bool                // it may be one, as far as its first byte tells
	scan(raw []byte) bool                  // a complete head whose lines are known
	explain(raw []byte, lim Limits) *Error // what is wrong with the bytes; nil if nothing is
}

// readHead takes the bytes through the first empty line. It looks at the ends
// of lines while they arrive, so that a head over a limit, and one that will
// never end, are refused early.
func (rd *Reader) readHead(h *Head, lim *Limits, m message) error {
	h.lines = h.lines[:0]
	looked := -1
	for at, empty := 0, 0; ; {
		b := rd.Window()
		if len(b) > empty && at == 0 && !m.begins(b[empty]) {
			return rd.malformed(m, lim)
		}
		state := open
		at, state = h.findEnd(b[empty:], at, lim)
		switch {
		case state == complete && len(h.lines) > 0 && m.scan(b[empty:empty+at]):
			rd.Skip(empty + at)
			rd.held = true
			return nil
		case state == complete && at == len("\r\n") && empty == 0:
			// RFC 9112, section 2.2: an empty line before the request line is ignored.
			// One is what old clients send after a body; more of them is no HTTP.
			empty, at = at, 0
			continue
		case state != open || rd.full():
			return rd.malformed(m, lim)
		case looked < min(at, 1):
			// A client of another protocol waits for an answer after its first bytes, or after its first line.
			looked = min(at, 1)
			if wrong := m.explain(b, *lim); wrong != nil {
				return wrong
			}
		}
		if err := rd.Fill(); err != nil {
			if errors.Is(err, io.EOF) && len(b) > 0 {
				_, request := m.(*Request)
				return ExplainCut(b, request, *lim)
			}
			return err
		}
	}
}

// malformed asks the slow reader what is wrong. Should the two not agree, the
// message is refused all the same.
func (rd *Reader) malformed(m message, lim *Limits) *Error {
	if err := m.explain(rd.Window(), *lim); err != nil {
		return err
	}
	_, request := m.(*Request)
	return ExplainCut(rd.Window(), request, *lim)
}

// ends says how far the end of a head has been found.
type ends uint8

const (
	open     ends = iota // more has to arrive
	complete             // the empty line is there
	broken               // a line that cannot be, or too much of them
)

// findEnd goes on from the beginning of a line until the empty line, and notes
// where each line ends.
func (h *Head) findEnd(b []byte, at int, lim *Limits) (int, ends) {
	for {
		n := indexNewline(b[at:])
		switch {
		case n < 0:
			most := lim.Head
			if at == 0 {
				most = lim.Line
			}
			if len(b) > most {
				return at, broken
			}
			return at, open
		case n == 0 || b[at+n-1] != '\r':
			return at, broken
		case at == 0 && n+1 > lim.Line:
			return at, broken
		}
		at += n + 1
		switch {
		case at > lim.Head:
			return at, broken
		case n == 1:
			return at, complete
		case len(h.lines) > lim.Fields:
			return at, broken
		}
		h.lines = append(h.lines, at)
	}
}
