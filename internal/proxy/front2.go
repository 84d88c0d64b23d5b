package proxy

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// maxStreams bounds the calls that one HTTP/2 connection has under way: what
// RFC 9113, section 6.5.2, recommends at least.
const maxStreams = 100

// front2 answers connections of HTTP/2 by net/http. They are accepted and
// counted like all others and handed over when it is known what they speak.
type front2 struct {
	server *http.Server
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	ended  chan struct{} // closed when the server has returned

	mu   sync.Mutex
	open map[net.Conn]*handed
}

// handed is a connection in the hands of net/http.
type handed struct {
	conn   net.Conn
	client net.Addr
	labels map[string]string
	altSvc string        // told in answers; empty: nothing
	inside *inside       // the tunnel that it came through; nil: none
	gone   chan struct{} // closed at its end

	calls, cancelled atomic.Int64
}

// maxCancelled is how many calls a client may take back on one connection as long
// as they are more than half of its calls: each costs the server more than the
// client (CVE-2023-44487), and people who type into a search box take back fewer.
const maxCancelled = 500

// noteCancelled ends the connection of a client that takes back too much.
func (h *handed) noteCancelled() {
	if n := h.cancelled.Add(1); n > maxCancelled && 2*n > h.calls.Load() {
		_ = h.conn.Close()
	}
}

type handedKey struct{}

// frontConn is the connection that a request came by; nil if it is none of ours.
func frontConn(ctx context.Context) *handed {
	h, _ := ctx.Value(handedKey{}).(*handed)
	return h
}

func newFront2(p *Proxy) *front2 {
	f := &front2{conns: make(chan net.Conn), closed: make(chan struct{}), ended: make(chan struct{}), open: map[net.Conn]*handed{}}
	l := &p.opts.Limits
	protocols := new(http.Protocols)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	f.server = &http.Server{
		Handler: p.Handler(), Protocols: protocols, HTTP2: &http.HTTP2Config{MaxConcurrentStreams: maxStreams},
		ReadHeaderTimeout: l.Head, IdleTimeout: l.Idle, MaxHeaderBytes: l.Wire.Head,
		ErrorLog: log.New(io.Discard, "", 0), ConnState: f.state,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, handedKey{}, f.of(c))
		},
	}
	return f
}

// serve runs until shutdown.
func (f *front2) serve() {
	defer close(f.ended)
	_ = f.server.Serve(f)
}

// take answers the connection and returns at its end.
func (f *front2) take(c net.Conn, h *handed) {
	h.conn, h.gone = c, make(chan struct{})
	f.mu.Lock()
	f.open[c] = h
	f.mu.Unlock()
	select {
	case f.conns <- c:
		<-h.gone
	case <-f.closed:
		f.forget(c)
		_ = c.Close()
	}
}

func (f *front2) of(c net.Conn) *handed {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.open[c]
}

func (f *front2) forget(c net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if h := f.open[c]; h != nil {
		close(h.gone)
		delete(f.open, c)
	}
}

func (f *front2) state(c net.Conn, s http.ConnState) {
	if s == http.StateClosed || s == http.StateHijacked {
		f.forget(c)
	}
}

// shutdown lets calls under way finish and tells clients that no others are
// taken (GOAWAY). What is left after the grace is closed.
func (f *front2) shutdown(grace time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := f.server.Shutdown(ctx); err != nil && !errors.Is(err, net.ErrClosed) {
		_ = f.server.Close()
	}
	<-f.ended
}

// Accept, Close and Addr are those of a listener for net/http.
func (f *front2) Accept() (net.Conn, error) {
	select {
	case c := <-f.conns:
		return c, nil
	case <-f.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the taking of connections.
func (f *front2) Close() error {
	f.once.Do(func() { close(f.closed) })
	return nil
}

// Addr is nowhere: the connections come from all listeners.
func (*front2) Addr() net.Addr { return &net.TCPAddr{} }
