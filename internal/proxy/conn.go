package proxy

import (
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/socket"
	"github.com/faultline-http/faultline/internal/wire"
)

// conn is the connection of a client: one call after the other, by one
// goroutine. While it waits for the next call it holds no buffers.
type conn struct {
	p        *Proxy
	c        net.Conn
	rd       wire.Reader
	out      socket.Writer
	front    *listen.Listener  // what is to be done before the first request; nil: nothing
	client   net.Addr          // who calls: not a balancer in between
	labels   map[string]string // of the exchanges; shared by all of them and not changed
	secure   bool              // TLS is spoken
	loopback bool
	lingers  bool // the last answer may not have been read yet

	main     timed // what the connection's goroutine waits for
	feeder   timed // what the one waits for that feeds a large body to the server
	stopping atomic.Bool
	gone     atomic.Bool              // the client has hung up during the call
	patient  atomic.Bool              // the client has said that this call is its last
	up       atomic.Pointer[upstream] // of the call under way
	halting  halting

	inside *inside // the tunnel that the connection came through; nil: none
	then   func()  // what the connection becomes after its last call
}

func newConn(p *Proxy, c net.Conn) *conn {
	host, _, _ := net.SplitHostPort(c.RemoteAddr().String())
	ip := net.ParseIP(host)
	cn := &conn{p: p, client: c.RemoteAddr(), loopback: ip != nil && ip.IsLoopback() || c.RemoteAddr().Network() == "unix"}
	cn.use(c)
	return cn
}

// use makes c what is read from and written to.
func (cn *conn) use(c net.Conn) {
	cn.c = c
	cn.rd.Reset(c)
	cn.out.Reset(c)
}

// serve answers calls until one of the two sides wants no more.
func (cn *conn) serve() {
	defer func() {
		if v := recover(); v != nil {
			cn.abandon(v)
			return
		}
		cn.linger()
		_ = cn.c.Close()
		cn.rd.Close()
	}()
	if !cn.greet() || !cn.next() || cn.handOver() {
		return
	}
	for cn.call() && cn.next() {
	}
	if cn.then != nil {
		cn.then()
	}
}

// abandon ends a connection on which we made a mistake. Its memory may be in
// use by another goroutine, and is left to the collector.
func (cn *conn) abandon(v any) {
	cn.p.mishap(v)
	cn.cut()
	cn.closeUpstream()
}

// call carries one call, in memory that is used again afterwards.
func (cn *conn) call() bool {
	x := borrowCall(cn)
	keep := cn.carry(x)
	x.giveBack()
	return keep
}

func (cn *conn) carry(x *call) bool {
	cn.lingers = false
	cn.gone.Store(false)
	x.start = time.Now()
	cn.enter(readHead)
	fills := cn.rd.Fills()
	err := cn.rd.ReadRequest(&x.req, &cn.p.opts.Limits.Wire)
	inTime := cn.enter(busy)
	if x.arrived = x.start; cn.rd.Fills() != fills {
		x.arrived = time.Now()
	}
	if cn.inside != nil {
		cn.inside.spoke(err)
	}
	switch {
	case err == nil:
		return x.run()
	case !inTime:
		err = errLate
	}
	x.refuseMalformed(err)
	return false
}

// next waits for the first byte of a call.
func (cn *conn) next() bool {
	cn.enter(idling)
	if cn.stopping.Load() {
		return false
	}
	if cn.rd.Buffered() > 0 {
		return true
	}
	return cn.rd.Fill() == nil && cn.enter(busy)
}

// enter begins a phase of the connection's own goroutine.
func (cn *conn) enter(ph phase) bool { return cn.main.enter(ph, &cn.p.clock) }

// stop ends the connection: at once if it is idle, a tunnel, or by force, else
// after its present call.
func (cn *conn) stop(force bool) {
	cn.stopping.Store(true)
	ph, _, _ := cn.main.look(0)
	if force || ph == idling || ph == tunnelling {
		cn.close()
	}
}

// close ends both sides of whatever is under way.
func (cn *conn) close() {
	_ = cn.c.Close()
	cn.closeUpstream()
}

// linger reads on for a moment after the last answer: a close with unread
// bytes becomes a reset, which takes the answer away from the client (RFC
// 9112, section 9.6).
func (cn *conn) linger() {
	if !cn.lingers {
		return
	}
	if half, ok := cn.c.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	_ = cn.c.SetReadDeadline(time.Now().Add(lingerTime))
	_, _ = io.CopyN(io.Discard, &cn.rd, lingerBytes)
}

// cut ends the connection so that the client notices: with a reset rather than
// with an end that could be taken for the end of the answer.
// With TLS that is an end without its last word, too.
func (cn *conn) cut() {
	below := bottom(cn.c)
	if tc, ok := below.(*net.TCPConn); ok {
		_ = tc.SetLinger(0)
	}
	_ = below.Close()
	_ = cn.c.Close()
}

// bottom is the connection below all layers.
func bottom(c net.Conn) net.Conn {
	for {
		outer, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			return c
		}
		c = outer.NetConn()
	}
}

// write sends to the client: the head, and the body after it if there is one.
// The memory of the head may grow.
func (cn *conn) write(head *[]byte, body []byte) error {
	if !cn.enter(tellClient) {
		return errLate
	}
	_, err := writeBoth(&cn.out, head, body)
	if !cn.enter(busy) {
		return errLate
	}
	return err
}

// say sends something to the client that no body follows.
func (cn *conn) say(head []byte) error { return cn.write(&head, nil) }

// together is how much is worth copying so that it goes out as one piece.
const together = 8 << 10

// writeBoth sends two pieces in one system call, and returns how much was
// taken. The memory of the first may grow.
func writeBoth(w *socket.Writer, head *[]byte, body []byte) (int64, error) {
	if len(body) <= together {
		*head = append(*head, body...)
		body = nil
	}
	return w.Write(*head, body)
}

// scheme is that of the addresses under which clients reach the connection.
func (cn *conn) scheme() string {
	switch {
	case cn.inside != nil:
		return cn.inside.svc.To.Scheme
	case cn.secure:
		return "https"
	}
	return "http"
}
