package contract

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A Callback is a request that the provider of the API sends in consequence of
// a call (OpenAPI 3.1.0, section 4.8.18).
type Callback struct {
	Name       string // in `callbacks`
	Expression string // the address, with runtime expressions: "{$request.body#/url}?id={$response.body#/id}"
	Operation  *Operation
}

// Callbacks are the requests that follow a call of the operation, in the order
// of the document. The provider of the API is their client.
func (op *Operation) Callbacks() []Callback { return op.callbacks }

func (l *loader) readCallbacks(op *Operation, list *yaml.Node) error {
	if list == nil || list.Kind == yaml.Null {
		return nil
	}
	if list.Kind != yaml.Object {
		return l.docs.fail(list.Pos, "`callbacks` must be an object keyed by name", "")
	}
	for i := range list.Members {
		m := &list.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		n, err := l.docs.follow(m.Value)
		if err != nil {
			return err
		}
		if slices.Contains(l.calling, n) {
			l.tolerate(m.Pos, "callback-circle", "the callback leads to itself: it is read once", "")
			continue
		}
		l.calling = append(l.calling, n)
		err = l.readCallback(op, m.Key, n)
		l.calling = l.calling[:len(l.calling)-1]
		if err != nil {
			return err
		}
	}
	return nil
}

// readCallback reads one Callback Object. What is broken in it leaves the
// operations of the callback unverified, not the one that leads to it.
func (l *loader) readCallback(op *Operation, name string, n *yaml.Node) error {
	for i := range n.Members {
		m := &n.Members[i]
		if strings.HasPrefix(m.Key, "x-") || m.Key == "$ref" {
			continue
		}
		if _, err := parseExpressions(m.Key); err != nil {
			l.tolerate(m.Pos, "runtime-expression", "the address of the callback `"+name+"` is not one: "+err.Error(), "write `{$request.body#/url}` or another runtime expression")
		}
		err := l.readItem(m.Value, place{template: m.Key, called: true, settle: func(found *Operation, _ []Server) error {
			op.callbacks = append(op.callbacks, Callback{name, m.Key, found})
			return nil
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
