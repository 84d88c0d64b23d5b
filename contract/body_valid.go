package contract

import (
	"strings"
	"unsafe"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// validBody reports whether the body of a request keeps the contract.
func (op *Operation) validBody(r *faultline.Request, s *scratch) bool {
	if op.body == nil {
		return true
	}
	if r.Body.Empty() {
		return !op.body.required
	}
	if len(op.body.media) == 0 {
		return true
	}
	contentType, has := r.Header.Get("Content-Type")
	if !has || contentType == "" {
		return op.takesAnything()
	}
	m := pickMedia(op.body.media, contentType)
	if m == nil {
		return false
	}
	switch bodyState(r.Header, &r.Body) {
	case unreadable:
		return true // Unjudged says so
	case broken:
		return false
	}
	return op.contract.validContent(m, contentType, r.Body.Bytes(), s)
}

// takesAnything reports whether a body without Content-Type keeps the contract:
// its type is then for the server to find out.
func (op *Operation) takesAnything() bool {
	m := pickMedia(op.body.media, "application/octet-stream")
	return m != nil && m.typ == "*" && m.id == op.contract.anything
}

// validContent reports whether bytes keep the schema of their media type.
func (c *Contract) validContent(m *media, contentType string, data []byte, s *scratch) bool {
	switch how, _ := m.handling(c.program, contentType); how {
	case asJSON:
		if m.id == schema.None || !s.looks {
			return m.id == schema.None || c.program.Valid(m.id, data)
		}
		var ok bool
		ok, s.look = c.program.Read(m.id, data)
		return ok
	case asForm:
		return m.id == schema.None || c.validForm(m, data, s)
	case asMultipart:
		return c.validMultipart(m, contentType, data, s)
	case asLines, asSequence, asEvents:
		return c.validStream(m, how, data, s)
	case asXML:
		return c.validXML(m, contentType, data, s)
	case asText:
		return c.validText(m, contentType, data)
	case asBytes:
		return c.validLength(m, data)
	}
	return true
}

func (c *Contract) validForm(m *media, data []byte, s *scratch) bool {
	form := view(data)
	if c.readForm(m, form, s); c.keepsForm(m, s) {
		return true
	}
	for _, id := range c.program.Choices(m.id) { // each types the fields in its own way
		branch := *m
		branch.id = id
		if c.readForm(&branch, form, s); c.keepsForm(m, s) {
			return true
		}
	}
	return false
}

func (c *Contract) keepsForm(m *media, s *scratch) bool {
	return !s.value.bad && c.program.Valid(m.id, s.value.json)
}

// view is bytes as a string that shares them: for judging alone, which keeps
// nothing of the body and so need not copy it.
func view(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// state says whether the bytes of a body can be looked at.
type state uint8

const (
	readable   state = iota
	unreadable       // cut off by a limit, or in a content coding that is not known
	broken           // not in the content coding that they claim
)

func bodyState(h faultline.Header, b *faultline.Body) state {
	switch {
	case b.Truncated:
		return unreadable
	case b.Note == "" && b.Decoded != nil:
		return readable
	case b.Note != "" && (strings.Contains(b.Note, faultline.ErrCoding.Error()) || expanded(b)):
		return unreadable
	case b.Note != "":
		return broken
	case coded(h):
		return unreadable
	}
	return readable
}

// expanded reports whether only the beginning of a body was decoded, since the
// whole is too large.
func expanded(b *faultline.Body) bool { return strings.Contains(b.Note, faultline.ErrExpanded.Error()) }

// coded reports whether a body has a content coding that nobody has removed.
func coded(h faultline.Header) bool {
	for i := range h {
		if h[i].Is("Content-Encoding") && h[i].Value != "" && !strings.EqualFold(h[i].Value, "identity") {
			return true
		}
	}
	return false
}

// Unjudged says why the body of a request is not held to the contract, or ""
// if it is: one that was cut off, one in a content coding or a media type that
// is not supported. ValidRequest takes such a body as valid.
func (op *Operation) Unjudged(r *faultline.Request) string {
	if op.unverified != "" {
		return "not validated: " + op.unverified
	}
	if op.ignoresBody && !r.Body.Empty() {
		return "not validated: OpenAPI 3.0 ignores the requestBody of " + op.Method
	}
	if op.body == nil || r.Body.Empty() {
		return ""
	}
	return op.contract.unjudgedBody(op.body.media, r.Header, &r.Body)
}

func (c *Contract) unjudgedBody(list []media, h faultline.Header, b *faultline.Body) string {
	contentType := h.Value("Content-Type")
	m := pickMedia(list, contentType)
	if m == nil {
		return ""
	}
	how, why := m.handling(c.program, contentType)
	if how == opaque {
		return ""
	}
	switch {
	case b.Truncated, expanded(b):
		return "not validated: too large"
	case bodyState(h, b) == unreadable:
		return "not validated: the content coding `" + h.Value("Content-Encoding") + "` is not supported"
	case how == unjudged:
		return "not validated: " + why
	}
	if why = c.unreadContent(m, how, contentType, b.Bytes()); why != "" {
		return "not validated: " + why
	}
	return ""
}

// unreadContent says what of the content itself is in the way of judging it.
func (c *Contract) unreadContent(m *media, how handling, contentType string, data []byte) string {
	switch how {
	case asXML:
		return unreadXML(contentType, data)
	case asText:
		return unreadText(contentType, data)
	case asMultipart:
		return c.unreadParts(m, contentType, data)
	}
	return ""
}
