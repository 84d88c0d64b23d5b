// Package proxy carries HTTP calls to servers and back, byte for byte, and
// lets a guard look at each of them.
//
//	p, err := proxy.New(proxy.Options{Services: []proxy.Service{{To: u, Guard: guard.Options{Mode: guard.Block}}}})
//	ln, err := net.Listen("tcp", "127.0.0.1:8080")
//	err = p.Serve(ctx, ln) // until ctx ends and the calls under way are done
//
// Order, spelling and number of the header fields stay as they were sent, and
// so does every byte of the bodies, chunk boundaries included. What changes is
// what RFC 9110, section 7.6, asks of an intermediary: fields of the connection
// are not passed on, Via is added to requests, and the version is our own.
//
// A call takes one of two roads. The direct one (call.go) joins a client and a
// server that both speak HTTP/1: one goroutine a connection, flat header
// fields, nothing allocated in steady state. The other one (relay.go) is for
// HTTP/2 and HTTP/3 on either side, by net/http; the guard is asked the same.
package proxy

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline/guard"
)

// A Proxy is a reverse proxy. It is safe for concurrent use.
type Proxy struct {
	opts     Options
	via      string // our pseudonym in Via, which tells us from every other proxy
	table    atomic.Pointer[table]
	sinks    []guard.Sink
	overhead histogram
	clients  registry
	acceptor acceptor
	clock    clock
	crowded  atomic.Bool // more calls are under way than processors
	forward  *forwarding // nil: it stands in front of services only
	front2   *front2

	mu    sync.Mutex // held by Reload
	pools map[poolKey]*pool
}

// New returns a proxy, or an error that says which option cannot be.
func New(o Options) (*Proxy, error) {
	o.Limits = o.Limits.withDefaults()
	o.Pages = strings.TrimSuffix(o.Pages, "/")
	if o.Pages == "" {
		o.Pages = DefaultPages
	}
	if !strings.HasPrefix(o.Pages, "/") {
		return nil, fmt.Errorf("proxy: the path of the pages must begin with a slash: %q", o.Pages)
	}
	var name [6]byte
	_, _ = rand.Read(name[:]) // never fails (crypto/rand)
	p := &Proxy{opts: o, via: "faultline-" + hex.EncodeToString(name[:]), pools: map[poolKey]*pool{}}
	p.sinks = inTurn(o.Sinks)
	p.clients.open = map[*conn]struct{}{}
	if o.Forward != nil {
		p.forward = p.newForwarding(o.Forward)
	}
	p.front2 = newFront2(p)
	if err := p.Reload(o.Services); err != nil {
		return nil, err
	}
	return p, nil
}

// Guard returns the guard of the first service: for exchanges that happened
// beside the proxy and are told together with its own.
func (p *Proxy) Guard() *guard.Guard { return p.table.Load().services[0].guard }

// Guards returns the guards of the services, by the services' names.
func (p *Proxy) Guards() map[string]*guard.Guard {
	out := map[string]*guard.Guard{}
	for _, s := range p.table.Load().services {
		out[s.Name] = s.guard
	}
	return out
}

// Counts returns what the guards of all services have seen so far.
func (p *Proxy) Counts() guard.Counts {
	var sum guard.Counts
	for _, s := range p.table.Load().all {
		sum.Add(s.guard.Counts())
	}
	return sum
}

// Overhead is what the proxy itself added to the calls: the time in which
// neither client nor server was waited for.
func (p *Proxy) Overhead() (p50, p99 time.Duration) {
	return p.overhead.quantile(0.50), p.overhead.quantile(0.99)
}

// mishap counts a panic of the proxy itself, and tells of it.
func (p *Proxy) mishap(v any) { p.table.Load().all[0].guard.Mishap(v) }

func (p *Proxy) notice(format string, args ...any) {
	if p.opts.Notice != nil {
		p.opts.Notice(fmt.Sprintf(format, args...))
	}
}
