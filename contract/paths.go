package contract

import (
	"errors"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/contract/internal/yaml"
)

// methods are the fixed fields of a Path Item (OpenAPI 3.1.0, section 4.8.9).
var methods = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

func methodOf(key string) (string, bool) {
	for _, m := range methods {
		if m == key {
			return strings.ToUpper(m), true
		}
	}
	return "", false
}

func (l *loader) readPaths() error {
	paths := l.root.Get("paths")
	if paths == nil {
		if l.v31 && (l.root.Get("webhooks") != nil || l.root.Get("components") != nil) {
			return nil
		}
		l.notice(l.root.Pos, "the description has no `paths`: it knows no operation")
		return nil
	}
	if paths.Kind != yaml.Object {
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
	if !strings.HasPrefix(m.Key, "/") {
		return l.docs.fail(m.Pos, fmt.Sprintf("the path `%s` does not begin with a slash", m.Key), fmt.Sprintf("write `/%s`", m.Key))
	}
	item, err := l.pathItem(m.Value)
	if err != nil {
		return err
	}
	servers, own, err := l.pathServers(item)
	if err != nil {
		return err
	}
	if !own {
		servers = l.offered
	}
	for _, part := range item {
		for i := range part.Members {
			om := &part.Members[i]
			method, is := methodOf(om.Key)
			if !is || overridden(item, part, om.Key) {
				continue
			}
			if err := l.readOperation(m, item, om, method, servers); err != nil {
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

func overridden(item []*yaml.Node, part *yaml.Node, key string) bool {
	for _, earlier := range item {
		if earlier == part {
			return false
		}
		if earlier.Get(key) != nil {
			return true
		}
	}
	return false
}

func (l *loader) pathServers(item []*yaml.Node) ([]Server, bool, error) {
	for _, part := range item {
		if servers, ok, err := l.servers(part); ok || err != nil {
			return servers, ok, err
		}
	}
	return nil, false, nil
}

func (l *loader) readOperation(path *yaml.Member, item []*yaml.Node, m *yaml.Member, method string, servers []Server) error {
	n := m.Value
	if n.Kind != yaml.Object {
		return l.docs.fail(n.Pos, fmt.Sprintf("the operation `%s` of `%s` must be an object", m.Key, path.Key), "")
	}
	op := &Operation{Method: method, Template: path.Key, Source: source(m.Pos), contract: l.c}
	op.ID = l.operationID(n, op)
	l.op = op
	defer func() { l.op = nil }()
	own, ok, err := l.servers(n)
	if err != nil {
		return err
	}
	if ok {
		servers = own
	}
	if err := l.readContents(op, item, n); err != nil {
		return err
	}
	return l.route(op, path, servers)
}

// readContents reads all that requests and answers of an operation are held
// to.
func (l *loader) readContents(op *Operation, item []*yaml.Node, n *yaml.Node) error {
	if err := l.readParameters(op, item, n); err != nil {
		return err
	}
	if err := l.readBody(op, n.Get("requestBody")); err != nil {
		return err
	}
	if err := l.readResponses(op, n); err != nil {
		return err
	}
	op.security = l.security
	if s := n.Get("security"); s != nil {
		own, err := l.readSecurity(s)
		if err != nil {
			return err
		}
		op.security = own
	}
	return nil
}

func (l *loader) operationID(n *yaml.Node, op *Operation) string {
	fallback := op.Method + " " + op.Template
	id := n.Get("operationId")
	if id == nil || id.Text == "" {
		return fallback
	}
	if first, twice := l.ids[id.Text]; twice {
		l.notice(id.Pos, fmt.Sprintf("the operationId `%s` is used twice, first by %s %s: this operation is called `%s`",
			id.Text, first.Method, first.Template, fallback))
		return fallback
	}
	l.ids[id.Text] = op
	return id.Text
}

// route adds the operation to the router below each base path of its servers.
func (l *loader) route(op *Operation, path *yaml.Member, servers []Server) error {
	if len(l.c.ops) >= l.limits.Operations {
		return l.docs.fail(yaml.Pos{File: op.Source.File, Line: op.Source.Line, Column: op.Source.Column},
			fmt.Sprintf("the contract has more than %d operations", l.limits.Operations), "")
	}
	template, query := cutQuery(path.Key)
	op.query = query
	number := len(l.c.ops)
	l.c.ops = append(l.c.ops, op)
	var bases []string
	for _, s := range servers {
		l.anyHost = l.anyHost || len(s.Hosts) == 0
		for _, host := range s.Hosts {
			l.hosts = appendNew(l.hosts, host)
		}
		for _, base := range s.Bases {
			bases = appendNew(bases, base)
		}
	}
	for _, base := range bases {
		err := l.routes.Add(base, template, op.Method, number)
		var conflict *route.ConflictError
		if errors.As(err, &conflict) && op.query != l.c.ops[conflict.Op].query {
			first := l.c.ops[conflict.Op]
			first.variants = append(first.variants, op)
			continue
		}
		if conflict != nil {
			l.giveUp(path.Pos, fmt.Sprintf("the path matches the same requests as `%s`, which comes first", conflict.Template), "drop one of the two, or tell them apart by more than the names of their expressions")
			continue
		}
		if err != nil {
			return l.docs.fail(path.Pos, fmt.Sprintf("path `%s`: %v", path.Key, err), "")
		}
	}
	return nil
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
