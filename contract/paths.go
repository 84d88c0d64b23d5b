package contract

import (
	"errors"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/internal/yaml"
)

func (l *loader) readPaths() error {
	paths := l.root.Get("paths")
	switch {
	case paths == nil && l.v31 && (l.root.Get("webhooks") != nil || l.root.Get("components") != nil):
		return nil
	case paths == nil, paths.Kind == yaml.Null:
		l.tolerate(l.root.Pos, "paths", "the description has no `paths`: it knows no operation", "add `paths`")
		return nil
	case paths.Kind != yaml.Object:
		return l.docs.fail(paths.Pos, "`paths` must be an object keyed by path", "")
	}
	for i := range paths.Members {
		m := &paths.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		if err := l.readPath(m); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) readPath(m *yaml.Member) error {
	template := m.Key
	if !strings.HasPrefix(template, "/") {
		template = "/" + template
		l.tolerate(m.Pos, "path-slash", fmt.Sprintf("the path `%s` does not begin with a slash", m.Key), fmt.Sprintf("write `%s`", template))
	}
	return l.readItem(m.Value, place{template: template, settle: func(op *Operation, own []Server) error {
		if own == nil {
			own = l.offered
		}
		return l.route(op, m.Pos, own)
	}})
}

// A place is where a path item stands: below a path, or elsewhere under a name.
type place struct {
	template string
	called   bool                                    // below webhooks or a callback
	settle   func(op *Operation, own []Server) error // given each operation that was read, and the servers that are its own
}

// readItem reads the operations of a path item.
func (l *loader) readItem(n *yaml.Node, where place) error {
	item, err := l.pathItem(n)
	if err != nil {
		return err
	}
	servers, _, err := l.pathServers(item)
	if err != nil {
		return err
	}
	for _, part := range item {
		for found := range l.operationsOf(part) {
			if l.overridden(item, part, found) {
				continue
			}
			if err := l.readOperation(item, found, servers, where); err != nil {
				return err
			}
		}
	}
	return nil
}

// pathItem returns a path item and the ones that it refers to; fields of an
// earlier one hide those of a later one.
func (l *loader) pathItem(n *yaml.Node) ([]*yaml.Node, error) {
	var out, chain []*yaml.Node
	for {
		if n.Kind == yaml.Null {
			return out, nil
		}
		if n.Kind != yaml.Object {
			return nil, l.docs.fail(n.Pos, "a path must be an object keyed by method", "")
		}
		out = append(out, n)
		ref := refOf(n)
		if ref == nil {
			return out, nil
		}
		var err error
		if chain, err = l.docs.link(chain, n); err != nil {
			return nil, err
		}
		if n, err = l.docs.resolve(ref.Text, ref.Pos); err != nil {
			return nil, err
		}
	}
}

func (l *loader) pathServers(item []*yaml.Node) ([]Server, bool, error) {
	if l.old != nil {
		return nil, false, nil
	}
	for _, part := range item {
		if servers, ok, err := l.servers(part); ok || err != nil {
			return servers, ok, err
		}
	}
	return nil, false, nil
}

func (l *loader) operationID(n *yaml.Node, op *Operation) string {
	fallback := op.Method + " " + op.Template
	id := n.Get("operationId")
	if id == nil || id.Text == "" {
		return fallback
	}
	if first, twice := l.ids[id.Text]; twice {
		l.tolerate(id.Pos, "operation-id-unique", fmt.Sprintf("the operationId `%s` is used twice, first by %s %s: this operation is called `%s`",
			id.Text, first.Method, first.Template, fallback), "give one of the two a name of its own")
		return fallback
	}
	l.ids[id.Text] = op
	return id.Text
}

// route adds the operation to the router below each base path of its servers.
func (l *loader) route(op *Operation, at yaml.Pos, servers []Server) error {
	template, query := cutQuery(op.Template)
	op.query = query
	number := len(l.c.ops)
	l.c.ops = append(l.c.ops, op)
	for _, base := range l.bases(servers) {
		err := l.routes.Add(base, template, op.Method, number)
		var conflict *route.ConflictError
		if errors.As(err, &conflict) && op.query != l.c.ops[conflict.Op].query {
			first := l.c.ops[conflict.Op]
			first.variants = append(first.variants, op)
			continue
		}
		if conflict != nil {
			l.giveUp(at, fmt.Sprintf("the path matches the same requests as `%s`, which comes first", conflict.Template),
				"drop one of the two, or tell them apart by more than the names of their expressions")
			continue
		}
		if err != nil {
			l.giveUp(at, fmt.Sprintf("path `%s`: %v", op.Template, err), "write an expression as `{name}`")
			return nil
		}
	}
	return nil
}

// bases are the base paths of servers. Their hosts are noted.
func (l *loader) bases(servers []Server) []string {
	var out []string
	for _, s := range servers {
		l.anyHost = l.anyHost || len(s.Hosts) == 0
		for _, host := range s.Hosts {
			if !l.known[host] {
				l.known[host] = true
				l.hosts = append(l.hosts, host)
			}
		}
		for _, base := range s.Bases {
			out = appendNew(out, base)
		}
	}
	return out
}

// cutQuery takes the query off a path. OpenAPI has none there, but some
// descriptions tell operations apart by it: `/responses?beta=true`.
func cutQuery(path string) (template, query string) {
	template, _, _ = strings.Cut(path, "#")
	template, query, _ = strings.Cut(template, "?")
	if strings.ContainsAny(query, "{}") {
		return template, "" // documents parameters, tells nothing apart
	}
	return template, query
}
