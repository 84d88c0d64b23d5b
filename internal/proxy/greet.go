package proxy

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/wire"
)

// greet does what the listener asks for before the first request, and reports
// whether there will be one on this connection that is ours to read.
func (cn *conn) greet() bool {
	if cn.front == nil {
		return true
	}
	cn.enter(idling)
	if cn.stopping.Load() {
		return false
	}
	c, err := cn.front.Greet(cn.c, cn.p.opts.Limits.Head)
	cn.enter(busy)
	var wrong *listen.GreetError
	switch {
	case err == nil:
	case errors.As(err, &wrong) && wrong.Plain != nil:
		cn.refusePlain(wrong)
		return false
	default:
		return false
	}
	cn.client = c.RemoteAddr()
	cn.loopback = c.Client == c.Peer && cn.loopback
	c.Label(func(name, value string) {
		if cn.labels == nil {
			cn.labels = map[string]string{}
		}
		cn.labels[name] = value
	})
	if c.TLS == nil {
		return true
	}
	cn.secure = true
	cn.use(c.Conn)
	if c.HTTP2() {
		cn.p.front2.take(c.Conn, &handed{client: cn.client, labels: cn.labels, altSvc: cn.front.AltSvc})
		return false
	}
	return true
}

// preface begins every connection of HTTP/2 (RFC 9113, section 3.4). A method of
// this name exists nowhere else.
var preface = []byte("PRI * HTTP/2.0\r\n")

// handOver gives a connection that begins with the preface of HTTP/2 to net/http.
func (cn *conn) handOver() bool {
	held := cn.rd.Window()
	if cn.secure || cn.inside != nil || cn.p.forward != nil || len(held) < 4 || !bytes.HasPrefix(preface, held[:min(len(held), len(preface))]) {
		return false
	}
	first := bytes.Clone(held)
	cn.rd.Skip(len(held))
	cn.enter(busy)
	cn.p.front2.take(&replayed{Conn: cn.c, rest: first}, &handed{client: cn.client, labels: cn.labels})
	return true
}

// replayed gives bytes back that were read to see what is spoken.
type replayed struct {
	net.Conn
	rest []byte
}

func (r *replayed) Read(p []byte) (int, error) {
	if len(r.rest) > 0 {
		n := copy(p, r.rest)
		r.rest = r.rest[n:]
		return n, nil
	}
	return r.Conn.Read(p)
}

// plainOnTLS is no fault of the bytes: they came to the wrong port.
var plainOnTLS = &wire.Fault{
	Name: "http-to-tls-port", Topic: wire.OtherProtocol, Cause: "tls.plain-http-to-https", Status: http.StatusBadRequest,
	Words: "HTTP was spoken in the clear to a port that speaks TLS", Want: "a TLS handshake",
	Source: "RFC 9110, section 4.2.2", Fix: "begin the address with `https://`",
}

// refusePlain answers a client that spoke HTTP in the clear to a port of TLS,
// in the clear: it would not understand anything else.
func (cn *conn) refusePlain(e *listen.GreetError) {
	cn.use(e.Plain)
	cn.secure = true // links go to where clients should call
	x := borrowCall(cn)
	defer x.giveBack()
	x.start = time.Now()
	cn.enter(readHead)
	_ = cn.rd.ReadRequest(&x.req, &cn.p.opts.Limits.Wire) // for the address that the client meant
	cn.enter(busy)
	x.refuseWith(&wire.Error{Fault: plainOnTLS, Status: plainOnTLS.Status, Topic: plainOnTLS.Topic, Line: 1, Reason: plainOnTLS.Words}, faultline.Request{
		Method: x.req.Method, Scheme: "http", Host: x.req.Host, Target: x.req.Target, Header: x.req.Header,
	})
	cn.lingers = true
}
