//go:build unix

package wire

import (
	"errors"
	"io"
	"syscall"
)

// readiness reads from a connection of the system, and borrows a buffer only
// when there is something to put into it: ten thousand connections that wait
// for their next request hold none.
type readiness struct {
	raw   syscall.RawConn // nil: the source is something else
	try   func(fd uintptr) bool
	rd    *Reader
	class int
	n     int
	err   error
}

func (s *readiness) watch(src io.Reader) {
	s.raw = nil
	if sc, ok := src.(syscall.Conn); ok {
		if raw, err := sc.SyscallConn(); err == nil {
			s.raw = raw
		}
	}
	if s.try == nil {
		s.try = s.read // once, since a method value is an allocation
	}
}

func (s *readiness) usable() bool { return s.raw != nil }

func (s *readiness) fill(rd *Reader, class int) error {
	s.rd, s.class, s.n, s.err = rd, class, 0, nil
	err := s.raw.Read(s.try)
	switch {
	case s.n > 0:
		rd.w += s.n
		return nil
	case err != nil:
		return err
	case s.err != nil:
		return s.err
	}
	return io.EOF
}

// read is called when there may be something to read, and reports whether the
// waiting is over.
func (s *readiness) read(fd uintptr) bool {
	if s.rd.buf == nil {
		s.rd.buf = borrow(s.class)
	}
	for {
		n, err := syscall.Read(int(fd), s.rd.buf.b[s.rd.w:])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EAGAIN):
			if s.rd.r == s.rd.w && !s.rd.held {
				giveBack(s.rd.buf)
				s.rd.buf, s.rd.r, s.rd.w = nil, 0, 0
			}
			return false
		case err != nil:
			s.err = readError{err}
			return true
		}
		s.n = n
		return true
	}
}

// readError is what the system said of a read.
type readError struct{ err error }

func (e readError) Error() string { return "read: " + e.err.Error() }
func (e readError) Unwrap() error { return e.err }
