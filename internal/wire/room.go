package wire

import "io"

// room is the reader's buffer as memory that is only there when there is
// something to put into it: ten thousand connections that wait for their next
// request hold none.
type room struct {
	rd    *Reader
	class int // of the buffer to borrow
}

// Room implements socket.Memory.
func (m *room) Room() []byte {
	if m.rd.buf == nil {
		m.rd.buf = borrow(m.class)
	}
	return m.rd.buf.b[m.rd.w:]
}

// Vacate implements socket.Memory.
func (m *room) Vacate() {
	if rd := m.rd; rd.r == rd.w && !rd.held {
		giveBack(rd.buf)
		rd.buf, rd.r, rd.w = nil, 0, 0
	}
}

// fillWhenReady waits without a buffer.
func (rd *Reader) fillWhenReady(class int) error {
	rd.room.rd, rd.room.class = rd, class
	n, err := rd.sock.Read(&rd.room)
	rd.w += n
	switch {
	case n > 0:
		return nil
	case err != nil:
		return err
	}
	return io.EOF
}
