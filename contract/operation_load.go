package contract

import (
	"fmt"

	"github.com/faultline-http/faultline/internal/yaml"
)

// readOperation reads one operation of a path item.
func (l *loader) readOperation(item []*yaml.Node, m methodMember, servers []Server, where place) error {
	if len(l.all) >= l.limits.Operations {
		return l.docs.refuse(m.Pos, fmt.Sprintf("the contract has more than %d operations", l.limits.Operations), "")
	}
	op := &Operation{Method: m.method, Template: where.template, Source: source(m.Pos), contract: l.c, called: where.called}
	op.ID = l.operationID(m.Value, op)
	l.all = append(l.all, op)
	if l.nodes[m.Value] == nil {
		l.nodes[m.Value] = op
	}
	outer := l.op
	l.op = op
	defer func() { l.op = outer }()
	item, n, err := l.modern(item, m.Value)
	if err = l.settle(err); err != nil {
		return err
	}
	own, ok, err := l.servers(n)
	if err = l.settle(err); err != nil {
		return err
	}
	if ok {
		servers = own
	}
	if err := l.readContents(op, item, n); err != nil {
		return err
	}
	return where.settle(op, servers)
}

// modern gives an operation the form of OpenAPI 3.
func (l *loader) modern(item []*yaml.Node, n *yaml.Node) ([]*yaml.Node, *yaml.Node, error) {
	switch {
	case n.Kind == yaml.Null:
		l.tolerate(n.Pos, "operation-object", "the operation says nothing: any call and any answer is taken", "add `responses`")
		return item, newObject(n.Pos), nil
	case n.Kind != yaml.Object:
		return item, newObject(n.Pos), l.docs.fail(n.Pos, "an operation must be an object", "write an object with `responses`")
	case l.old == nil:
		return item, n, nil
	}
	parts, out, err := l.old.operation(item, n)
	if err != nil {
		return nil, newObject(n.Pos), err
	}
	return parts, out, nil
}

// readContents reads all that requests and answers of an operation are held
// to. What of it is broken leaves the operation unverified.
func (l *loader) readContents(op *Operation, item []*yaml.Node, n *yaml.Node) error {
	for _, read := range [...]func() error{
		func() error { return l.readParameters(op, item, n) },
		func() error { return l.readBody(op, n.Get("requestBody")) },
		func() error { return l.readResponses(op, n) },
		func() error { return l.readRequirements(op, n.Get("security")) },
		func() error { return l.readCallbacks(op, n.Get("callbacks")) },
	} {
		if err := l.settle(read()); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) readRequirements(op *Operation, n *yaml.Node) error {
	if n == nil {
		op.security = l.security
		return l.securityErr
	}
	var err error
	op.security, err = l.readSecurity(n)
	return err
}
