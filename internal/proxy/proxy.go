// Package proxy carries HTTP calls to a server and back, byte for byte, and
// lets a guard look at each of them.
//
//	p, err := proxy.New(proxy.Options{To: u, Guard: guard.Options{Contract: c, Mode: guard.Block}})
//	ln, err := net.Listen("tcp", "127.0.0.1:8080")
//	err = p.Serve(ctx, ln) // until ctx ends and the calls under way are done
package proxy

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/faultline-http/faultline/guard"
)

// A Proxy is a reverse proxy for one server. It is safe for concurrent use.
type Proxy struct {
	opts  Options
	guard *guard.Guard
}

// New returns a proxy, or an error that says which option cannot be.
func New(o Options) (*Proxy, error) {
	if o.To == nil {
		return nil, errors.New("proxy: the address of the server is missing")
	}
	if o.To.Scheme != "http" && o.To.Scheme != "https" {
		return nil, fmt.Errorf("proxy: the address of the server must begin with http:// or https://, not %q", o.To.Scheme)
	}
	return &Proxy{opts: o, guard: guard.New(o.Guard)}, nil
}

// Guard returns the guard that judges the calls: its counts, its contract.
func (p *Proxy) Guard() *guard.Guard { return p.guard }

// Overhead is what the proxy itself added to the calls: the time in which
// neither client nor server was waited for.
func (p *Proxy) Overhead() (p50, p99 time.Duration) { return 0, 0 }

// Serve accepts connections until ctx ends, then finishes the calls under way
// and returns nil. The listener is closed in any case.
func (p *Proxy) Serve(ctx context.Context, ln net.Listener) error {
	return errors.New("proxy: not yet serving")
}
