//go:build unix

package proxy

import (
	"errors"
	"net"
	"syscall"
)

// resourceShort reports whether the process or the system ran out of something
// that comes back.
func resourceShort(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOBUFS) ||
		errors.Is(err, syscall.ENOMEM) || errors.Is(err, syscall.ECONNABORTED)
}

// A probe looks, without waiting and without taking a byte, whether the peer of
// an idle connection has closed it, or sent something nobody asked for.
type probe struct {
	raw  syscall.RawConn
	look func(fd uintptr) bool // once, since a method value is an allocation
	open bool
}

// on makes the probe look at the connection of the system.
func (p *probe) on(c net.Conn) {
	if sc, ok := c.(syscall.Conn); ok {
		p.raw, _ = sc.SyscallConn()
		p.look = p.peek
	}
}

func (p *probe) stillOpen() bool {
	if p.raw == nil {
		return true
	}
	p.open = false
	err := p.raw.Read(p.look)
	return err == nil && p.open
}

func (p *probe) peek(fd uintptr) bool {
	var one [1]byte
	_, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK)
	p.open = errors.Is(err, syscall.EAGAIN)
	return true
}
