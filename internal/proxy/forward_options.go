package proxy

import (
	"crypto/tls"
	"net/url"

	"github.com/faultline-http/faultline/guard"
)

// Forward makes the proxy one that clients name in their settings, and that
// goes to whatever server they ask for: by an absolute target for http, through
// CONNECT for all else (RFC 9110, section 7.3.2).
type Forward struct {
	// Leaf makes a certificate for a host. With it the proxy ends the TLS of
	// clients itself and sees the calls inside; nil: tunnels stay closed.
	Leaf func(host string) (*tls.Certificate, error)

	// Closed says why the tunnel to a host is not to be looked into; empty: it
	// is. Nil: all are.
	Closed func(host string) (why string)

	// Knows reports whether the contracts of Guard are about a host. Calls to
	// others are judged without them. Nil: they are about all.
	Knows func(host string) bool

	// Access says which clients may use the proxy. The zero value is not
	// everybody but this machine: an open proxy serves attackers.
	Access Access

	// Login checks the name and the password of a client (Proxy-Authorization,
	// Basic); nil: none is asked for.
	Login func(user, password string) bool

	// TLS is the configuration of connections to servers; nil: the system's roots.
	TLS *tls.Config

	// Parent is the proxy that the server has to be reached through; nil, or a
	// nil URL: none.
	Parent func(server *url.URL) (*url.URL, error)

	// Told hears of what happens to tunnels. It may be called from several
	// goroutines, and must not block. Nil: nobody.
	Told func(TunnelEvent)

	Guard guard.Options // Sinks are those of the proxy
}

// A TunnelEvent is something that no call shows.
type TunnelEvent struct {
	Kind TunnelKind
	Host string
	Text string // why, in words; may hold text of the client
}

// TunnelKind says what happened to a tunnel.
type TunnelKind uint8

// The kinds of events.
const (
	TunnelClosed  TunnelKind = iota // passed on without a look; told for each host and reason once
	TunnelRefused                   // the client does not accept our certificate; told once for a host
	TunnelSilent                    // the client ended the connection when it had our certificate; told once for a host
	TunnelBroken                    // TLS with the client failed for another reason; told once for a host
)
