//go:build unix && !linux

package proxy

import (
	"errors"
	"syscall"
)

// hungUp looks, without waiting and without taking a byte, whether the client
// has ended its side of the connection. Bytes that are not read yet hide it.
// With half, only an end of both sides counts.
func hungUp(raw syscall.RawConn, half bool) bool {
	gone := false
	err := raw.Control(func(fd uintptr) {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK)
		gone = err == nil && n == 0 && !half || err != nil && !errors.Is(err, syscall.EAGAIN)
	})
	return err != nil || gone
}
