package proxy

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline/internal/socket"
	"github.com/faultline-http/faultline/internal/wire"
)

// upstream is one connection to a server.
type upstream struct {
	pool    *pool
	c       net.Conn
	probe   probe // of the connection below TLS
	rd      wire.Reader
	out     socket.Writer
	uses    int           // calls so far
	connect time.Duration // how long it took
	keep    time.Duration // how long it may be idle
	since   time.Time     // when it became idle
	closed  atomic.Bool   // by us
}

// close ends the connection, also from another goroutine: whoever uses it is
// told, and nobody gets it from the pool any more.
func (u *upstream) close() {
	u.closed.Store(true)
	_ = u.c.Close()
}

// poolKey says which services share their connections: those that reach the
// same server in the same way.
type poolKey struct {
	scheme, address string
	tls             *tls.Config
}

// pool keeps connections to one server for further calls.
type pool struct {
	scheme  string
	network string
	addr    string
	tls     *tls.Config // nil: plain
	dialer  net.Dialer
	timeout time.Duration
	limits  *Limits
	max     int
	parent  func() (*url.URL, error) // the proxy before the server; nil: there is none

	once  sync.Once
	relay atomic.Pointer[http.Transport] // for calls that are relayed

	mu     sync.Mutex
	idle   []*upstream // the last one used last
	sweep  *time.Timer
	closed bool
}

// poolFor returns the pool for the server of the service.
func (p *Proxy) poolFor(s *Service) *pool {
	network, addr := addressOf(s.To)
	key := poolKey{s.To.Scheme, addr, s.TLS}
	known, ok := p.pools[key]
	if !ok {
		known = newPool(network, addr, s, &p.opts.Limits)
		p.pools[key] = known
	}
	return known
}

// dropPools closes the pools that no service uses any more. Calls under way
// keep their connections.
func (p *Proxy) dropPools(t *table) {
	used := map[*pool]bool{}
	for _, s := range t.services {
		used[s.pool] = true
	}
	for key, pool := range p.pools {
		if !used[pool] {
			pool.close()
			delete(p.pools, key)
		}
	}
}

func newPool(network, addr string, s *Service, l *Limits) *pool {
	p := &pool{scheme: s.To.Scheme, network: network, addr: addr, timeout: l.Connect, limits: l, max: l.MaxIdle}
	if overTLS(s.To) {
		p.tls = &tls.Config{}
		if s.TLS != nil {
			p.tls = s.TLS.Clone()
		}
		if p.tls.ServerName == "" {
			p.tls.ServerName = s.To.Hostname()
		}
		p.tls.NextProtos = []string{"http/1.1"}
	}
	return p
}

// trusted is how long a connection that has been used again before may have
// been idle without being looked at, for a call that could be repeated: a
// system call less for each call of a busy service.
const trusted = tick

// trustedBriefly is the same for a call that could not be repeated. The news of
// an end as young as this is mostly still on its way, and a look would not see it.
const trustedBriefly = 2 * time.Millisecond

// get returns an idle connection that is still open, or a new one. A call that
// is repeatable is made again should the connection turn out closed.
func (p *pool) get(ctx context.Context, now time.Time, fresh, repeatable bool) (*upstream, error) {
	for !fresh {
		u := p.pop()
		if u == nil {
			break
		}
		if idle := now.Sub(u.since); idle < u.keep && !u.closed.Load() && (u.uses > 1 && (repeatable && idle < trusted || idle < trustedBriefly) || u.probe.stillOpen()) {
			return u, nil
		}
		u.close()
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
	c, err := p.connect(ctx)
	if err != nil {
		return nil, err
	}
	u := &upstream{pool: p, c: c}
	u.probe.on(c)
	if p.tls != nil {
		tc := tls.Client(c, p.tls)
		if err := tc.HandshakeContext(ctx); err != nil {
			_ = c.Close()
			return nil, &handshakeError{err}
		}
		u.c = tc
	}
	u.connect = time.Since(start)
	u.rd.Reset(u.c)
	u.out.Reset(u.c)
	return u, nil
}

// put keeps a connection whose last answer is complete and not used any more.
func (p *pool) put(u *upstream, last *wire.Response, now time.Time) {
	u.keep = upstreamIdle
	if value, ok := last.SpecialValue(wire.KeepAliveField); ok {
		u.keep = keepFor(value)
	}
	u.since = now
	u.rd.Release()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.idle) >= p.max || u.rd.Buffered() > 0 || u.closed.Load() {
		u.close()
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
		if now.Sub(u.since) < u.keep {
			kept = append(kept, u)
			continue
		}
		u.close()
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
		u.close()
	}
	p.idle = nil
	if p.sweep != nil {
		p.sweep.Stop()
	}
	if t := p.relay.Load(); t != nil {
		t.CloseIdleConnections()
	}
}

// keepFor is how long an idle connection may be used again: what the server
// announces in "Keep-Alive: timeout=5", less a second for the way.
func keepFor(value string) time.Duration {
	for part := range strings.SplitSeq(value, ",") {
		name, seconds, _ := strings.Cut(strings.TrimSpace(part), "=")
		if n, err := strconv.Atoi(seconds); strings.EqualFold(name, "timeout") && err == nil && n >= 0 && n < int(upstreamIdle/time.Second) {
			return time.Duration(n-1) * time.Second
		}
	}
	return upstreamIdle
}
