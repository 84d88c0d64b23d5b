package schema

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A resource is a schema with an address of its own (JSON Schema 2020-12,
// section 4.3.5): the root of a document, or a schema with $id.
type resource struct {
	uri      string // what references in it are relative to
	file     string // the document's name, which the Resolver knows it by
	root     *yaml.Node
	document *yaml.Node            // the root of the document that it stands in
	anchors  map[string]*yaml.Node // $anchor, $dynamicAnchor, and $id of old that is a fragment
	dynamic  map[string]*yaml.Node // $dynamicAnchor, and the root under recursiveAnchor
	mode     mode
	declared bool  // the mode was named by $schema
	err      error // what $schema names is not supported

	// owner is set for a schema with a $schema and no address: it has a mode of
	// its own and is else a part of its owner.
	owner *resource
}

// recursiveAnchor is the name under which $recursiveAnchor is kept. No anchor
// can be called so.
const recursiveAnchor = "$recursiveAnchor"

// whole is the resource that a reference to # means.
func (res *resource) whole() *resource {
	if res.owner != nil {
		return res.owner
	}
	return res
}

// library knows the documents that were opened.
type library struct {
	resolver  Resolver
	documents map[*yaml.Node]*resource // by root
	addresses map[string]*resource     // by URI
	inner     map[*yaml.Node]*resource // schemas with $id or $schema, by node
	homes     map[*yaml.Node]*resource // schemas of documents that have inner ones
	naming    map[string]bool          // metaschemas that are being asked for
	parts     map[*yaml.Node][]definition
	forced    *yaml.Node // a root whose $schema does not count
}

func newLibrary(r Resolver) *library {
	return &library{
		resolver:  r,
		documents: map[*yaml.Node]*resource{},
		addresses: map[string]*resource{},
		inner:     map[*yaml.Node]*resource{},
		homes:     map[*yaml.Node]*resource{},
		naming:    map[string]bool{},
		parts:     map[*yaml.Node][]definition{},
	}
}

// home is the resource that a node belongs to. The mode is that of a document
// which does not say its own.
func (l *library) home(node *yaml.Node, m mode) *resource {
	if res := l.homes[node]; res != nil {
		return res
	}
	root, err := l.resolver.Document(node.Pos.File, "")
	if err != nil || root == nil {
		root = node
	}
	res := l.open(root, m)
	if home := l.homes[node]; home != nil {
		return home
	}
	return res
}

// open files a document and all the addresses in it.
func (l *library) open(root *yaml.Node, m mode) *resource {
	if res := l.documents[root]; res != nil {
		return res
	}
	res := l.resource(root, root.Pos.File, m)
	res.file, res.document = root.Pos.File, root
	l.documents[root] = res
	l.addresses[res.uri] = res
	if m.dialect.openAPI() {
		return res // OpenAPI before 3.1 has no addresses inside
	}
	s := survey{library: l, seen: map[*yaml.Node]*resource{}}
	if root.Get("openapi") != nil {
		s.container(root, res)
	} else {
		s.schema(root, res)
	}
	l.parts[root] = s.parts
	if s.addressed {
		maps.Copy(l.homes, s.seen)
	}
	return res
}

func (l *library) resource(root *yaml.Node, uri string, m mode) *resource {
	return &resource{uri: uri, root: root, anchors: map[string]*yaml.Node{}, dynamic: map[string]*yaml.Node{}, mode: m}
}

// A target is what a reference leads to.
type target struct {
	node    *yaml.Node
	res     *resource
	name    string // of a component or definition; empty if it is none
	dynamic string // the anchor, if it is a dynamic one
}

// resolve follows a reference that stands in res.
func (l *library) resolve(res *resource, ref string) (target, error) {
	address, fragment, _ := strings.Cut(ref, "#")
	to, err := l.find(res, address)
	if err != nil {
		return target{}, err
	}
	if decoded, err := url.PathUnescape(fragment); err == nil {
		fragment = decoded
	}
	switch {
	case fragment == "":
		return target{node: to.root, res: to, name: documentName(address)}, nil
	case fragment[0] != '/':
		node := to.anchors[fragment]
		if node == nil {
			return target{}, errNoAnchor(fragment)
		}
		t := target{node: node, res: to}
		if to.dynamic[fragment] != nil {
			t.dynamic = fragment
		}
		return t, nil
	}
	return l.walk(to, fragment)
}

type errNoAnchor string

func (e errNoAnchor) Error() string { return "there is no anchor `" + string(e) + "`" }

type errNoPlace string

func (e errNoPlace) Error() string { return "there is nothing at `" + string(e) + "`" }

// find is the resource with an address relative to res.
func (l *library) find(res *resource, address string) (*resource, error) {
	if address == "" {
		return res.whole(), nil
	}
	uri := ResolveURI(res.uri, address)
	if to := l.addresses[uri]; to != nil {
		return to, nil
	}
	root, err := metaschema(uri)
	if root == nil && err == nil {
		root, err = l.resolver.Document(res.uri, address)
	}
	if err != nil {
		return nil, err
	}
	to := l.open(root, res.mode)
	l.addresses[uri] = to
	return to, nil
}

// walk follows a JSON Pointer from the root of a resource.
func (l *library) walk(res *resource, pointer string) (target, error) {
	node := res.root
	steps := strings.Split(pointer[1:], "/")
	for i, step := range steps {
		if strings.IndexByte(step, '~') >= 0 { // RFC 6901, section 4
			step = faultline.UnescapePointer(step)
		}
		steps[i] = step
		next := node.Get(step)
		if n, err := strconv.Atoi(step); node.Kind == yaml.Array && err == nil && n >= 0 && n < len(node.Items) {
			next = node.Items[n]
		}
		if next == nil {
			return target{}, errNoPlace("#" + pointer)
		}
		node = next
		if inner := l.inner[node]; inner != nil {
			res = inner
		}
	}
	return target{node: node, res: res, name: componentName(steps)}, nil
}

// componentName is the name by which people know a schema.
func componentName(steps []string) string {
	n := len(steps)
	if n == 3 && steps[0] == "components" && steps[1] == "schemas" || n >= 2 && (steps[n-2] == "$defs" || steps[n-2] == "definitions") {
		return steps[n-1]
	}
	return ""
}

// documentName is the name of a schema that has a file of its own.
func documentName(address string) string {
	base := address[strings.LastIndexByte(address, '/')+1:]
	name, _, _ := strings.Cut(base, ".")
	return name
}

// ResolveURI resolves a reference as RFC 3986, section 5.2, says. Names of files
// are relative references themselves and stay so.
func ResolveURI(base, ref string) string {
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	if r.IsAbs() || base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	if !b.IsAbs() {
		// ResolveReference makes a relative base absolute; undo that.
		out := (&url.URL{Path: "/" + strings.TrimPrefix(b.Path, "/")}).ResolveReference(r).String()
		if !strings.HasPrefix(b.Path, "/") && !strings.HasPrefix(ref, "/") {
			out = strings.TrimPrefix(out, "/")
		}
		return out
	}
	return b.ResolveReference(r).String()
}

func text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.String {
		return ""
	}
	return n.Text
}
