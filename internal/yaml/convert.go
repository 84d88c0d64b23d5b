package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	lib "go.yaml.in/yaml/v4"
)

// parseYAML reads a YAML document with the library and turns its tree into
// ours: scalars by the core schema of YAML 1.2, aliases and merge keys
// resolved, duplicate keys refused.
func parseYAML(name string, raw []byte, limits Limits) (*Node, error) {
	var doc lib.Node
	if err := lib.Load(withoutDirective(raw), &doc, lib.WithUniqueKeys(false)); err != nil {
		return nil, libError(name, raw, err)
	}
	c := &converter{file: name, limits: limits, done: map[*lib.Node]converted{}, busy: map[*lib.Node]bool{}}
	root := &doc
	if doc.Kind == lib.DocumentNode && len(doc.Content) == 1 {
		root = doc.Content[0]
	}
	out, err := c.node(root, 0)
	return out.node, err
}

// withoutDirective turns a leading %YAML line into a comment: the library
// refuses version 1.2, which is what it reads.
func withoutDirective(raw []byte) []byte {
	rest := raw
	for len(rest) > 0 {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if bytes.HasPrefix(line, []byte("%YAML")) {
			out := bytes.Clone(raw)
			out[len(raw)-len(rest)] = '#'
			return out
		}
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 && trimmed[0] != '#' {
			return raw
		}
		rest = after
	}
	return raw
}

type converter struct {
	file   string
	limits Limits
	done   map[*lib.Node]converted // by anchored node
	busy   map[*lib.Node]bool      // anchored nodes that are being converted
}

// converted is a node and the number of values below it when every alias is
// written out: what bounds a walk over the tree.
type converted struct {
	node *Node
	size int
}

func (c *converter) node(n *lib.Node, depth int) (converted, error) {
	if depth > c.limits.Depth {
		return converted{}, c.fail(n, fmt.Sprintf("values are nested more than %d deep", c.limits.Depth), "")
	}
	if n.Kind == lib.AliasNode {
		return c.alias(n, depth)
	}
	if n.Anchor == "" {
		return c.build(n, depth)
	}
	if out, ok := c.done[n]; ok {
		return out, nil
	}
	c.busy[n] = true
	out, err := c.build(n, depth)
	delete(c.busy, n)
	c.done[n] = out
	return out, err
}

func (c *converter) alias(n *lib.Node, depth int) (converted, error) {
	if n.Alias == nil {
		return converted{}, c.fail(n, fmt.Sprintf("the alias `*%s` has no anchor", n.Value), "")
	}
	if c.busy[n.Alias] {
		return converted{}, c.fail(n, fmt.Sprintf("the alias `*%s` stands inside its own anchor", n.Value), "use a $ref for a value that contains itself")
	}
	return c.node(n.Alias, depth)
}

func (c *converter) build(n *lib.Node, depth int) (converted, error) {
	out := &Node{Pos: c.pos(n)}
	switch n.Kind {
	case lib.MappingNode:
		return c.mapping(n, out, depth)
	case lib.SequenceNode:
		return c.sequence(n, out, depth)
	case lib.ScalarNode:
		scalar(n, out)
		return converted{out, 1}, nil
	}
	return converted{}, c.fail(n, "a value that is neither a scalar nor a list nor a mapping", "")
}

func (c *converter) sequence(n *lib.Node, out *Node, depth int) (converted, error) {
	out.Kind = Array
	out.Items = make([]*Node, 0, len(n.Content))
	size := 1
	for _, item := range n.Content {
		v, err := c.node(item, depth+1)
		if err != nil {
			return converted{}, err
		}
		if size, err = c.grow(item, size, v.size); err != nil {
			return converted{}, err
		}
		out.Items = append(out.Items, v.node)
	}
	return converted{out, size}, nil
}

func (c *converter) mapping(n *lib.Node, out *Node, depth int) (converted, error) {
	out.Kind = Object
	out.Members = make([]Member, 0, len(n.Content)/2)
	size := 1
	keys := keySet{}
	var merges []*lib.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if isMerge(key) {
			merges = append(merges, value)
			continue
		}
		text, err := c.key(key)
		if err != nil {
			return converted{}, err
		}
		v, err := c.node(value, depth+1)
		if err != nil {
			return converted{}, err
		}
		if size, err = c.grow(value, size, v.size); err != nil {
			return converted{}, err
		}
		m := Member{Key: text, Pos: c.pos(key), Value: v.node}
		if err := keys.add(out, &m); err != nil {
			return converted{}, err
		}
		out.Members = append(out.Members, m)
	}
	for _, merge := range merges {
		var err error
		if size, err = c.merge(out, &keys, merge, size, depth); err != nil {
			return converted{}, err
		}
	}
	out.close()
	return converted{out, size}, nil
}

// merge adds the members of a merge key's mapping, or list of mappings, that
// the object does not have itself (https://yaml.org/type/merge.html).
func (c *converter) merge(out *Node, keys *keySet, n *lib.Node, size, depth int) (int, error) {
	v, err := c.node(n, depth+1)
	if err != nil {
		return 0, err
	}
	sources := []*Node{v.node}
	if v.node.Kind == Array {
		sources = v.node.Items
	}
	if size, err = c.grow(n, size, v.size); err != nil {
		return 0, err
	}
	for _, source := range sources {
		if source.Kind != Object {
			return 0, c.fail(n, "a merge key `<<` takes a mapping or a list of mappings", "")
		}
		for _, m := range source.Members {
			if _, has := keys.find(out, m.Key); has {
				continue
			}
			if err := keys.add(out, &m); err != nil {
				return 0, err
			}
			out.Members = append(out.Members, m)
		}
	}
	return size, nil
}

// grow adds to a size and refuses a document that aliases make too large.
func (c *converter) grow(n *lib.Node, size, more int) (int, error) {
	if size += more; size > c.limits.Nodes {
		return 0, c.fail(n, fmt.Sprintf("with its aliases written out the document has more than %d values", c.limits.Nodes),
			"refer to shared parts with $ref instead of anchors and aliases")
	}
	return size, nil
}

func isMerge(key *lib.Node) bool {
	return key.Kind == lib.ScalarNode && key.Value == "<<" && isPlain(key) && key.ShortTag() != "!!str"
}

// key returns the text of a key. Numbers and the like keep their spelling: the
// responses of an operation are keyed by 200 as often as by "200".
func (c *converter) key(n *lib.Node) (string, error) {
	at := n
	if n.Kind == lib.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	if n.Kind != lib.ScalarNode {
		return "", c.fail(at, "a key that is a list or a mapping", "use a plain text as the key")
	}
	return n.Value, nil
}

func (c *converter) pos(n *lib.Node) Pos {
	return Pos{File: c.file, Line: max(n.Line, 1), Column: max(n.Column, 1)}
}

func (c *converter) fail(n *lib.Node, msg, remedy string) *Error {
	return &Error{Pos: c.pos(n), Msg: msg, Remedy: remedy}
}

// libError puts an error of the library into our words.
func libError(name string, raw []byte, err error) *Error {
	out := &Error{Pos: Pos{File: name, Line: 1, Column: 1}, Msg: strings.TrimPrefix(err.Error(), "yaml: ")}
	var le *lib.LoadError
	if !errors.As(err, &le) {
		return out
	}
	out.Msg = strings.TrimPrefix(le.Message, "yaml: ")
	switch {
	case strings.HasPrefix(out.Msg, "no documents"):
		out.Msg = "the file is empty"
		out.Remedy = "give a file that begins with `openapi: 3.0.3` or `openapi: 3.1.0`"
	case strings.HasPrefix(out.Msg, "expected single document"):
		out.Msg = "the file holds more than one YAML document"
		out.Remedy = "keep one document, without a second line `---`"
		out.Pos.Line = secondDocument(raw)
	case strings.Contains(out.Msg, "tab character"):
		out.Remedy = "indent with spaces"
	}
	if le.Mark.Line > 0 {
		out.Pos.Line, out.Pos.Column = le.Mark.Line, max(le.Mark.Column, 1)
	}
	if le.ContextMsg != "" {
		out.Msg = le.ContextMsg + " that begins in line " + fmt.Sprint(max(le.ContextMark.Line, 1)) + ": " + out.Msg
		out.Other = Pos{File: name, Line: max(le.ContextMark.Line, 1), Column: max(le.ContextMark.Column, 1)}
	}
	return out
}

// secondDocument is the line of the last document marker.
func secondDocument(raw []byte) int {
	at := bytes.LastIndex(raw, []byte("\n---"))
	return bytes.Count(raw[:max(at, 0)], []byte("\n")) + 2
}
