package proxy

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/faultline-http/faultline/internal/wire"
)

// conn is the connection of a client: one call after the other.
type conn struct {
	p        *Proxy
	c        net.Conn
	br       *bufio.Reader
	bw       *bufio.Writer
	loopback bool
	head     []byte // where heads are written before they are sent
	lingers  bool   // the last answer may not have been read yet

	mu       sync.Mutex
	idle     bool // between two calls
	stopping bool // no further call
	halted   bool // reading is to end: no deadline may be set any more
	up       net.Conn
	tunnel   bool
}

func newConn(p *Proxy, c net.Conn) *conn {
	host, _, _ := net.SplitHostPort(c.RemoteAddr().String())
	ip := net.ParseIP(host)
	return &conn{
		p: p, c: c, idle: true, loopback: ip != nil && ip.IsLoopback(),
		br: bufio.NewReaderSize(c, bufferSize), bw: bufio.NewWriterSize(c, bufferSize),
	}
}

// serve answers calls until one of the two sides wants no more.
func (cn *conn) serve() {
	defer func() { _ = cn.c.Close() }()
	defer cn.linger()
	for cn.next() {
		cn.lingers = false
		x := &call{cn: cn, p: cn.p, start: time.Now()}
		_ = cn.c.SetReadDeadline(x.start.Add(cn.p.opts.Limits.Head))
		err := wire.ReadRequest(cn.br, &x.req, cn.p.opts.Limits.Wire)
		x.parsed = time.Now()
		_ = cn.c.SetReadDeadline(time.Time{})
		switch {
		case err == nil:
			if !x.run() {
				return
			}
		default:
			x.refuseMalformed(err)
			return
		}
	}
}

// next waits for the first byte of a call.
func (cn *conn) next() bool {
	if !cn.setIdle(true) {
		return false
	}
	if cn.br.Buffered() == 0 {
		_ = cn.c.SetReadDeadline(time.Now().Add(cn.p.opts.Limits.Idle))
		if _, err := cn.br.Peek(1); err != nil {
			return false
		}
	}
	return cn.setIdle(false)
}

// setIdle is false if the connection is to end.
func (cn *conn) setIdle(idle bool) bool {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.idle = idle
	return !cn.stopping || !idle
}

func (cn *conn) isStopping() bool {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	return cn.stopping
}

// stop ends the connection: at once if it is idle, a tunnel, or by force, else
// after its present call.
func (cn *conn) stop(force bool) {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.stopping = true
	if cn.idle || force || cn.tunnel {
		_ = cn.c.Close()
		if cn.up != nil {
			_ = cn.up.Close()
		}
	}
}

// setUpstream notes the connection that ends together with this one.
func (cn *conn) setUpstream(up net.Conn) {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.up = up
}

func (cn *conn) setTunnel() {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.tunnel = true
	if cn.stopping {
		_ = cn.c.Close()
	}
}

// waitRead allows d for the next read, unless reading was halted.
func (cn *conn) waitRead(d time.Duration) {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	if !cn.halted {
		_ = cn.c.SetReadDeadline(time.Now().Add(d))
	}
}

// halt makes a read that is under way in another goroutine return.
func (cn *conn) halt() {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.halted = true
	_ = cn.c.SetReadDeadline(time.Unix(1, 0))
}

func (cn *conn) resume() {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	cn.halted = false
	_ = cn.c.SetReadDeadline(time.Time{})
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
	_, _ = io.CopyN(io.Discard, cn.br, lingerBytes)
}

// cut ends the connection so that the client notices: with a reset rather than
// with an end that could be taken for the end of the answer.
func (cn *conn) cut() {
	if tc, ok := cn.c.(*net.TCPConn); ok {
		_ = tc.SetLinger(0)
	}
	_ = cn.c.Close()
}

// flush sends what was written, within the time that a body may stand still.
func (cn *conn) flush() error {
	_ = cn.c.SetWriteDeadline(time.Now().Add(cn.p.opts.Limits.BodyIdle))
	return cn.bw.Flush()
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}
