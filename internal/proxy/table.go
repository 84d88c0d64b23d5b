package proxy

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/guard"
)

// table says which service a request belongs to. It never changes: another one
// takes its place.
type table struct {
	services []*service
	all      []*service          // also those of earlier tables, whose counts stand
	byHost   map[string][]target // by host in lower case, "*.example.com" among them; "" for all hosts
	hosts    []string            // those of byHost in their order, without ""
	only     *service            // there is one, and it takes everything
}

// target is a beginning of paths and its service, longest first in its list.
type target struct {
	path string
	to   *service
}

// service is a Service at work.
type service struct {
	Service
	guard     *guard.Guard
	pool      *pool
	authority string // of the server, as its Host field
	base      string // the path before every path; no slash at its end
	outside   bool   // a server that a client named
}

// Reload puts other services in place of the present ones. Calls under way keep
// the service that they began with. A service that keeps its name keeps its
// counts; connections to a server that stays are used on. On an error the
// present services stay.
func (p *Proxy) Reload(services []Service) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(services) == 0 && p.forward == nil {
		return errors.New("proxy: there is no service")
	}
	for i := range services {
		if err := checkAddress(services[i].To); err != nil {
			return err
		}
		if err := checkRules(&services[i]); err != nil {
			return err
		}
	}
	old := p.table.Load()
	next := &table{byHost: map[string][]target{}}
	if old != nil {
		next.all = old.all
	}
	for _, s := range services {
		if s.Name == "" {
			s.Name = nameOf(s.To)
		}
		if err := next.add(&service{Service: s, authority: authorityOf(s.To), base: strings.TrimSuffix(baseOf(s.To), "/")}); err != nil {
			return err
		}
	}
	next.sort()
	for _, s := range next.services {
		p.begin(s, old)
	}
	if p.forward != nil {
		next.services = append(next.services, p.forward.own)
		if old == nil {
			next.all = append(next.all, p.forward.services()...)
		}
	}
	p.table.Store(next)
	p.dropPools(next)
	return nil
}

// begin gives a service its guard, that of its predecessor if it has one, and
// the connections to its server.
func (p *Proxy) begin(s *service, old *table) {
	s.pool = p.poolFor(&s.Service)
	o := s.Guard
	o.Sinks, o.Notice = p.sinks, p.opts.Notice
	if before := old.named(s.Name); before != nil {
		s.guard = before.guard
		s.guard.Reload(o)
		return
	}
	s.guard = guard.New(o)
}

// sort puts longer paths first and hosts in order, and sees whether there is a choice at all.
func (t *table) sort() {
	for host, targets := range t.byHost {
		if host != "" {
			t.hosts = append(t.hosts, host)
		}
		slices.SortStableFunc(targets, func(a, b target) int { return len(b.path) - len(a.path) })
	}
	slices.Sort(t.hosts)
	if one := t.byHost[""]; len(t.services) == 1 && len(t.byHost) == 1 && len(one) == 1 && one[0].path == "" {
		t.only = t.services[0]
	}
}

func (t *table) named(name string) *service {
	if t == nil {
		return nil
	}
	for _, s := range t.all {
		if s.Name == name {
			return s
		}
	}
	return nil
}

func (t *table) add(s *service) error {
	hosts, paths := s.Hosts, s.Paths
	if len(hosts) == 0 {
		hosts = []string{""}
	}
	if len(paths) == 0 {
		paths = []string{""}
	}
	for _, host := range hosts {
		host = strings.ToLower(host)
		for _, path := range paths {
			path = strings.TrimSuffix(path, "/")
			for _, other := range t.byHost[host] {
				if other.path == path {
					return fmt.Errorf("proxy: the services %q and %q both have the host %q and the path %q", other.to.Name, s.Name, host, path)
				}
			}
			t.byHost[host] = append(t.byHost[host], target{path, s})
		}
	}
	for _, other := range t.services {
		if other.Name == s.Name {
			return fmt.Errorf("proxy: two services have the name %q", s.Name)
		}
	}
	t.services = append(t.services, s)
	if t.named(s.Name) == nil {
		t.all = append(t.all[:len(t.all):len(t.all)], s)
	}
	return nil
}

// find returns the service for a request; nil if there is none.
func (t *table) find(host, path string) *service {
	if t.only != nil {
		return t.only
	}
	host = strings.ToLower(hostname(host))
	for {
		if s := longest(t.byHost[host], path); s != nil {
			return s
		}
		if host == "" {
			return nil
		}
		host = wider(host)
	}
}

// wider is the next less specific name: "a.b.example" is followed by
// "*.b.example", that by "*.example", and the last one by all hosts.
func wider(host string) string {
	rest := strings.TrimPrefix(host, "*.")
	if _, parent, ok := strings.Cut(rest, "."); ok && parent != "" {
		return "*." + parent
	}
	return ""
}

// hostname is an authority without its port.
func hostname(authority string) string {
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		return authority[:i]
	}
	return authority
}

func longest(targets []target, path string) *service {
	for _, t := range targets {
		if path == "*" && t.path == "" {
			return t.to // OPTIONS * is about the host as a whole
		}
		if rest, ok := strings.CutPrefix(path, t.path); ok && (rest == "" || rest[0] == '/' || rest[0] == '?') {
			return t.to
		}
	}
	return nil
}
