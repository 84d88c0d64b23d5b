//go:build unix

package socket

import "syscall"

// A Reader waits until a connection of the system has something to read, and
// only then asks for memory to put it into. It is used by one goroutine at a time.
type Reader struct {
	raw  syscall.RawConn // nil: the source is something else
	try  func(fd uintptr) bool
	into Memory
	n    int
	err  error
}

// Memory is where a Reader puts what arrives.
type Memory interface {
	// Room is asked for when there may be something to read. It is not empty.
	Room() []byte

	// Vacate is told that there was nothing after all.
	Vacate()
}

// Watch makes the reader read from src, if that is a connection of the system;
// Usable tells.
func (r *Reader) Watch(src any) {
	r.raw = raw(src)
	if r.try == nil {
		r.try = r.read // once, since a method value is an allocation
	}
}

// Usable reports whether the reader has a connection of the system.
func (r *Reader) Usable() bool { return r.raw != nil }

// Read waits for something and returns how many bytes of the room it took. At
// the end of the stream that is none, without an error.
func (r *Reader) Read(into Memory) (int, error) {
	r.into, r.n, r.err = into, 0, nil
	err := r.raw.Read(r.try)
	r.into = nil
	if r.err != nil {
		err = r.err
	}
	return r.n, err
}

// read is called when there may be something to read, and reports whether the
// waiting is over.
func (r *Reader) read(fd uintptr) bool {
	b := r.into.Room()
	for {
		n, err := read(fd, b)
		switch err {
		case 0:
			r.n = n
			return true
		case syscall.EINTR:
			continue
		case syscall.EAGAIN:
			r.into.Vacate()
			return false
		}
		r.err = &Error{"read", err}
		return true
	}
}
