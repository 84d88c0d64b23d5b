package proxy

import (
	"slices"
	"strings"
	"sync"
)

// maxTunnelHosts bounds what is remembered of hosts. What is counted of further
// ones is counted together.
const maxTunnelHosts = 1024

// otherHosts stands for the hosts beyond the bound.
const otherHosts = "other hosts"

// A Tunnel counts the connections to one host that were passed on without a
// look into them.
type Tunnel struct {
	Host           string
	Why            string // of the last one
	Connections    int64
	Sent, Received int64 // bytes
}

// Tunnels returns what passed through closed tunnels, by host.
func (p *Proxy) Tunnels() []Tunnel {
	if p.forward == nil {
		return nil
	}
	return p.forward.tunnels.list()
}

// tunnels remembers what became of the connections to each host.
type tunnels struct {
	told func(TunnelEvent)

	mu    sync.Mutex
	hosts map[string]*tunnelHost
}

// tunnelHost is what is known of a host.
type tunnelHost struct {
	Tunnel
	refused  string // why its clients do not take our certificate
	silent   int    // clients in a row that ended the connection when they had it
	accepted bool   // a client has made a call
	said     []string
}

func newTunnels(told func(TunnelEvent)) *tunnels {
	if told == nil {
		told = func(TunnelEvent) {}
	}
	return &tunnels{told: told, hosts: map[string]*tunnelHost{}}
}

// host is called with the lock held.
func (t *tunnels) host(name string) *tunnelHost {
	h := t.hosts[name]
	if h == nil && len(t.hosts) >= maxTunnelHosts {
		name = otherHosts
		h = t.hosts[name]
	}
	if h == nil {
		h = &tunnelHost{Tunnel: Tunnel{Host: name}}
		t.hosts[name] = h
	}
	return h
}

// say tells an event of a host once. It is called with the lock held, and tells
// after the lock is gone.
func (t *tunnels) say(h *tunnelHost, e TunnelEvent) func() {
	key := string('0'+rune(e.Kind)) + e.Text
	if h.Host == otherHosts || slices.Contains(h.said, key) || len(h.said) > maxSaid {
		return func() {}
	}
	h.said = append(h.said, key)
	return func() { t.told(e) }
}

// maxSaid bounds the different things that are told of a host.
const maxSaid = 8

// refused says why a client did not take our certificate for the host; empty:
// none has refused it. Hosts beyond the bound are never held to be refused.
func (t *tunnels) refused(name string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h := t.hosts[name]; h != nil {
		return h.refused
	}
	return ""
}

// open notes a connection that is passed on without a look.
func (t *tunnels) open(name, why string) {
	t.mu.Lock()
	h := t.host(name)
	h.Connections++
	h.Why = why
	say := t.say(h, TunnelEvent{Kind: TunnelClosed, Host: name, Text: why})
	t.mu.Unlock()
	say()
}

// passed notes the bytes of a tunnel that has ended.
func (t *tunnels) passed(name string, sent, received int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.host(name)
	h.Sent += sent
	h.Received += received
}

// refuse notes a client that refused our certificate. From now on the host is
// not looked into, so that the next connection works.
func (t *tunnels) refuse(name, why string) {
	t.mu.Lock()
	h := t.host(name)
	h.refused = "a client refused our certificate: it " + why
	say := t.say(h, TunnelEvent{Kind: TunnelRefused, Host: name, Text: why})
	t.mu.Unlock()
	say()
}

// silence notes a client that ended the connection as soon as it had our
// certificate. Clients refuse so, too (Node does), but others only changed their
// mind: two in a row, before any call was made, are taken for refusals.
func (t *tunnels) silence(name string) {
	const enough = 2
	t.mu.Lock()
	h := t.host(name)
	h.silent++
	if h.silent >= enough && !h.accepted {
		h.refused = "clients ended the connection when they had our certificate"
	}
	say := t.say(h, TunnelEvent{Kind: TunnelSilent, Host: name, Text: "the client ended the connection when it had our certificate"})
	t.mu.Unlock()
	say()
}

// accept notes that a client made a call.
func (t *tunnels) accept(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.host(name)
	h.accepted, h.silent = true, 0
}

// broke notes TLS with a client that failed for another reason.
func (t *tunnels) broke(name, why string) {
	t.mu.Lock()
	say := t.say(t.host(name), TunnelEvent{Kind: TunnelBroken, Host: name, Text: why})
	t.mu.Unlock()
	say()
}

func (t *tunnels) list() []Tunnel {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Tunnel
	for _, h := range t.hosts {
		if h.Connections > 0 {
			out = append(out, h.Tunnel)
		}
	}
	slices.SortFunc(out, func(a, b Tunnel) int { return strings.Compare(a.Host, b.Host) })
	return out
}
