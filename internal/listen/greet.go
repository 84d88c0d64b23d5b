package listen

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/faultline-http/faultline"
)

// Conn is a connection that is ready for its first request.
type Conn struct {
	net.Conn // carries HTTP: the connection as it was accepted, or TLS over it

	Raw    net.Conn             // the connection as it was accepted
	Client netip.AddrPort       // who calls, as a balancer's header tells or else as the system does; invalid on Unix sockets
	Peer   netip.AddrPort       // who is connected: the balancer, if there is one
	TLS    *tls.ConnectionState // nil: plain
}

// RemoteAddr is the client's address, not that of a balancer in front.
func (c *Conn) RemoteAddr() net.Addr {
	if c.Client == c.Peer {
		return c.Raw.RemoteAddr()
	}
	return net.TCPAddrFromAddrPort(c.Client)
}

// HTTP2 reports whether HTTP/2 was agreed on in the handshake.
func (c *Conn) HTTP2() bool { return c.TLS != nil && c.TLS.NegotiatedProtocol == "h2" }

// CloseWrite ends our half of the connection.
func (c *Conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Label notes in an exchange how its client is connected.
func (c *Conn) Label(set func(name, value string)) {
	if c.TLS == nil {
		return
	}
	set(faultline.LabelTLS, tls.VersionName(c.TLS.Version))
	if len(c.TLS.VerifiedChains) > 0 {
		set(faultline.LabelClientSubject, c.TLS.PeerCertificates[0].Subject.String())
	}
}

// A GreetError says why a connection ended before its first request.
type GreetError struct {
	Cause  faultline.Slug  // of the catalogue; empty: none fits
	Party  faultline.Party // who has to act
	Client netip.AddrPort
	Name   string // the server name that the client asked for, if it did
	Text   string // what is wrong
	Fix    string // what to do; empty: nothing to say
	Quiet  bool   // nobody needs to know: a health check, a person who changed their mind
	Err    error

	// Plain is set if the client spoke HTTP in the clear where TLS was expected:
	// nothing was read from it and nothing answered. Nil in all other cases.
	Plain net.Conn
}

func (e *GreetError) Error() string { return e.Text }
func (e *GreetError) Unwrap() error { return e.Err }

// ErrChallenge is behind a Quiet GreetError of a connection by which a
// certificate authority looked whether a name is ours (RFC 8737).
var ErrChallenge = errors.New("a challenge of a certificate authority was answered")

// Greet does what has to be done before the first request: it reads the header of
// a balancer and shakes hands, all within the time. It waits for the client, so
// it belongs into the connection's own goroutine; closing raw ends it. An error
// is always a *GreetError. The caller closes raw in any case.
func (l *Listener) Greet(raw net.Conn, within time.Duration) (*Conn, error) {
	peer := AddrPort(raw.RemoteAddr())
	c := &Conn{Conn: raw, Raw: raw, Client: peer, Peer: peer}
	header := l.spec.Balancers.Contains(peer.Addr())
	if !header && l.tls == nil {
		return c, nil
	}
	_ = raw.SetDeadline(time.Now().Add(within))
	err := l.greet(c, header)
	_ = raw.SetDeadline(time.Time{})
	if err == nil {
		return c, nil
	}
	err.Client = c.Client
	if !err.Quiet {
		l.spec.notify(Greeting, "a connection from %s ended before its first request: %s", c.Client, err.Text)
	}
	return nil, err
}

func (l *Listener) greet(c *Conn, header bool) *GreetError {
	if header {
		if err := l.readHeader(c); err != nil {
			return err
		}
	}
	if l.tls == nil {
		return nil
	}
	return l.handshake(c)
}

func (l *Listener) readHeader(c *Conn) *GreetError {
	told, err := readRoute(c.Raw)
	var wrong *headerError
	switch {
	case errors.As(err, &wrong):
		return &GreetError{Party: faultline.Gateway, Text: wrong.text, Err: err}
	case isTimeout(err):
		return &GreetError{Party: faultline.Gateway, Text: "no PROXY header came in time", Err: err}
	case err != nil:
		return &GreetError{Party: faultline.Client, Text: "the connection ended before its PROXY header", Quiet: true, Err: err}
	case !told.client.IsValid():
		return nil
	}
	c.Client = netip.AddrPortFrom(told.client.Addr().Unmap(), told.client.Port())
	return nil
}

// seen is what a client said in its hello: it explains what goes wrong later.
type seen struct{ hello *tls.ClientHelloInfo }

type seenKey struct{}

// noteHello keeps the hello for the explanation.
func noteHello(h *tls.ClientHelloInfo) {
	if s, ok := h.Context().Value(seenKey{}).(*seen); ok {
		s.hello = h
	}
}

func (l *Listener) handshake(c *Conn) *GreetError {
	var s seen
	first := &firstRead{Conn: c.Raw}
	tc := tls.Server(first, l.tls)
	if err := tc.HandshakeContext(context.WithValue(context.Background(), seenKey{}, &s)); err != nil {
		if e := first.explain(err); e != nil {
			return e
		}
		return l.explain(err, s.hello, first)
	}
	state := tc.ConnectionState()
	if l.spec.TLS.Issuer != nil && slices.Contains(l.spec.TLS.Issuer.Protocols(), state.NegotiatedProtocol) {
		return &GreetError{Text: ErrChallenge.Error(), Quiet: true, Err: ErrChallenge}
	}
	c.Conn, c.TLS = tc, &state
	return nil
}

// firstRead keeps the first bytes of a connection if they are no TLS, and the
// last ones of each read, where an alert stands in the clear.
type firstRead struct {
	net.Conn
	begun bool
	bytes []byte
	last  [plainAlert]byte
}

// plainAlert is the length of a record with an alert.
const plainAlert = 7

func (f *firstRead) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	if !f.begun && n > 0 {
		f.begun = true
		if p[0] != 0x16 {
			f.bytes = slices.Clone(p[:n])
		}
	}
	if n >= plainAlert {
		copy(f.last[:], p[n-plainAlert:n])
	}
	return n, err
}

// NetConn is the connection below.
func (f *firstRead) NetConn() net.Conn { return f.Conn }

// alert is the alert that the client sent in the clear, if it did. OpenSSL, when
// it refuses a certificate of TLS 1.3, has no key yet and sends it so; Go reads
// it as a record that cannot be decrypted.
func (f *firstRead) alert() (uint8, bool) {
	return f.last[6], bytes.Equal(f.last[:6], []byte{21, 3, 3, 0, 2, 2})
}

// explain says what came in place of a handshake.
func (f *firstRead) explain(err error) *GreetError {
	switch {
	case !f.begun && isTimeout(err):
		return &GreetError{Party: faultline.Client, Text: "the connection stayed silent: no TLS handshake began in time", Quiet: true, Err: err}
	case !f.begun:
		return &GreetError{Party: faultline.Client, Text: "the connection ended before a TLS handshake began", Quiet: true, Err: err}
	case looksLikeHTTP(f.bytes):
		return &GreetError{
			Cause: "tls.plain-http-to-https", Party: faultline.Client, Err: err, Plain: &replay{Conn: f.Conn, rest: f.bytes},
			Text: "HTTP was spoken in the clear to a port that speaks TLS", Fix: "begin the address with https://",
		}
	case looksLikeRoute(f.bytes):
		return &GreetError{
			Party: faultline.Gateway, Text: "a PROXY header came from an address that is not among the balancers", Err: err,
			Fix: "name the balancer's address among those that may send the header, or switch the PROXY protocol off in the balancer",
		}
	case f.bytes != nil && !looksLikeTLS(f.bytes):
		return &GreetError{Party: faultline.Client, Text: fmt.Sprintf("the first bytes %q are no TLS handshake", f.bytes[:min(len(f.bytes), 16)]), Err: err}
	}
	return nil
}

// replay gives bytes back that were read already.
type replay struct {
	net.Conn
	rest []byte
}

func (r *replay) Read(p []byte) (int, error) {
	if len(r.rest) > 0 {
		n := copy(p, r.rest)
		r.rest = r.rest[n:]
		return n, nil
	}
	return r.Conn.Read(p)
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

// ended reports whether the peer closed the connection, with or without a reset.
func ended(err error) bool {
	var op *net.OpError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &op) && op.Op == "read"
}
