package contract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/percent"
	"github.com/faultline-http/faultline/internal/yaml"
)

// follow resolves a node that is a reference, and what that leads to, until it
// is none. A node that is no reference is returned as it is.
func (d *documents) follow(n *yaml.Node) (*yaml.Node, error) {
	var chain []*yaml.Node
	for {
		ref := refOf(n)
		if ref == nil {
			return n, nil
		}
		var err error
		if chain, err = d.link(chain, n); err != nil {
			return nil, err
		}
		if n, err = d.resolve(ref.Text, ref.Pos); err != nil {
			return nil, err
		}
	}
}

// link adds a reference to a chain of references that lead to each other.
func (d *documents) link(chain []*yaml.Node, n *yaml.Node) ([]*yaml.Node, error) {
	if slices.Contains(chain, n) {
		return nil, d.fail(n.Pos, "the references lead in a circle", "let one of them lead to a definition")
	}
	if len(chain) >= d.limits.References {
		return nil, d.refuse(n.Pos, fmt.Sprintf("more than %d references lead to each other", d.limits.References), "let one of them lead to the definition itself")
	}
	return append(chain, n), nil
}

// refOf returns the text of a $ref, or nil.
func refOf(n *yaml.Node) *yaml.Node {
	if ref := n.Get("$ref"); ref != nil && ref.Kind == yaml.String {
		return ref
	}
	return nil
}

// resolve finds what a reference at a place names: a URI reference whose path
// is relative to the file of that place and whose fragment is a JSON Pointer
// (RFC 6901, section 6) or an anchor.
func (d *documents) resolve(ref string, at yaml.Pos) (*yaml.Node, error) {
	file, fragment, _ := strings.Cut(ref, "#")
	fragment = percent.Decode(fragment)
	if n := d.byID(file, at); n != nil {
		if fragment != "" && fragment[0] == '/' {
			return d.pointer(n, fragment, ref, at)
		}
		return n, nil // the engine looks for the anchor
	}
	name := d.locate(file, at)
	doc, err := d.open(name, at)
	if err != nil {
		return nil, err
	}
	switch {
	case fragment == "":
		return doc.root, nil
	case fragment[0] == '/':
		return d.pointer(doc.root, fragment, ref, at)
	}
	if n := doc.anchor(fragment); n != nil {
		return n, nil
	}
	return nil, d.fail(at, fmt.Sprintf("`%s` does not exist: the document has no anchor `%s`", ref, fragment), "write a JSON Pointer, such as #/components/schemas/NAME")
}

// unsupportedError is about something that the contract may say and that is
// not supported: it makes an operation unverified instead of the contract
// broken.
type unsupportedError struct{ at *Error }

func (e *unsupportedError) Error() string { return e.at.Error() }

// pointer walks a JSON Pointer. It also steps through references on the way,
// which RFC 6901 does not know and many descriptions rely on.
func (d *documents) pointer(root *yaml.Node, pointer, ref string, at yaml.Pos) (*yaml.Node, error) {
	n := root
	done := ref[:len(ref)-min(len(ref), len(pointer))]
	for token := range strings.SplitSeq(pointer[1:], "/") {
		token = faultline.UnescapePointer(token)
		next := step(n, token)
		if next == nil && refOf(n) != nil {
			target, err := d.follow(n)
			if err != nil {
				return nil, err
			}
			n, next = target, step(target, token)
		}
		if next == nil {
			return nil, d.missing(n, token, done, ref, at)
		}
		done += "/" + faultline.EscapePointer(token)
		n = next
	}
	return n, nil
}

func step(n *yaml.Node, token string) *yaml.Node {
	if n != nil && n.Kind == yaml.Array {
		i, err := strconv.Atoi(token)
		if err != nil || i < 0 || i >= len(n.Items) {
			return nil
		}
		return n.Items[i]
	}
	return n.Get(token)
}

// missing explains a reference to nothing and offers the nearest name.
func (d *documents) missing(n *yaml.Node, token, done, ref string, at yaml.Pos) *Error {
	key := missingKey{n, token}
	if remedy, known := d.remedies[key]; known {
		return d.fail(at, fmt.Sprintf("`%s` does not exist", ref), remedy)
	}
	names := make([]string, 0, len(n.Members))
	for i := range n.Members {
		names = append(names, n.Members[i].Key)
	}
	remedy := "add the definition, or name one that exists"
	if near := nearest(token, names); near != "" {
		remedy = fmt.Sprintf("write `%s/%s`, which exists", done, faultline.EscapePointer(near))
	}
	d.remedies[key] = remedy
	return d.fail(at, fmt.Sprintf("`%s` does not exist", ref), remedy)
}

// missingKey is a name that an object does not have: a likely one is looked for
// once, however many references make the mistake.
type missingKey struct {
	in    *yaml.Node
	token string
}

// anchor finds a node by its $anchor.
func (doc *document) anchor(name string) *yaml.Node {
	if doc.anchors == nil {
		doc.anchors = map[string]*yaml.Node{}
		doc.collectAnchors(doc.root, map[*yaml.Node]bool{})
	}
	return doc.anchors[name]
}

func (doc *document) collectAnchors(n *yaml.Node, seen map[*yaml.Node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	for _, key := range [...]string{"$anchor", "$dynamicAnchor"} {
		if a := n.Get(key); a != nil && a.Kind == yaml.String && doc.anchors[a.Text] == nil {
			doc.anchors[a.Text] = n
		}
	}
	for _, item := range n.Items {
		doc.collectAnchors(item, seen)
	}
	for i := range n.Members {
		doc.collectAnchors(n.Members[i].Value, seen)
	}
}
