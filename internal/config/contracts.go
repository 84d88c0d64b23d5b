package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// Conflicts tells where the contracts of service number i contradict each other
// or the service. The contracts are in the order in which they are named. What
// is told keeps no call from being judged: of two contracts the first judges.
func (l *Loaded) Conflicts(i int, contracts []*contract.Contract) (out []string) {
	first := map[string]*owned{}
	for n, c := range contracts {
		if why := l.misfit(i, c); why != "" {
			out = append(out, fmt.Sprintf("%s: %s", l.nameOf(i, n), why))
		}
		for op := range c.Operations() {
			for _, key := range routesOf(c, op) {
				other, taken := first[key]
				if taken && other.number != n {
					out = append(out, fmt.Sprintf("`%s %s` is described twice: %s judges it, and %s is never asked",
						op.Method, op.Template, other.place, sourceIn(l.Config.Services[i].Contracts[n], op.Source)))
					break
				}
				first[key] = &owned{n, sourceIn(l.Config.Services[i].Contracts[n], op.Source)}
			}
		}
	}
	return out
}

// owned is an operation that a contract has described already.
type owned struct {
	number int
	place  string
}

// sourceIn names a place of a contract from where the program runs.
func sourceIn(file string, s faultline.Source) string {
	name := s.File
	if !strings.Contains(name, "://") {
		name = filepath.Join(filepath.Dir(file), filepath.Base(name))
	}
	return fmt.Sprintf("%s:%d", name, s.Line)
}

// routesOf are the method and path of an operation below each base path of its
// contract, with the names of the parameters left out: `/orders/{id}` and
// `/orders/{orderId}` take the same requests.
func routesOf(c *contract.Contract, op *contract.Operation) (out []string) {
	template := nameless(op.Template)
	for _, s := range c.Servers() {
		for _, base := range s.Bases {
			out = append(out, op.Method+" "+base+template)
		}
	}
	return out
}

func nameless(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteString("{}")
		if _, template, found = strings.Cut(rest, "}"); !found {
			return b.String()
		}
	}
}

// misfit says why no request of a service could be one of the contract's, or "".
func (l *Loaded) misfit(i int, c *contract.Contract) string {
	s := &l.Config.Services[i]
	if s.To == nil || s.Rewrite.StripPrefix != "" || s.Rewrite.AddPrefix != "" || len(s.Rewrite.Replace) > 0 || len(s.Paths) == 0 {
		return ""
	}
	var bases []string
	for _, server := range c.Servers() {
		bases = append(bases, server.Bases...)
	}
	for op := range c.Operations() {
		for _, base := range bases {
			for _, path := range s.Paths {
				if meet(base+op.Template, strings.TrimSuffix(s.To.EscapedPath(), "/")+path) {
					return ""
				}
			}
		}
	}
	return fmt.Sprintf("none of its paths lies below `%s`, which is what the service `%s` gets; below `servers` it has %s", strings.Join(s.Paths, "`, `"), s.Name, addresses(c))
}

// meet reports whether a template can be that of a path which begins so.
func meet(template, path string) bool {
	parts, begin := strings.Split(template, "/"), strings.Split(strings.TrimSuffix(path, "/"), "/")
	if len(parts) < len(begin) {
		return false
	}
	for i, segment := range begin {
		if parts[i] != segment && !strings.Contains(parts[i], "{") {
			return false
		}
	}
	return true
}

func addresses(c *contract.Contract) string {
	var all []string
	for _, s := range c.Servers() {
		all = append(all, s.URL)
	}
	return quoted(all)
}

// nameOf names contract number n of a service and the line that names it.
func (l *Loaded) nameOf(i, n int) string {
	return fmt.Sprintf("%s (%s)", l.Config.Services[i].Contracts[n], l.Origin(ContractPath(i, n)))
}

// ContractPath is the path of contract number n of a service.
func ContractPath(service, n int) string { return index(index("services", service)+".contracts", n) }
