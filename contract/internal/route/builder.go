package route

import (
	"fmt"
	"sort"
	"strings"
)

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
	for text := range strings.SplitSeq(template[1:], "/") {
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
	root := b.root // a pointer into the builder would keep all alive that it is part of
	r := &Router{root: &root, leaves: b.leaves, first: map[string]bool{}}
	shared := b.sharedPrefix()
	seen := map[string]bool{}
	for _, leaf := range b.leaves {
		var base strings.Builder
		base.WriteString(leaf.Base)
		for _, text := range shared {
			base.WriteString("/" + text)
		}
		if !seen[base.String()] {
			seen[base.String()] = true
			r.bases = append(r.bases, base.String())
		}
		at := strings.Count(base.String(), "/")
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
