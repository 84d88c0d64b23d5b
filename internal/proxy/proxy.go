// Package proxy carries HTTP calls to a server and back, byte for byte, and
// lets a guard look at each of them.
//
//	p, err := proxy.New(proxy.Options{To: u, Guard: guard.Options{Contracts: all, Mode: guard.Block}})
//	ln, err := net.Listen("tcp", "127.0.0.1:8080")
//	err = p.Serve(ctx, ln) // until ctx ends and the calls under way are done
//
// Order, spelling and number of the header fields stay as they were sent, and
// so does every byte of the bodies, chunk boundaries included. What changes is
// what RFC 9110, section 7.6, asks of an intermediary: fields of the connection
// are not passed on, Via is added to requests, and the version is our own.
package proxy

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/faultline-http/faultline/guard"
)

// A Proxy is a reverse proxy for one server. It is safe for concurrent use.
type Proxy struct {
	opts      Options
	guard     *guard.Guard
	pool      *pool
	authority string // of the server, as its Host field
	base      string // the path before every path; no slash at its end
	via       string // our pseudonym in Via, which tells us from every other proxy
	overhead  histogram
	clients   registry
}

// New returns a proxy, or an error that says which option cannot be.
func New(o Options) (*Proxy, error) {
	switch {
	case o.To == nil:
		return nil, errors.New("proxy: the address of the server is missing")
	case o.To.Scheme != "http" && o.To.Scheme != "https":
		return nil, fmt.Errorf("proxy: the address of the server must begin with http:// or https://, not with %q", o.To.Scheme)
	case o.To.Hostname() == "":
		return nil, fmt.Errorf("proxy: the address of the server has no host: %q", o.To.Redacted())
	case o.To.User != nil:
		return nil, errors.New("proxy: the address of the server holds a password; the client has to send it itself")
	case o.To.RawQuery != "" || o.To.Fragment != "":
		return nil, fmt.Errorf("proxy: the address of the server must end with its path: %q", o.To.Redacted())
	}
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
	p := &Proxy{
		opts: o, guard: guard.New(o.Guard), authority: o.To.Host,
		base: strings.TrimSuffix(o.To.EscapedPath(), "/"), via: "faultline-" + hex.EncodeToString(name[:]),
	}
	p.pool = newPool(address(o), o)
	p.clients.open = map[*conn]struct{}{}
	return p, nil
}

// address is where to connect to.
func address(o Options) string {
	port := o.To.Port()
	if port == "" {
		port = "80"
		if o.To.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(o.To.Hostname(), port)
}

// Guard returns the guard that judges the calls: its counts, its contract.
func (p *Proxy) Guard() *guard.Guard { return p.guard }

// Overhead is what the proxy itself added to the calls: the time in which
// neither client nor server was waited for.
func (p *Proxy) Overhead() (p50, p99 time.Duration) {
	return p.overhead.quantile(0.50), p.overhead.quantile(0.99)
}
