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
	"fmt"
	"sort"
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

// A Builder collects routes.
type Builder struct {
	root   node
	leaves []*Leaf
}

// A ConflictError says that a route matches the same requests as an earlier one.
type ConflictError struct {
	Op       int // of the earlier one
	Template string
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("the path matches the same requests as `%s`", e.Template)
}

// Add adds one method on a template below a base path. The base may hold
// expressions of its own, without a name: `/{}/api`.
func (b *Builder) Add(base, template, method string, op int) error {
	base = strings.TrimRight(base, "/")
	segments, err := parseTemplate(base + template)
	if err != nil {
		return err
	}
	at := &b.root
	for _, segment := range segments {
		at = at.child(segment)
	}
	for _, other := range at.leaves {
		for _, target := range other.Targets {
			if target.Method == method {
				return &ConflictError{Op: target.Op, Template: other.Template}
			}
		}
	}
	for _, leaf := range at.leaves {
		if leaf.Base == base && leaf.Template == template {
			leaf.Targets = append(leaf.Targets, Target{method, op})
			return nil
		}
	}
	leaf := newLeaf(base, template, segments)
	leaf.Targets = []Target{{method, op}}
	at.leaves = append(at.leaves, leaf)
	b.leaves = append(b.leaves, leaf)
	return nil
}

func newLeaf(base, template string, segments []pattern) *Leaf {
	leaf := &Leaf{Base: base, Template: template, segments: segments}
	inBase := strings.Count(base, "/")
	for i, segment := range segments {
		if i >= inBase && segment.static() && segment.text != "" {
			leaf.fixed++
		}
		for _, part := range segment.parts {
			if part.expr {
				leaf.names = append(leaf.names, part.name)
			}
		}
	}
	return leaf
}

func parseTemplate(template string) ([]pattern, error) {
	if !strings.HasPrefix(template, "/") {
		return nil, fmt.Errorf("the path `%s` does not begin with a slash", template)
	}
	var out []pattern
	expressions := 0
	for _, text := range strings.Split(template[1:], "/") {
		p, err := parsePattern(text)
		if err != nil {
			return nil, err
		}
		for _, part := range p.parts {
			if part.expr {
				expressions++
			}
		}
		out = append(out, p)
	}
	if expressions > MaxExpressions {
		return nil, fmt.Errorf("the path has %d expressions, more than the limit of %d", expressions, MaxExpressions)
	}
	return out, nil
}

func (n *node) child(p pattern) *node {
	if p.static() {
		text := ""
		if len(p.parts) > 0 {
			text = p.parts[0].literal
		}
		if n.static == nil {
			n.static = map[string]*node{}
		}
		next := n.static[text]
		if next == nil {
			next = &node{}
			n.static[text] = next
		}
		return next
	}
	shape := p.shape()
	for _, e := range n.patterns {
		if e.shape == shape {
			return e.node
		}
	}
	next := &node{}
	n.patterns = append(n.patterns, edge{p, shape, next})
	sort.SliceStable(n.patterns, func(i, j int) bool {
		return n.patterns[i].pattern.weight() > n.patterns[j].pattern.weight()
	})
	return next
}

// Router returns the router of all routes. The builder is not to be used again.
func (b *Builder) Router() *Router {
	r := &Router{root: &b.root, leaves: b.leaves, first: map[string]bool{}}
	shared := b.sharedPrefix()
	seen := map[string]bool{}
	for _, leaf := range b.leaves {
		base := leaf.Base
		for _, text := range shared {
			base += "/" + text
		}
		if !seen[base] {
			seen[base] = true
			r.bases = append(r.bases, base)
		}
		at := strings.Count(base, "/")
		if at < len(leaf.segments) && leaf.segments[at].static() {
			r.first[leaf.segments[at].text] = true
		}
	}
	return r
}

// sharedPrefix are the segments that all templates begin with and that look
// like a base path: many descriptions write `/v1` in front of each path instead
// of into the server's address.
func (b *Builder) sharedPrefix() []string {
	var out []string
	for {
		text := ""
		for i, leaf := range b.leaves {
			at := strings.Count(leaf.Base, "/") + len(out)
			if at >= len(leaf.segments)-1 || !isPrefixWord(leaf.segments[at].text) || i > 0 && leaf.segments[at].text != text {
				return out
			}
			text = leaf.segments[at].text
		}
		if text == "" {
			return out
		}
		out = append(out, text)
	}
}

// isPrefixWord reports whether a segment is one that base paths are made of:
// api, rest, v1, v2.1, 2026-11.
func isPrefixWord(s string) bool {
	switch strings.ToLower(s) {
	case "api", "rest":
		return true
	}
	digits := strings.TrimLeft(strings.ToLower(s), "v")
	if digits == "" || len(s)-len(digits) > 1 {
		return false
	}
	return strings.Trim(digits, "0123456789.-") == "" && digits[0] >= '0' && digits[0] <= '9'
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
