package schema

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/yaml"
)

// A resource is a schema with an address of its own (JSON Schema 2020-12,
// section 4.3.5): the root of a document, or a schema with $id.
type resource struct {
	uri     string // what references in it are relative to
	file    string // the document's name, which the Resolver knows it by
	root    *yaml.Node
	anchors map[string]*yaml.Node // $anchor and $dynamicAnchor
	dynamic map[string]*yaml.Node // $dynamicAnchor
}

// library knows the documents that were opened.
type library struct {
	resolver  Resolver
	documents map[*yaml.Node]*resource // by root
	addresses map[string]*resource     // by URI
	inner     map[*yaml.Node]*resource // schemas with $id, by node
	homes     map[*yaml.Node]*resource // schemas of documents that have inner ones
}

func newLibrary(r Resolver) *library {
	return &library{
		resolver:  r,
		documents: map[*yaml.Node]*resource{},
		addresses: map[string]*resource{},
		inner:     map[*yaml.Node]*resource{},
		homes:     map[*yaml.Node]*resource{},
	}
}

// home is the resource that a node belongs to.
func (l *library) home(node *yaml.Node) *resource {
	if res := l.homes[node]; res != nil {
		return res
	}
	root, err := l.resolver.Document(node.Pos.File, "")
	if err != nil || root == nil {
		root = node
	}
	return l.open(root)
}

// open files a document and all the addresses in it.
func (l *library) open(root *yaml.Node) *resource {
	if res := l.documents[root]; res != nil {
		return res
	}
	res := &resource{uri: root.Pos.File, file: root.Pos.File, root: root}
	l.documents[root] = res
	l.addresses[res.uri] = res
	if root.Get("swagger") != nil || strings.HasPrefix(text(root.Get("openapi")), "3.0") {
		return res // OpenAPI before 3.1 has no addresses inside
	}
	s := survey{library: l}
	if root.Get("openapi") != nil {
		s.container(root, res)
	} else {
		s.schema(root, res)
	}
	if s.addressed {
		l.homes = s.homes(l.homes)
	}
	return l.documents[root]
}

// A survey walks a document for $id, $anchor and $dynamicAnchor. It looks only
// where schemas stand: the same words inside an enum mean nothing.
type survey struct {
	library   *library
	addressed bool
	seen      map[*yaml.Node]*resource
}

func (s *survey) homes(all map[*yaml.Node]*resource) map[*yaml.Node]*resource {
	maps.Copy(all, s.seen)
	return all
}

// container walks the parts of an OpenAPI document around its schemas.
func (s *survey) container(node *yaml.Node, res *resource) {
	for _, item := range node.Items {
		s.container(item, res)
	}
	for i := range node.Members {
		m := &node.Members[i]
		switch m.Key {
		case "schema":
			s.schema(m.Value, res)
		case "schemas":
			for j := range m.Value.Members {
				s.schema(m.Value.Members[j].Value, res)
			}
		case "example", "examples", "default", "enum":
		default:
			s.container(m.Value, res)
		}
	}
}

func (s *survey) schema(node *yaml.Node, res *resource) {
	if node.Kind != yaml.Object {
		return
	}
	if s.seen == nil {
		s.seen = map[*yaml.Node]*resource{}
	}
	if _, again := s.seen[node]; again {
		return
	}
	if id := text(node.Get("$id")); id != "" {
		address := resolveURI(res.uri, strings.TrimSuffix(id, "#"))
		if s.library.documents[node] == nil {
			s.addressed = true
			res = &resource{file: res.file, root: node}
			s.library.inner[node] = res
		}
		res.uri = address
		s.library.addresses[address] = res
	}
	s.seen[node] = res
	for _, keyword := range [...]string{"$anchor", "$dynamicAnchor"} {
		name := text(node.Get(keyword))
		if name == "" {
			continue
		}
		if res.anchors == nil {
			res.anchors, res.dynamic = map[string]*yaml.Node{}, map[string]*yaml.Node{}
		}
		res.anchors[name] = node
		if keyword == "$dynamicAnchor" {
			res.dynamic[name] = node
		}
	}
	for i := range node.Members {
		m := &node.Members[i]
		switch m.Key {
		case "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames",
			"unevaluatedItems", "unevaluatedProperties", "contentSchema":
			s.schema(m.Value, res)
		case "allOf", "anyOf", "oneOf", "prefixItems":
			for _, item := range m.Value.Items {
				s.schema(item, res)
			}
		case "properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions":
			for j := range m.Value.Members {
				s.schema(m.Value.Members[j].Value, res)
			}
		}
	}
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
		return res, nil
	}
	uri := resolveURI(res.uri, address)
	if to := l.addresses[uri]; to != nil {
		return to, nil
	}
	root, err := l.resolver.Document(res.uri, address)
	if err != nil {
		return nil, err
	}
	to := l.open(root)
	l.addresses[uri] = to
	return to, nil
}

// walk follows a JSON Pointer from the root of a resource.
func (l *library) walk(res *resource, pointer string) (target, error) {
	node := res.root
	steps := strings.Split(pointer[1:], "/")
	for i, step := range steps {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
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

// resolveURI is RFC 3986, section 5.2. Names of files are relative references
// themselves and stay so.
func resolveURI(base, ref string) string {
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
