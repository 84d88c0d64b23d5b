//go:build unix

package socket

import (
	"net"
	"syscall"
)

// direct writes to a connection of the system.
type direct struct {
	raw  syscall.RawConn // nil: it is something else
	try  func(fd uintptr) bool
	a, b []byte // what is left
	n    int64
	err  error
	both both
}

func (d *direct) on(c net.Conn) {
	d.raw = nil
	switch c.(type) {
	case *net.TCPConn, *net.UnixConn:
		d.raw = raw(c)
	}
	if d.try == nil {
		d.try = d.send // once, since a method value is an allocation
	}
}

func (d *direct) usable() bool { return d.raw != nil }

func (d *direct) write(a, b []byte) (int64, error) {
	d.a, d.b, d.n, d.err = a, b, 0, nil
	err := d.raw.Write(d.try)
	d.a, d.b = nil, nil
	if d.err != nil {
		err = d.err
	}
	return d.n, err
}

// send is called when the system may take something, and reports whether it
// need not be called again.
func (d *direct) send(fd uintptr) bool {
	for len(d.a)+len(d.b) > 0 {
		n, err := d.some(fd)
		switch err {
		case 0:
			d.took(n)
		case syscall.EINTR:
		case syscall.EAGAIN:
			return false
		default:
			d.err = &Error{"write", err}
			return true
		}
	}
	return true
}

// mostAtOnce bounds one system call.
const mostAtOnce = 256 << 10

func (d *direct) some(fd uintptr) (int, syscall.Errno) {
	switch {
	case len(d.a) == 0:
		return write(fd, d.b[:min(len(d.b), mostAtOnce)])
	case len(d.b) == 0 || len(d.a) >= mostAtOnce:
		return write(fd, d.a[:min(len(d.a), mostAtOnce)])
	}
	return d.both.write(fd, d.a, d.b[:min(len(d.b), mostAtOnce)])
}

func (d *direct) took(n int) {
	d.n += int64(n)
	first := min(n, len(d.a))
	d.a, d.b = d.a[first:], d.b[n-first:]
}
