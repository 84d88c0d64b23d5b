package proxy

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// hungUp looks, without waiting and without taking a byte, whether the client
// has ended its side of the connection, even behind bytes that are not read
// yet. With half, only an end of both sides counts.
func hungUp(raw syscall.RawConn, half bool) bool {
	wanted := int16(unix.POLLHUP | unix.POLLERR)
	if !half {
		wanted |= unix.POLLRDHUP
	}
	gone := false
	err := raw.Control(func(fd uintptr) {
		fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLRDHUP}}
		n, err := unix.Poll(fds, 0)
		gone = err == nil && n > 0 && fds[0].Revents&wanted != 0
	})
	return err != nil || gone
}
