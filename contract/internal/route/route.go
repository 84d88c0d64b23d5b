// Package route finds the operation for a method and a path: an immutable tree
// of path templates, one level a segment, without regular expressions. The most
// specific template wins, a hit allocates nothing, and for a miss the package
// tells which documented paths were likely meant.
//
//	var b route.Builder
//	b.Add("/v1", "/pets/{petId}", "GET", 0)
//	r := b.Router()
//	var hit route.Hit
//	r.Match("GET", "/v1/pets/7", &hit)
package route

import (
	"strings"
)

// A Leaf is one template below one base path, with its methods.
type Leaf struct {
	Base     string // of the server, without a slash at its end
	Template string // as the contract writes it
	Targets  []Target
	names    []string // of the expressions, the base path's included
	segments []pattern
	fixed    int // segments without expression that belong to the template, not to the base
}

// A Target is one method of a leaf; Op is the caller's number for it.
type Target struct {
	Method string
	Op     int
}

// Op returns the number for a method. A HEAD that is not declared is answered
// as the GET without its body (RFC 9110, section 9.3.2).
func (l *Leaf) Op(method string) (int, bool) {
	get := -1
	for i := range l.Targets {
		if l.Targets[i].Method == method {
			return l.Targets[i].Op, true
		}
		if l.Targets[i].Method == "GET" {
			get = l.Targets[i].Op
		}
	}
	return get, method == "HEAD" && get >= 0
}

// A Hit is what a path matched, and where its expressions stand in the path.
type Hit struct {
	Leaf *Leaf
	Op   int
	n    int
	at   [MaxExpressions][2]int
}

func (h *Hit) capture(start, end int) {
	if h.n < MaxExpressions {
		h.at[h.n] = [2]int{start, end}
	}
	h.n++
}

// Len is the number of expressions.
func (h *Hit) Len() int { return h.n }

// Capture returns the name of an expression and its bytes in the path. The name
// is empty for a variable of the server's base path.
func (h *Hit) Capture(i int) (name string, start, end int) {
	return h.Leaf.names[i], h.at[i][0], h.at[i][1]
}

// A Router is an immutable set of routes, safe for concurrent use.
type Router struct {
	root   *node
	leaves []*Leaf
	bases  []string
	first  map[string]bool // first segments of the templates, bases left out
}

type node struct {
	static   map[string]*node // by decoded text
	patterns []edge           // the most specific first
	leaves   []*Leaf
}

type edge struct {
	pattern pattern
	shape   string
	node    *node
}

// Match finds the most specific template that matches the path and has the
// method. A template that matches without the method is passed over if a less
// specific one has it, since servers route `DELETE /users/me` to
// `/users/{id}` when only that one has a DELETE.
func (r *Router) Match(method, path string, hit *Hit) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	hit.Leaf, hit.n = nil, 0
	return r.root.match(method, path, 1, hit)
}

func (n *node) match(method, path string, at int, hit *Hit) bool {
	if at > len(path) {
		return n.accept(method, hit)
	}
	end := at
	for end < len(path) && path[end] != '/' {
		end++
	}
	segment := path[at:end]
	if next := n.fixed(segment); next != nil && next.match(method, path, end+1, hit) {
		return true
	}
	before := hit.n
	for i := range n.patterns {
		e := &n.patterns[i]
		if e.pattern.match(segment, at, hit) && e.node.match(method, path, end+1, hit) {
			return true
		}
		hit.n = before
	}
	return false
}

func (n *node) accept(method string, hit *Hit) bool {
	for _, leaf := range n.leaves {
		if op, ok := leaf.Op(method); ok {
			hit.Leaf, hit.Op = leaf, op
			return true
		}
	}
	return false
}

// fixed finds the child for a segment that is spelt as in the template, or
// percent-encoded where it need not be.
func (n *node) fixed(segment string) *node {
	if n.static == nil {
		return nil
	}
	if strings.IndexByte(segment, '%') < 0 {
		return n.static[segment]
	}
	for text, next := range n.static {
		if literalAt(segment, 0, text) == len(segment) {
			return next
		}
	}
	return nil
}

// Leaves returns the leaves that match a path with any method, the most
// specific first.
func (r *Router) Leaves(path string) []*Leaf {
	if path == "" || path[0] != '/' {
		return nil
	}
	var out []*Leaf
	var hit Hit
	r.root.collect(path, 1, &hit, &out)
	return out
}

func (n *node) collect(path string, at int, hit *Hit, out *[]*Leaf) {
	if at > len(path) {
		*out = append(*out, n.leaves...)
		return
	}
	end := at
	for end < len(path) && path[end] != '/' {
		end++
	}
	segment := path[at:end]
	if next := n.fixed(segment); next != nil {
		next.collect(path, end+1, hit, out)
	}
	for i := range n.patterns {
		if hit.n = 0; n.patterns[i].pattern.match(segment, at, hit) {
			n.patterns[i].node.collect(path, end+1, hit, out)
		}
	}
}
