package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/contract/internal/yaml"
)

// handling is how the content of a media type is judged.
type handling uint8

const (
	asJSON handling = iota
	asForm
	asMultipart
	opaque   // any bytes keep the contract
	unjudged // it has a schema, which cannot be held against it yet
)

// A media is one entry of a `content` map.
type media struct {
	name   string // as the contract writes it
	typ    string // "application", lower case; "*" for any
	sub    string // "json"; "*" for any
	how    handling
	id     schema.ID
	fields map[string]encoding // of a form or multipart body

	anySchema bool // no schema is declared
	source    faultline.Source
}

// An encoding is the Encoding Object of one field of a form.
type encoding struct {
	style       style
	explode     bool
	contentType string
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
		l.notice(n.Pos, fmt.Sprintf("the requestBody of %s has no `content`: any body is taken", op.ID))
	}
	body := &requestBody{required: isTrue(n.Get("required")), source: source(n.Pos)}
	if body.media, err = l.readContent(n.Get("content"), schema.Request); err != nil {
		return err
	}
	op.body = body
	return nil
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
	m := media{name: member.Key, id: schema.None, source: source(member.Pos)}
	m.typ, m.sub, _ = strings.Cut(mediaTypeOf(member.Key), "/")
	n, err := l.docs.follow(member.Value)
	if err != nil {
		return m, l.settle(err)
	}
	node := n.Get("schema")
	m.anySchema = node == nil
	m.how = handlingOf(m.typ, m.sub, node != nil)
	switch m.how {
	case opaque, unjudged:
		return m, nil
	case asJSON:
		if node == nil {
			node = l.anyJSON(member.Pos)
		}
	}
	if m.id, err = l.schema(node, dir); err != nil {
		m.id = schema.None
		return m, l.settle(err)
	}
	if m.how == asForm || m.how == asMultipart {
		m.fields = readEncodings(n.Get("encoding"))
	}
	return m, nil
}

func handlingOf(typ, sub string, hasSchema bool) handling {
	name := typ + "/" + sub
	switch {
	case isJSON(name), typ == "*", name == "application/*":
		return asJSON // of a range, what of it is JSON
	case name == "application/x-www-form-urlencoded":
		return asForm
	case name == "multipart/form-data":
		return asMultipart
	case !hasSchema || isOpaque(typ, sub):
		return opaque
	}
	return unjudged
}

// isOpaque reports whether a schema of the media type can say no more than
// that it is text or bytes.
func isOpaque(typ, sub string) bool {
	switch typ {
	case "text":
		return sub != "xml" && !strings.HasSuffix(sub, "+xml") && sub != "event-stream"
	case "image", "audio", "video", "font", "model":
		return !strings.HasSuffix(sub, "+xml")
	case "application":
		switch sub {
		case "octet-stream", "pdf", "zip", "gzip", "x-gzip", "x-tar", "binary":
			return true
		}
	}
	return false
}

func readEncodings(n *yaml.Node) map[string]encoding {
	if n == nil {
		return nil
	}
	out := map[string]encoding{}
	for i := range n.Members {
		m := &n.Members[i]
		e := encoding{style: form, explode: true}
		if s := m.Value.Get("style"); s != nil {
			for _, candidate := range stylesIn[faultline.InQuery] {
				if candidate.String() == s.Text {
					e.style = candidate
				}
			}
			e.explode = e.style == form
		}
		if x := m.Value.Get("explode"); x != nil {
			e.explode = isTrue(x)
		}
		if c := m.Value.Get("contentType"); c != nil {
			e.contentType = c.Text
		}
		out[m.Key] = e
	}
	return out
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
