package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A swagger turns parts of an OpenAPI 2.0 document into the form that OpenAPI
// 3 gave them, when they are read: only then is it known what a node is, since
// references lead to parts of other files. New nodes stand where their sources
// stand; schemas stay what they are and are read in their own dialect.
type swagger struct {
	l                  *loader
	consumes, produces *yaml.Node // of the document
	parameters         map[*yaml.Node]*yaml.Node
	responses          map[swaggerResponse]*yaml.Node
}

// swaggerResponse is what the form of a response depends on.
type swaggerResponse struct{ node, produces *yaml.Node }

func newSwagger(l *loader) *swagger {
	return &swagger{
		l:          l,
		consumes:   l.root.Get("consumes"),
		produces:   l.root.Get("produces"),
		parameters: map[*yaml.Node]*yaml.Node{},
		responses:  map[swaggerResponse]*yaml.Node{},
	}
}

// operation gives an operation and its path item the form of OpenAPI 3.
func (s *swagger) operation(item []*yaml.Node, n *yaml.Node) ([]*yaml.Node, *yaml.Node, error) {
	out := newObject(n.Pos)
	for i := range n.Members {
		switch m := &n.Members[i]; m.Key {
		case "parameters", "responses", "consumes", "produces", "schemes", "requestBody", "servers":
		default:
			out.Members = append(out.Members, *m)
		}
	}
	own, body, err := s.split(n.Get("parameters"))
	if err != nil {
		return nil, nil, err
	}
	set(out, "parameters", own)
	var inherited []*yaml.Node
	for _, part := range item {
		list, more, err := s.split(part.Get("parameters"))
		if err != nil {
			return nil, nil, err
		}
		inherited = append(inherited, set(newObject(part.Pos), "parameters", list))
		body = body.inherit(more)
	}
	consumes, produces := orElse(n.Get("consumes"), s.consumes), orElse(n.Get("produces"), s.produces)
	requestBody, err := s.requestBody(body, consumes)
	if err != nil {
		return nil, nil, err
	}
	set(out, "requestBody", requestBody)
	responses, err := s.answers(n.Get("responses"), produces)
	if err != nil {
		return nil, nil, err
	}
	set(out, "responses", responses)
	return inherited, set(out, "servers", s.servers(n.Get("schemes"))), nil
}

func orElse(n, other *yaml.Node) *yaml.Node {
	if n != nil {
		return n
	}
	return other
}

// split tells the parameters that make up the body from the others, which it
// gives the form of OpenAPI 3.
func (s *swagger) split(list *yaml.Node) (*yaml.Node, swaggerBody, error) {
	var body swaggerBody
	if list == nil || list.Kind != yaml.Array {
		return list, body, nil
	}
	others := &yaml.Node{Kind: yaml.Array, Pos: list.Pos}
	for _, item := range list.Items {
		n, err := s.l.docs.follow(item)
		if err != nil {
			return nil, body, err
		}
		switch text(n, "in") {
		case "body":
			body.whole = append(body.whole, n)
		case "formData":
			body.fields = append(body.fields, n)
		default:
			n, err = s.parameter(n)
			if err != nil {
				return nil, body, err
			}
			others.Items = append(others.Items, n)
		}
	}
	return others, body, nil
}

// withServers is the document with the servers that host, basePath and schemes
// make.
func (s *swagger) withServers(root *yaml.Node) *yaml.Node {
	return set(object(root.Pos, root.Members...), "servers", s.addresses(root.Get("schemes")))
}

// servers are the addresses that host, basePath and schemes make (OpenAPI 2.0,
// Swagger Object). schemes are those of the operation; without any, and where
// the document has none either, there is nothing to say.
func (s *swagger) servers(schemes *yaml.Node) *yaml.Node {
	if schemes == nil {
		return nil
	}
	return s.addresses(schemes)
}

// addresses lists the servers of the document for some schemes.
func (s *swagger) addresses(schemes *yaml.Node) *yaml.Node {
	host, base := s.l.root.Get("host"), s.l.root.Get("basePath")
	at := orElse(orElse(host, base), s.l.root).Pos
	path := s.basePath(base)
	out := &yaml.Node{Kind: yaml.Array, Pos: at}
	add := func(url string) { out.Items = append(out.Items, object(at, newText(at, "url", url))) }
	if host == nil || host.Text == "" {
		add(orText(path, "/"))
		return out
	}
	name := s.host(host)
	if schemes == nil || len(schemes.Items) == 0 {
		add("//" + name + path) // the scheme by which the document is had
		return out
	}
	for _, scheme := range schemes.Items {
		add(scheme.Text + "://" + name + path)
	}
	return out
}

func (s *swagger) basePath(n *yaml.Node) string {
	if n == nil || n.Text == "" || n.Text == "/" {
		return ""
	}
	path := strings.TrimRight(n.Text, "/")
	if !strings.HasPrefix(path, "/") {
		s.l.tolerate(n.Pos, "base-path", fmt.Sprintf("the basePath `%s` does not begin with a slash", n.Text), fmt.Sprintf("write `/%s`", path))
		path = "/" + path
	}
	return path
}

// host is the name alone: a scheme or path beside it is a mistake of known
// meaning only as far as the scheme goes.
func (s *swagger) host(n *yaml.Node) string {
	name := n.Text
	if _, after, found := strings.Cut(name, "://"); found {
		name = strings.TrimRight(after, "/")
		s.l.tolerate(n.Pos, "host", fmt.Sprintf("the host `%s` has a scheme", n.Text), fmt.Sprintf("write `%s`, and the scheme below `schemes`", name))
	}
	return name
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
