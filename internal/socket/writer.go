package socket

import "net"

// A Writer sends one or two pieces in one system call where it can. It is used
// by one goroutine at a time. Its zero value writes to nothing; see Reset.
type Writer struct {
	c       net.Conn
	direct  direct
	buffers net.Buffers
	pieces  [2][]byte
}

// Reset makes the writer write to c.
func (w *Writer) Reset(c net.Conn) {
	w.c = c
	w.direct.on(c)
}

// Write sends a and then b, and returns how many bytes of both were taken.
// Both are not used any more when it returns.
func (w *Writer) Write(a, b []byte) (int64, error) {
	if w.direct.usable() {
		return w.direct.write(a, b)
	}
	if len(b) == 0 {
		n, err := w.c.Write(a)
		return int64(n), err
	}
	// What is no socket takes them one after the other.
	w.pieces = [2][]byte{a, b}
	w.buffers = w.pieces[:]
	n, err := w.buffers.WriteTo(w.c)
	w.buffers, w.pieces = nil, [2][]byte{}
	return n, err
}
