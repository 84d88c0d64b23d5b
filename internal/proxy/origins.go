package proxy

import (
	"container/list"
	"crypto/tls"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/faultline-http/faultline/guard"
)

// maxOrigins bounds the servers that connections are kept to. More are served,
// and the ones unused for longest are forgotten.
const maxOrigins = 512

// originKey is a server as clients ask for it.
type originKey struct {
	scheme, authority string
	name              string // for TLS, if it is not that of the authority
}

// forwarding is a Forward at work.
type forwarding struct {
	Forward
	limits   *Limits
	judged   *guard.Guard // by the contracts
	bare     *guard.Guard // without them; the same if there are none
	own      *service     // answers what goes to no server
	tunnels  *tunnels
	patience time.Duration // with a client that is silent in a new tunnel

	serverTLS *tls.Config // towards clients in tunnels; one for all, so that they can resume

	mu      sync.Mutex
	origins map[originKey]*list.Element // of *origin
	used    *list.List                  // the one used last in front
}

type origin struct {
	key originKey
	svc *service
}

// newForwarding makes the guards. The services are those of the counts: calls
// that the contracts are about, and the others.
func (p *Proxy) newForwarding(o *Forward) *forwarding {
	f := &forwarding{Forward: *o, limits: &p.opts.Limits, tunnels: newTunnels(o.Told), origins: map[originKey]*list.Element{}, used: list.New(), patience: sniffTime}
	f.serverTLS = &tls.Config{GetCertificate: f.certificate, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12}
	g := o.Guard
	g.Sinks, g.Notice = p.sinks, p.opts.Notice
	f.judged = guard.New(g)
	f.bare = f.judged
	if o.Knows != nil && len(g.Contracts) > 0 {
		g.Contracts, g.Mode = nil, guard.Observe // nothing to block by
		f.bare = guard.New(g)
	}
	f.own = &service{Service: Service{Name: "forward"}, guard: f.bare}
	return f
}

// services are what the table lists besides those of the configuration.
func (f *forwarding) services() []*service {
	if f.bare == f.judged {
		return []*service{f.own}
	}
	return []*service{f.own, {Service: Service{Name: "forward, by contract"}, guard: f.judged}}
}

// origin is the service for a server. The authority may lack its port.
func (f *forwarding) origin(scheme, authority, name string) (*service, error) {
	host, port := splitAuthority(authority, scheme)
	key := originKey{scheme, strings.ToLower(net.JoinHostPort(host, port)), name}
	f.mu.Lock()
	defer f.mu.Unlock()
	if e := f.origins[key]; e != nil {
		f.used.MoveToFront(e)
		return e.Value.(*origin).svc, nil
	}
	// What is kept must not lie in the memory of a call. JoinHostPort has made a
	// text of its own; lower case may be the text that it was.
	key.scheme, key.name, host = strings.Clone(scheme), strings.Clone(name), strings.Clone(host)
	svc, err := f.newOrigin(key, host)
	if err != nil {
		return nil, err
	}
	f.origins[key] = f.used.PushFront(&origin{key, svc})
	if f.used.Len() > maxOrigins {
		oldest := f.used.Back()
		f.used.Remove(oldest)
		o := oldest.Value.(*origin)
		delete(f.origins, o.key)
		o.svc.pool.close() // calls under way keep their connections
	}
	return svc, nil
}

func (f *forwarding) newOrigin(key originKey, host string) (*service, error) {
	u := &url.URL{Scheme: key.scheme, Host: key.authority}
	if err := checkAddress(u); err != nil {
		return nil, err
	}
	s := Service{Name: key.authority, To: u, PreserveHost: true, TLS: f.TLS}
	if key.name != "" && key.scheme == "https" {
		s.TLS = withName(f.TLS, key.name)
	}
	g := f.bare
	if f.Knows == nil || f.Knows(host) {
		g = f.judged
	}
	network, addr := addressOf(u)
	pool := newPool(network, addr, &s, f.limits)
	pool.parent = f.parent(u)
	return &service{Service: s, guard: g, pool: pool, authority: trimPort(key.authority, key.scheme), outside: true}, nil
}

// parent is how the server's pool finds the proxy that it has to go through.
func (f *forwarding) parent(u *url.URL) func() (*url.URL, error) {
	if f.Parent == nil {
		return nil
	}
	return func() (*url.URL, error) { return f.Parent(u) }
}

func withName(c *tls.Config, name string) *tls.Config {
	if c == nil {
		return &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12}
	}
	c = c.Clone()
	c.ServerName = name
	return c
}

// close ends the connections to all servers.
func (f *forwarding) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for e := f.used.Front(); e != nil; e = e.Next() {
		e.Value.(*origin).svc.pool.close()
	}
}

// splitAuthority takes host and port apart; the scheme has the default.
func splitAuthority(authority, scheme string) (host, port string) {
	if host, port, err := net.SplitHostPort(authority); err == nil && port != "" {
		return host, port
	}
	host = strings.TrimSuffix(authority, ":")
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if scheme == "https" {
		return host, "443"
	}
	return host, "80"
}

// trimPort is an authority without the port that its scheme means anyway, as
// Host fields have it (RFC 9110, section 7.2).
func trimPort(authority, scheme string) string {
	if scheme == "https" {
		return strings.TrimSuffix(authority, ":443")
	}
	return strings.TrimSuffix(authority, ":80")
}
