package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Link says how an answer leads to another call (OpenAPI 3.1.0, section
// 4.8.20).
type Link struct {
	Name       string
	Operation  string          // ID of the operation that it leads to; empty if the contract has none
	Parameters []LinkParameter // in the order of the document
	Body       string          // the runtime expression or JSON text of requestBody; empty if there is none
	Source     faultline.Source
}

// A LinkParameter is a value that a link passes on.
type LinkParameter struct {
	In         faultline.Part // empty if the document does not say
	Name       string
	Expression string // a runtime expression; empty if Value is fixed
	Value      string
}

// Links are the links of the answer that is documented for a status.
func (op *Operation) Links(status int) []Link {
	r, _ := op.documented(status)
	if r == nil {
		return nil
	}
	return r.links
}

// pendingLink is a link whose operation is looked up when all are known.
type pendingLink struct {
	op              *Operation // that has it
	response, index int
	node            *yaml.Node
}

func (l *loader) readLinks(op *Operation, r *response, list *yaml.Node) {
	if list == nil || list.Kind != yaml.Object {
		return
	}
	for i := range list.Members {
		m := &list.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		n, err := l.docs.follow(m.Value)
		if err != nil {
			l.linkNotice(m.Pos, m.Key, "its reference leads nowhere", "")
			continue
		}
		link := Link{Name: m.Key, Source: source(m.Pos)}
		l.linkParameters(&link, n)
		if body := n.Get("requestBody"); body != nil {
			link.Body = string(schema.AppendNode(nil, body))
			if body.Kind == yaml.String {
				link.Body = body.Text
			}
		}
		r.links = append(r.links, link)
		l.links = append(l.links, pendingLink{op: op, response: len(op.responses), index: len(r.links) - 1, node: n})
	}
}

func (l *loader) linkNotice(at yaml.Pos, name, what, remedy string) {
	l.tolerate(at, "link", fmt.Sprintf("the link `%s` is broken: %s", name, what), remedy)
}

func (l *loader) linkParameters(link *Link, n *yaml.Node) {
	list := n.Get("parameters")
	if list == nil {
		return
	}
	for i := range list.Members {
		m := &list.Members[i]
		p := LinkParameter{Name: m.Key}
		if in, name, found := strings.Cut(m.Key, "."); found {
			switch part := faultline.Part(in); part {
			case faultline.InPath, faultline.InQuery, faultline.InHeader, faultline.InCookie:
				p.In, p.Name = part, name
			}
		}
		switch {
		case m.Value.Kind == yaml.String && strings.HasPrefix(m.Value.Text, "$"):
			p.Expression = m.Value.Text
			if _, err := parseExpression(p.Expression); err != nil {
				l.linkNotice(m.Value.Pos, link.Name, err.Error(), "write a runtime expression such as $response.body#/id")
			}
		case m.Value.Kind == yaml.String:
			p.Value = m.Value.Text
		default:
			p.Value = string(schema.AppendNode(nil, m.Value))
		}
		link.Parameters = append(link.Parameters, p)
	}
}
