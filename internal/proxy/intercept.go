package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/wire"
)

// inside is the tunnel that a connection came through.
type inside struct {
	p    *Proxy
	svc  *service
	host string
	made atomic.Bool // the client has begun a call

	pages string // where the pages of the causes are: at the proxy's own address
}

// spoke notes that a client sent something, with the error of reading it.
func (in *inside) spoke(err error) {
	var wrong *wire.Error
	if in.made.Load() || err != nil && !errors.As(err, &wrong) || in.made.Swap(true) {
		return
	}
	in.p.forward.tunnels.accept(in.host)
}

// intercept looks into a tunnel: it ends the client's TLS with a certificate of
// our own, or finds plain HTTP, and serves the calls. What is neither is passed on.
func (cn *conn) intercept(authority, host string) {
	switch what := cn.sniff(); what {
	case sniffedTLS:
		cn.endTLS(authority, host)
	case sniffedHTTP:
		svc, err := cn.p.forward.origin("http", authority, "")
		if err != nil {
			return
		}
		cn.then, cn.inside = nil, &inside{p: cn.p, svc: svc, host: host}
		for cn.next() && cn.call() {
		}
	case sniffedEnd:
	default:
		if up, err := cn.p.forward.dial(authority); err == nil {
			cn.passOn(up, host, what.why())
		}
	}
}

// sniffed is what the first bytes in a tunnel show.
type sniffed uint8

const (
	sniffedEnd sniffed = iota // the client has gone
	sniffedTLS
	sniffedHTTP
	sniffedNothing // the client waits for the server to speak first, as with SMTP
	sniffedOther
)

func (s sniffed) why() string {
	if s == sniffedNothing {
		return "the client says nothing first, which neither TLS nor HTTP do"
	}
	return "it is neither TLS nor HTTP/1"
}

// sniffTime is how long a client may keep silent in a new tunnel before it is
// taken to wait for the server. Those of TLS and HTTP speak at once.
const sniffTime = 3 * time.Second

// sniff looks at the first bytes in a tunnel without taking them.
func (cn *conn) sniff() sniffed {
	cn.enter(busy)
	_ = cn.c.SetReadDeadline(time.Now().Add(cn.p.forward.patience))
	defer func() { _ = cn.c.SetReadDeadline(time.Time{}) }()
	for {
		if what, sure := classify(cn.rd.Window()); sure {
			return what
		}
		before := cn.rd.Buffered()
		err := cn.rd.Fill()
		switch {
		case err == nil:
		case isTimeout(err) && before == 0:
			return sniffedNothing
		case isTimeout(err):
			return sniffedOther
		default:
			return sniffedEnd
		}
	}
}

// maxMethod is longer than the names of all registered methods.
const maxMethod = 24

// classify tells TLS and HTTP/1 by their first bytes, once there are enough.
func classify(b []byte) (what sniffed, sure bool) {
	const handshake = 0x16 // RFC 8446, section 5.1
	if len(b) == 0 {
		return sniffedNothing, false
	}
	if b[0] == handshake {
		return sniffedTLS, true
	}
	for i, c := range b {
		switch {
		case c >= 'A' && c <= 'Z' && i < maxMethod:
		case c != ' ' || i == 0:
			return sniffedOther, true
		case i+1 == len(b):
			return sniffedNothing, false
		case b[i+1] == '/' || b[i+1] == '*' && string(b[:i]) != "PRI" || b[i+1] == 'h':
			return sniffedHTTP, true
		default:
			return sniffedOther, true
		}
	}
	return sniffedNothing, false
}

// held is a client's connection with the bytes that were read of it already.
type held struct {
	net.Conn
	cn   *conn
	host string
}

func (h *held) Read(p []byte) (int, error) { return h.cn.rd.Read(p) }

// NetConn is the connection below.
func (h *held) NetConn() net.Conn { return h.Conn }

// certificate is shown to a client in a tunnel: for the name that it asks for,
// else for the host of the tunnel.
func (f *forwarding) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if hello.ServerName != "" {
		if c, err := f.Leaf(hello.ServerName); err == nil {
			return c, nil
		}
	}
	return f.Leaf(hello.Conn.(*listen.Handshake).NetConn().(*held).host)
}

// endTLS shakes hands with the client in place of the server and serves what is
// inside.
func (cn *conn) endTLS(authority, host string) {
	f := cn.p.forward
	shake := listen.NewHandshake(&held{Conn: cn.c, cn: cn, host: host})
	tc := tls.Server(shake, f.serverTLS)
	ctx, cancel := context.WithTimeout(context.Background(), f.limits.Head)
	defer cancel()
	if err := tc.HandshakeContext(ctx); err != nil {
		f.handshakeFailed(shake, host, err)
		return
	}
	name := tc.ConnectionState().ServerName
	if strings.EqualFold(name, host) {
		name = ""
	}
	svc, err := f.origin("https", authority, name)
	if err != nil {
		f.tunnels.broke(host, err.Error())
		return
	}
	in := &inside{p: cn.p, svc: svc, host: host, pages: cn.ownPages()}
	if tc.ConnectionState().NegotiatedProtocol == "h2" {
		cn.p.front2.take(tc, &handed{client: cn.client, labels: cn.labels, inside: in})
	} else {
		cn.serveInside(tc, in)
	}
	if !in.made.Load() && !cn.stopping.Load() {
		f.tunnels.silence(host)
	}
}

// serveInside answers the calls of HTTP/1 in a tunnel.
func (cn *conn) serveInside(c net.Conn, in *inside) {
	inner := newConn(cn.p, c)
	inner.inside = in
	cn.p.clients.add(inner)
	defer cn.p.clients.remove(inner)
	inner.serve()
}

// ownPages is where the pages of the causes are; empty: nowhere.
func (cn *conn) ownPages() string {
	if cn.p.opts.NoPages {
		return ""
	}
	return "http://" + cn.c.LocalAddr().String() + cn.p.opts.Pages
}

// handshakeFailed tells a client that does not accept our certificate from one
// that went away and from one with which no TLS can be made at all.
func (f *forwarding) handshakeFailed(shake *listen.Handshake, host string, err error) {
	if why, ok := shake.Refused(err); ok {
		f.tunnels.refuse(host, why)
		return
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
		f.tunnels.silence(host)
		return
	}
	f.tunnels.broke(host, strings.ToValidUTF8(err.Error(), "?"))
}
