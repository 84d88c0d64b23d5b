package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// answers gives the responses of an operation the form of OpenAPI 3.
func (s *swagger) answers(list, produces *yaml.Node) (*yaml.Node, error) {
	if list == nil || list.Kind != yaml.Object {
		return list, nil
	}
	out := newObject(list.Pos)
	for i := range list.Members {
		m := list.Members[i]
		if !strings.HasPrefix(m.Key, "x-") {
			n, err := s.l.docs.follow(m.Value)
			if err != nil {
				return nil, err
			}
			if m.Value, err = s.response(n, produces); err != nil {
				return nil, err
			}
		}
		out.Members = append(out.Members, m)
	}
	return out, nil
}

func (s *swagger) response(n, produces *yaml.Node) (*yaml.Node, error) {
	if n.Kind != yaml.Object {
		return n, nil
	}
	key := swaggerResponse{n, produces}
	if out := s.responses[key]; out != nil {
		return out, nil
	}
	out := newObject(n.Pos)
	keep(out, n, "description")
	if schema := n.Get("schema"); schema != nil {
		set(out, "content", s.content(n, schema, produces))
	}
	headers, err := s.headers(n.Get("headers"))
	if err != nil {
		return nil, err
	}
	set(out, "headers", headers)
	s.responses[key] = out
	return out, nil
}

// content makes an entry for each media type that is produced. A schema of the
// type file says that the answer is any file of these types.
func (s *swagger) content(n, schema, produces *yaml.Node) *yaml.Node {
	entry := newObject(n.Pos)
	if !isFile(schema) {
		set(entry, "schema", schema)
	}
	out := contentOf(n.Pos, entry, produces)
	examples := n.Get("examples")
	for i := range out.Members {
		if example := examples.Get(out.Members[i].Key); example != nil {
			out.Members[i].Value = set(object(entry.Pos, entry.Members...), "example", example)
		}
	}
	return out
}

// headers gives Header Objects the form of OpenAPI 3.
func (s *swagger) headers(list *yaml.Node) (*yaml.Node, error) {
	if list == nil || list.Kind != yaml.Object {
		return list, nil
	}
	out := newObject(list.Pos)
	for i := range list.Members {
		m := list.Members[i]
		n, err := s.l.docs.follow(m.Value)
		if err != nil {
			return nil, err
		}
		schema := s.schema(n)
		format, err := s.collectionFormat(n, schema)
		if err != nil {
			return nil, err
		}
		if format != "" && format != "csv" {
			return nil, &unsupportedError{s.l.docs.fail(m.Pos, fmt.Sprintf("the collectionFormat `%s` in the header `%s` is not supported", format, m.Key), "")}
		}
		header := newObject(n.Pos)
		keep(header, n, "description")
		m.Value = set(header, "schema", schema)
		out.Members = append(out.Members, m)
	}
	return out, nil
}
