package listen

import (
	"net"
	"net/netip"
)

// Accept returns the next connection that the access rules admit. Others are
// closed at once, without an answer.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := AddrPort(c.RemoteAddr())
		if l.spec.Access.Allows(from.Addr()) {
			return c, nil
		}
		l.spec.notify(Denied, "a connection from %s was closed: the access rules of %s exclude the address", from.Addr(), l.spec.Address)
		_ = c.Close()
	}
}

// AddrPort is the address as a value; invalid for Unix sockets.
func AddrPort(a net.Addr) netip.AddrPort {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	ap := tcp.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}
