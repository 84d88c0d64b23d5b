package cli

import (
	"maps"
	"slices"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/admin"
	faultlisten "github.com/faultline-http/faultline/internal/listen"
)

// Unready implements admin.Source.
func (p *program) Unready() (why []string) {
	if !p.listening.Load() {
		why = append(why, "starting")
	}
	if p.draining.Load() {
		why = append(why, "draining: the calls under way are finished, then the program ends")
	}
	return why
}

// Configuration implements admin.Source.
func (p *program) Configuration() string { return p.holds.Load().YAML(true) }

// Drain implements admin.Source.
func (p *program) Drain() {
	p.draining.Store(true)
	p.end()
}

// Snapshot implements admin.Source.
func (p *program) Snapshot() admin.Snapshot {
	connections, cost := p.proxy.Connections(), p.proxy.Cost()
	s := admin.Snapshot{
		Version: readBuild().Version, Started: p.started, Cost: admin.Histogram(cost),
		Connections: admin.Connections{Open: connections.Open, Accepted: connections.Accepted, Pauses: connections.Pauses},
	}
	p.mu.Lock()
	s.Reloads, s.Notices = p.reloads, maps.Clone(p.notices)
	p.mu.Unlock()
	s.Connections.Shed += s.Notices[string(faultlisten.Greeting)]
	if p.data != nil {
		s.Kept = p.data.counts()
	}
	guards := p.proxy.Guards()
	for i, one := range p.holds.Load().Config.Services {
		if g := guards[one.Name]; g != nil {
			s.Services = append(s.Services, admin.Service{Name: one.Name, Counts: g.Counts(), Contracts: p.contracts(i)})
			delete(guards, one.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(guards)) { // the forward proxy
		s.Services = append(s.Services, admin.Service{Name: name, Counts: guards[name].Counts()})
	}
	return s
}

func (p *program) contracts(i int) (out []admin.Contract) {
	for _, c := range p.holds.Load().contracts[i] {
		out = append(out, admin.Contract{File: c.File(), Version: c.Version(), Operations: operations(c), Unverified: unverified(c)})
	}
	return out
}

func unverified(c *contract.Contract) (n int) {
	for op := range c.Operations() {
		if op.Unverified() != "" {
			n++
		}
	}
	return n
}
