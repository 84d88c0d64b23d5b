package contract

import (
	"strings"

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
	host, path, query := splitURL(url)
	m := Match{OffHost: host != "" && !c.hasHost(host)}
	var hit route.Hit
	if c.router.Match(method, path, &hit) {
		m.Operation = c.ops[hit.Op].variant(query)
		m.Params.fill(path, &hit)
		return m
	}
	c.miss(&m, method, path)
	return m
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

// splitURL returns host, path and query of an address, without user and
// fragment.
func splitURL(url string) (host, path, query string) {
	path = url
	if i := strings.Index(url, "://"); i > 0 && url[0] != '/' {
		path = url[i+3:]
		end := strings.IndexAny(path, "/?#")
		if end < 0 {
			end = len(path)
		}
		host, path = path[:end], path[end:]
		if at := strings.LastIndexByte(host, '@'); at >= 0 {
			host = host[at+1:]
		}
	}
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path = path[:i]
	}
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path, query = path[:i], path[i+1:]
	}
	if path == "" {
		path = "/"
	}
	return host, path, query
}

// pathOffset is where the path begins in the target of a request.
func pathOffset(r *faultline.Request) int {
	i := strings.Index(r.Target, "://")
	if i <= 0 || r.Target[0] == '/' {
		return 0
	}
	slash := strings.IndexAny(r.Target[i+3:], "/?#")
	if slash < 0 {
		return len(r.Target)
	}
	return i + 3 + slash
}
