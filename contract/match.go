package contract

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/route"
)

// A Match is what routing a request came to.
type Match struct {
	Operation *Operation // nil if none
	Params    Params     // path parameters, as they stand in the target

	// For a request without an operation:
	Route   string   // template of the path that exists with other methods; empty if none does
	Allowed []string // its methods
	Base    string   // the base path of the servers that was missing, doubled or wrong: the path that would match with it mended
	Slash   string   // the path that would match with a slash added or dropped at its end
	Near    []Near   // the nearest templates, best first

	// Options tells that an OPTIONS asks about a path that the contract has and
	// does not declare OPTIONS for: a preflight of a browser, or a question for
	// the Allow field, which servers answer by themselves. It is no violation.
	Options bool

	OffHost bool // no server of the contract has the request's host
}

// Near is a documented path that is similar to the one asked for.
type Near struct {
	Method, Template, Path string // Path is the template filled in with the request's own segments
	Distance               int    // edits between the two
}

// Params are path parameters: fixed storage, so that matching allocates nothing.
type Params struct {
	n int
	v [route.MaxExpressions]Param
}

// A Param is one path parameter: its bytes as sent (still percent-encoded) and
// where they stand in the request's path.
type Param struct {
	Name, Raw  string
	Start, End int
}

// Len is the number of path parameters.
func (p *Params) Len() int { return p.n }

// At returns the parameter number i.
func (p *Params) At(i int) Param { return p.v[i] }

// Get returns the parameter with the name.
func (p *Params) Get(name string) (Param, bool) {
	for i := range p.n {
		if p.v[i].Name == name {
			return p.v[i], true
		}
	}
	return Param{}, false
}

// mostNear is how many similar paths a Match offers.
const mostNear = 3

// Match finds the operation for a request. url is an address with or without
// scheme and host. A host that is not among the contract's servers does not
// stop the match, since proxies and development servers serve the same paths;
// it only sets OffHost. A HEAD that is not declared is matched by the GET.
func (c *Contract) Match(method, url string) Match {
	var m Match
	host, path, query := splitURL(url)
	if !c.find(&m, method, host, path, query) {
		c.miss(&m, method, path)
	}
	return m
}

// MatchRequest is Match for a request as it was sent, whose address need not
// be put together for it.
func (c *Contract) MatchRequest(r *faultline.Request) Match {
	var m Match
	if !c.Find(r, &m) {
		c.Miss(r, &m)
	}
	return m
}

// Find is MatchRequest for those who ask on every call: it fills m in anew,
// allocates nothing, and does not work out what was meant by a request for
// which there is no operation. Miss does.
func (c *Contract) Find(r *faultline.Request, m *Match) bool {
	host, path, query := splitTarget(r)
	return c.find(m, r.Method, host, path, query)
}

// Miss fills in what was likely meant by a request for which Find found no
// operation.
func (c *Contract) Miss(r *faultline.Request, m *Match) {
	_, path, _ := splitTarget(r)
	c.miss(m, r.Method, path)
}

func (c *Contract) find(m *Match, method, host, path, query string) bool {
	m.clear()
	m.OffHost = host != "" && !c.hasHost(host)
	var hit route.Hit
	if !c.router.Match(method, path, &hit) {
		return false
	}
	m.Operation = c.ops[hit.Op].variant(query)
	m.Params.fill(path, &hit)
	return true
}

// clear empties a match for the next request. The storage of the parameters
// stays: only the first Len of them are ever looked at.
func (m *Match) clear() {
	m.Operation, m.Params.n = nil, 0
	if m.Route != "" || m.Allowed != nil || m.Near != nil || m.Base != "" || m.Slash != "" {
		m.Route, m.Allowed, m.Base, m.Slash, m.Near = "", nil, "", "", nil
	}
	m.Options, m.OffHost = false, false
}

func (p *Params) fill(path string, hit *route.Hit) {
	for i := range hit.Len() {
		name, start, end := hit.Capture(i)
		if name == "" { // a variable of the server's address
			continue
		}
		p.v[p.n] = Param{Name: name, Raw: path[start:end], Start: start, End: end}
		p.n++
	}
}

// miss says what was likely meant by a request without an operation.
func (c *Contract) miss(m *Match, method, path string) {
	for _, leaf := range c.router.Leaves(path) {
		if m.Route == "" {
			m.Route = leaf.Template
		}
		for _, target := range leaf.Targets {
			if leaf.Template == m.Route {
				m.Allowed = append(m.Allowed, target.Method)
			}
		}
	}
	if m.Route != "" {
		m.Options = method == "OPTIONS"
		return
	}
	m.Slash = c.router.WithSlash(path)
	m.Base = c.router.Rebase(path)
	for _, near := range c.router.Nearest(path, mostNear) {
		target := near.Leaf.Targets[0]
		for _, t := range near.Leaf.Targets {
			if t.Method == method {
				target = t
			}
		}
		m.Near = append(m.Near, Near{Method: target.Method, Template: near.Leaf.Template, Path: near.Path, Distance: near.Distance})
	}
}

// variant is the operation itself or, where several share a path and differ in
// the query that is written behind it, the one whose query the request has.
func (op *Operation) variant(query string) *Operation {
	best := op
	if len(op.variants) > 0 && !hasPairs(query, op.query) {
		best = nil
	}
	for _, v := range op.variants {
		if hasPairs(query, v.query) && (best == nil || len(v.query) > len(best.query)) {
			best = v
		}
	}
	if best == nil {
		return op
	}
	return best
}

// hasPairs reports whether a query has all pairs of another one.
func hasPairs(query, wanted string) bool {
	for pair := pairsIn(wanted, 0); pair.next(); {
		if !hasPair(query, &pair.piece) {
			return false
		}
	}
	return true
}

func hasPair(query string, wanted *piece) bool {
	for pair := pairsIn(query, 0); pair.next(); {
		if pair.key == wanted.key && pair.raw == wanted.raw {
			return true
		}
	}
	return false
}
