package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A response is one entry of an operation's `responses`.
type response struct {
	status  int // 200; 4 stands for 4XX; 0 for default
	media   []media
	headers []parameter
	links   []Link
	source  faultline.Source
}

func (l *loader) readResponses(op *Operation, n *yaml.Node) error {
	list := n.Get("responses")
	if list == nil || list.Kind == yaml.Null {
		l.tolerateAt(op.Source, "operation-responses", op.ID+" documents no responses: any answer is taken", "add `responses` with the answers that there are")
		return nil
	}
	if list.Kind != yaml.Object {
		return l.docs.fail(list.Pos, "`responses` must be an object keyed by status", "")
	}
	for i := range list.Members {
		m := &list.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		if err := l.readResponse(op, m); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) readResponse(op *Operation, m *yaml.Member) error {
	status, ok := statusOf(m.Key)
	if !ok {
		l.tolerate(m.Pos, "response-status", fmt.Sprintf("the response `%s` of %s is no status, no range such as 4XX and not `default`: it is left out", m.Key, op.ID),
			"write a status such as '404', a range such as 4XX, or `default`")
		return nil
	}
	n, err := l.docs.follow(m.Value)
	if err != nil {
		return l.settle(err)
	}
	if n.Kind != yaml.Object {
		return l.docs.fail(n.Pos, fmt.Sprintf("the response `%s` must be an object", m.Key), "")
	}
	if d := n.Get("description"); !l.v32 && (d == nil || d.Kind == yaml.Null) { // optional since OpenAPI 3.2
		l.tolerate(n.Pos, "response-description", fmt.Sprintf("the response `%s` of %s has no `description`", m.Key, op.ID), "add a `description` that says what the answer means")
	}
	r := response{status: status, source: source(m.Pos)}
	if r.media, err = l.readContent(n.Get("content"), schema.Response); err != nil {
		return err
	}
	if r.headers, err = l.readHeadersOf(n.Get("headers"), schema.Response); err != nil {
		return err
	}
	l.readLinks(op, &r, n.Get("links"))
	op.responses = append(op.responses, r)
	return nil
}

// is2xx reports whether the entry is of a status of success, or of their range.
func (r *response) is2xx() bool { return r.status == 2 || r.status/100 == 2 }

// statusOf reads a key of `responses`.
func statusOf(key string) (int, bool) {
	if key == "default" {
		return 0, true
	}
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return 0, false
	}
	if strings.EqualFold(key[1:], "XX") {
		return int(key[0] - '0'), true
	}
	if key[1] < '0' || key[1] > '9' || key[2] < '0' || key[2] > '9' {
		return 0, false
	}
	return int(key[0]-'0')*100 + int(key[1]-'0')*10 + int(key[2]-'0'), true
}

// readHeadersOf reads a map of Header Objects, of an answer or of a part of a
// multipart body.
func (l *loader) readHeadersOf(n *yaml.Node, dir schema.Direction) ([]parameter, error) {
	if n == nil {
		return nil, nil
	}
	var out []parameter
	for i := range n.Members {
		m := &n.Members[i]
		if strings.EqualFold(m.Key, "Content-Type") { // OpenAPI 3.1.0, section 4.8.17: shall be ignored
			continue
		}
		h, err := l.docs.follow(m.Value)
		if err != nil {
			if err = l.settle(err); err != nil {
				return nil, err
			}
			continue
		}
		p := parameter{name: m.Key, in: faultline.InHeader, required: isTrue(h.Get("required")), id: schema.None, explode: isTrue(h.Get("explode")), source: source(m.Pos)}
		if err := l.settle(l.readHeaderSchema(&p, h, dir)); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (l *loader) readHeaderSchema(p *parameter, n *yaml.Node, dir schema.Direction) error {
	node := n.Get("schema")
	if c := n.Get("content"); c != nil && len(c.Members) > 0 {
		if !isJSON(mediaTypeOf(c.Members[0].Key)) {
			return nil // text of a kind that no schema is held against
		}
		node, p.style = c.Members[0].Value.Get("schema"), content
		if node == nil {
			node = l.anyJSON(n.Pos)
		}
	}
	var err error
	p.id, err = l.schema(node, dir)
	if err != nil {
		p.id = schema.None
	}
	return err
}

// documented returns what the contract says of a status: the status itself
// before its range before default (OpenAPI 3.1.0, section 4.8.16).
func (op *Operation) documented(status int) (r *response, byDefault bool) {
	var best *response
	for i := range op.responses {
		switch d := op.responses[i].status; {
		case d == status:
			return &op.responses[i], false
		case d == status/100 && d != 0:
			best = &op.responses[i]
		case d == 0 && best == nil:
			best = &op.responses[i]
		}
	}
	return best, best != nil && best.status == 0
}

// Documents reports whether the status is documented for the operation: exact
// by itself or by its range (4XX), byDefault only by "default".
func (op *Operation) Documents(status int) (exact, byDefault bool) {
	r, byDefault := op.documented(status)
	return r != nil && !byDefault, byDefault
}

// ResponseMediaTypes are the media types that an answer with the status may
// have, as the contract writes them.
func (op *Operation) ResponseMediaTypes(status int) []string {
	r, _ := op.documented(status)
	if r == nil {
		return nil
	}
	return mediaNames(r.media)
}

// AnswersByStatus reports whether a request with that method is a question of
// yes or no that this status answers: the operation documents the status, and
// no answer to the method has content. `GET /user/starred/{repo}` with 204 and
// 404 is one, and so is a HEAD.
func (op *Operation) AnswersByStatus(method string, status int) bool {
	if method != "GET" && method != "HEAD" {
		return false
	}
	documented := false
	for i := range op.responses {
		r := &op.responses[i]
		documented = documented || r.status == status
		if r.is2xx() && len(r.media) > 0 && method != "HEAD" {
			return false
		}
	}
	return documented
}
