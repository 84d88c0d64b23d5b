package proxy

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// upstream is one connection to the server.
type upstream struct {
	c       net.Conn
	plain   net.Conn // below TLS; the same as c without
	br      *bufio.Reader
	bw      *bufio.Writer
	reused  bool
	connect time.Duration // how long it took; zero if reused
	expires time.Time

	mu       sync.Mutex
	answered bool // the head of the answer is there
}

// awaitAnswer sets the time by which the server must begin to answer, unless
// it has begun already.
func (u *upstream) awaitAnswer(d time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.answered {
		_ = u.c.SetReadDeadline(time.Now().Add(d))
	}
}

func (u *upstream) setAnswered() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answered = true
}

// pool keeps connections to the server for further calls.
type pool struct {
	addr    string
	tls     *tls.Config // nil: plain
	dialer  net.Dialer
	timeout time.Duration
	max     int

	mu     sync.Mutex
	idle   []*upstream // the last one used last
	sweep  *time.Timer
	closed bool
}

func newPool(addr string, o Options) *pool {
	p := &pool{addr: addr, timeout: o.Limits.Connect, max: o.Limits.MaxIdle}
	if o.To.Scheme == "https" {
		p.tls = &tls.Config{}
		if o.TLS != nil {
			p.tls = o.TLS.Clone()
		}
		if p.tls.ServerName == "" {
			p.tls.ServerName = o.To.Hostname()
		}
		p.tls.NextProtos = []string{"http/1.1"}
	}
	return p
}

// get returns an idle connection that is still open, or a new one.
func (p *pool) get(ctx context.Context, fresh bool) (*upstream, error) {
	for !fresh {
		u := p.pop()
		if u == nil {
			break
		}
		if time.Now().Before(u.expires) && stillOpen(u.plain) {
			u.reused, u.answered, u.connect = true, false, 0
			_ = u.c.SetDeadline(time.Time{})
			return u, nil
		}
		_ = u.c.Close()
	}
	return p.dial(ctx)
}

func (p *pool) pop() *upstream {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	u := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	return u
}

// A handshakeError is an error of TLS with the server, as opposed to one of the
// connection below.
type handshakeError struct{ err error }

func (e *handshakeError) Error() string { return e.err.Error() }
func (e *handshakeError) Unwrap() error { return e.err }

func (p *pool) dial(ctx context.Context) (*upstream, error) {
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	start := time.Now()
	c, err := p.dialer.DialContext(ctx, "tcp", p.addr)
	if err != nil {
		return nil, err
	}
	u := &upstream{c: c, plain: c}
	if p.tls != nil {
		tc := tls.Client(c, p.tls)
		if err := tc.HandshakeContext(ctx); err != nil {
			_ = c.Close()
			return nil, &handshakeError{err}
		}
		u.c = tc
	}
	u.connect = time.Since(start)
	u.br = bufio.NewReaderSize(u.c, bufferSize)
	u.bw = bufio.NewWriterSize(u.c, bufferSize)
	return u, nil
}

// put keeps a connection whose last answer is complete.
func (p *pool) put(u *upstream, last *wire.Response) {
	u.expires = time.Now().Add(keepFor(last.Header))
	_ = u.c.SetDeadline(time.Time{})
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.idle) >= p.max || u.br.Buffered() > 0 {
		_ = u.c.Close()
		return
	}
	p.idle = append(p.idle, u)
	if p.sweep == nil {
		p.sweep = time.AfterFunc(upstreamIdle, p.expire)
	}
}

// expire closes what nobody used for too long.
func (p *pool) expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, kept := time.Now(), p.idle[:0]
	for _, u := range p.idle {
		if now.Before(u.expires) {
			kept = append(kept, u)
			continue
		}
		_ = u.c.Close()
	}
	clear(p.idle[len(kept):])
	p.idle, p.sweep = kept, nil
	if len(kept) > 0 && !p.closed {
		p.sweep = time.AfterFunc(upstreamIdle, p.expire)
	}
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, u := range p.idle {
		_ = u.c.Close()
	}
	p.idle = nil
	if p.sweep != nil {
		p.sweep.Stop()
	}
}

// keepFor is how long an idle connection may be used again: what the server
// announces in "Keep-Alive: timeout=5", less a second for the way.
func keepFor(h faultline.Header) time.Duration {
	for part := range strings.SplitSeq(h.Value("Keep-Alive"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if n, err := strconv.Atoi(value); strings.EqualFold(name, "timeout") && err == nil && n >= 0 && n < int(upstreamIdle/time.Second) {
			return time.Duration(n-1) * time.Second
		}
	}
	return upstreamIdle
}
