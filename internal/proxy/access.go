package proxy

import (
	"net"
	"net/netip"
	"slices"
)

// Access says which clients may call, by their addresses. The zero value lets
// everybody in.
type Access struct {
	Allow []netip.Prefix // if there are any, nobody else may
	Deny  []netip.Prefix // goes before Allow
}

// loopback stands for clients that have no address: those on a Unix socket,
// which only this machine has.
var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// None reports whether everybody may call.
func (a *Access) None() bool { return len(a.Allow) == 0 && len(a.Deny) == 0 }

// addressIn is the address of a client; the zero one on a Unix socket.
func addressIn(a net.Addr) netip.Addr {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr()
	}
	if a != nil && a.Network() != "unix" {
		from, _ := netip.ParseAddrPort(a.String())
		return from.Addr()
	}
	return netip.Addr{}
}

// Permits reports whether a client with the address may call. The zero address
// is that of a client on a Unix socket, which counts as 127.0.0.1.
func (a *Access) Permits(client netip.Addr) bool {
	if a.None() {
		return true
	}
	if !client.IsValid() {
		client = loopback
	}
	client = client.Unmap().WithZone("") // ::ffff:10.0.0.1 is 10.0.0.1
	within := func(p netip.Prefix) bool { return p.Contains(client) }
	if slices.ContainsFunc(a.Deny, within) {
		return false
	}
	return len(a.Allow) == 0 || slices.ContainsFunc(a.Allow, within)
}
