package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A media is one entry of a `content` map.
type media struct {
	name   string // as the contract writes it
	typ    string // "application", lower case; "*" for any
	sub    string // "json"; "*" for any
	params []mediaParameter
	how    handling
	why    string    // of unjudged
	id     schema.ID // of the whole
	item   schema.ID // of each item of a stream
	whole  bool      // id is a schema of all items of a stream, as an array
	types  schema.Types
	fields map[string]encoding // of a form or multipart body
	spread []string            // the fields of a form that are objects in the style of parameters
	prefix []encoding          // of the first parts, by position
	rest   *encoding           // of the parts behind them; nil if not said

	anySchema bool // no schema is declared
	source    faultline.Source
}

// requestBody is what an operation takes as its body.
type requestBody struct {
	required bool
	media    []media
	source   faultline.Source
}

func (l *loader) readBody(op *Operation, n *yaml.Node) error {
	if n == nil || n.Kind == yaml.Null {
		return nil
	}
	n, err := l.docs.follow(n)
	if err != nil {
		return l.settle(err)
	}
	if n.Kind != yaml.Object {
		return l.docs.fail(n.Pos, "`requestBody` must be an object with `content`", "")
	}
	if n.Get("content") == nil {
		l.tolerate(n.Pos, "body-content", fmt.Sprintf("the requestBody of %s has no `content`: any body is taken", op.ID), "add `content` with the media types")
	}
	if l.ignoresBody(op.Method) {
		l.tolerate(n.Pos, "body-ignored", fmt.Sprintf("the requestBody of %s is ignored, as OpenAPI 3.0 wants it for %s", op.ID, op.Method), "say `openapi: 3.1.1` to have it judged")
		op.ignoresBody = true
		return nil
	}
	body := &requestBody{required: isTrue(n.Get("required")), source: source(n.Pos)}
	if body.media, err = l.readContent(n.Get("content"), schema.Request); err != nil {
		return err
	}
	op.body = body
	return nil
}

// ignoresBody reports whether a requestBody means nothing: OpenAPI 3.0.4, section
// 4.7.10.1, wants it ignored for the methods whose content HTTP leaves undefined
// (RFC 7231, sections 4.3.1, 4.3.2 and 4.3.5). 3.1 permits it.
func (l *loader) ignoresBody(method string) bool {
	return l.dialect == schema.OpenAPI30 && (method == "GET" || method == "HEAD" || method == "DELETE")
}

// readContent reads a `content` map.
func (l *loader) readContent(n *yaml.Node, dir schema.Direction) ([]media, error) {
	if n == nil || n.Kind == yaml.Null {
		return nil, nil
	}
	if n.Kind != yaml.Object {
		return nil, l.docs.fail(n.Pos, "`content` must be an object keyed by media type", "")
	}
	var out []media
	for i := range n.Members {
		m, err := l.readMedia(&n.Members[i], dir)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

func (l *loader) readMedia(member *yaml.Member, dir schema.Direction) (media, error) {
	m := media{name: member.Key, id: schema.None, item: schema.None, source: source(member.Pos), params: parametersOf(member.Key)}
	m.typ, m.sub, _ = strings.Cut(mediaTypeOf(member.Key), "/")
	n, err := l.docs.follow(member.Value)
	if err != nil {
		return m, l.settle(err)
	}
	node, item := n.Get("schema"), n.Get("itemSchema")
	m.anySchema = node == nil && item == nil
	if node == nil && m.takesJSON() {
		node = l.anyJSON(member.Pos)
	}
	if m.id, err = l.schema(node, dir); err != nil {
		m.id = schema.None
		return m, l.settle(err)
	}
	if m.item, err = l.schema(item, dir); err != nil {
		m.item = schema.None
		return m, l.settle(err)
	}
	return m, l.readEncodings(&m, n, dir)
}

// takesJSON reports whether JSON is or may be the type of the entry: without a
// schema it still has to be JSON.
func (m *media) takesJSON() bool {
	name := m.typ + "/" + m.sub
	return isJSON(name) || m.typ == "*" || name == "application/*"
}

// MediaTypes are the request media types that the operation takes, as the
// contract writes them.
func (op *Operation) MediaTypes() []string {
	if op.body == nil {
		return nil
	}
	return mediaNames(op.body.media)
}

func mediaNames(list []media) []string {
	var out []string
	for i := range list {
		out = append(out, list[i].name)
	}
	return out
}

// BodyRequired reports whether a request of the operation must have a body.
func (op *Operation) BodyRequired() bool { return op.body != nil && op.body.required }
