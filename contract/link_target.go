package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// settleLinks finds the operations that links lead to.
func (l *loader) settleLinks() {
	for i := range l.links {
		p := &l.links[i]
		link := &p.op.responses[p.response].links[p.index]
		target := l.linkTarget(p.node, link)
		if target == nil {
			continue
		}
		link.Operation = target.ID
		l.checkLink(p.node, link, target)
	}
}

func (l *loader) linkTarget(n *yaml.Node, link *Link) *Operation {
	id, ref := n.Get("operationId"), n.Get("operationRef")
	switch {
	case id != nil && ref != nil:
		l.linkNotice(n.Pos, link.Name, "it has an `operationId` and an `operationRef`, of which one has to be absent", "keep one of the two")
		return nil
	case id != nil:
		if op := l.ids[id.Text]; op != nil {
			return op
		}
		names := slices.Sorted(maps.Keys(l.ids))
		remedy := "name an operation by its operationId"
		if near := nearest(id.Text, names); near != "" {
			remedy = fmt.Sprintf("write `%s`, which exists", near)
		}
		l.linkNotice(id.Pos, link.Name, fmt.Sprintf("there is no operation `%s`", id.Text), remedy)
	case ref != nil:
		return l.linkRef(ref, link)
	default:
		l.linkNotice(n.Pos, link.Name, "it names no operation", "add `operationId`")
	}
	return nil
}

// linkRef follows an operationRef. One to another description is an address
// that need not be read.
func (l *loader) linkRef(ref *yaml.Node, link *Link) *Operation {
	n, err := l.docs.resolve(ref.Text, ref.Pos)
	if err != nil {
		l.linkNotice(ref.Pos, link.Name, fmt.Sprintf("its operationRef `%s` leads nowhere", ref.Text), "write a JSON Pointer such as #/paths/~1orders~1{id}/get")
		return nil
	}
	return l.nodes[n]
}

// checkLink tells of parameters that the operation does not have.
func (l *loader) checkLink(n *yaml.Node, link *Link, op *Operation) {
	list := n.Get("parameters")
	for i, p := range link.Parameters {
		known := false
		for j := range op.params {
			q := &op.params[j]
			known = known || q.name == p.Name && (p.In == "" || p.In == q.in) || q.in == p.In && p.In == faultline.InHeader && strings.EqualFold(q.name, p.Name)
		}
		if !known && op.unverified == "" {
			l.linkNotice(list.Members[i].Pos, link.Name, fmt.Sprintf("`%s` has no parameter `%s`", op.ID, list.Members[i].Key), "name a parameter that the operation declares")
		}
	}
}
