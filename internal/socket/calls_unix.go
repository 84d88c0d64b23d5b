//go:build unix && (!linux || race || faultline_safe)

package socket

import (
	"errors"
	"syscall"
)

func read(fd uintptr, b []byte) (int, syscall.Errno) {
	n, err := syscall.Read(int(fd), b)
	return n, number(err)
}

func write(fd uintptr, b []byte) (int, syscall.Errno) {
	n, err := syscall.Write(int(fd), b)
	return n, number(err)
}

func number(err error) (e syscall.Errno) {
	if err != nil && !errors.As(err, &e) {
		return syscall.EIO
	}
	return e
}

// both writes the first of the two pieces: package syscall has no portable way
// to send both.
type both struct{}

func (*both) write(fd uintptr, a, _ []byte) (int, syscall.Errno) { return write(fd, a) }
