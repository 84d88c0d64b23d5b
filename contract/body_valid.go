package contract

import (
	"strings"

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
	switch m.handling(contentType) {
	case asJSON:
		return m.id == schema.None || c.program.Valid(m.id, data)
	case asForm:
		if m.id == schema.None {
			return true
		}
		c.readForm(m, string(data), s)
		return !s.value.bad && c.program.Valid(m.id, s.value.json)
	case asMultipart:
		parts, bad := splitMultipart(data, contentType)
		if bad != nil {
			return false
		}
		if m.id == schema.None {
			return true
		}
		c.readMultipart(m, parts, s)
		return !s.value.bad && c.program.Valid(m.id, s.value.json)
	}
	return true
}

// handling says how content of a type is judged by the entry. An entry with a
// range takes types that are judged in different ways; a schema of a range can
// be held against JSON only.
func (m *media) handling(contentType string) handling {
	if m.typ != "*" && m.sub != "*" {
		return m.how
	}
	actual := mediaTypeOf(contentType)
	typ, sub, _ := strings.Cut(actual, "/")
	switch {
	case isJSON(actual):
		return asJSON
	case m.anySchema || isOpaque(typ, sub):
		return opaque
	}
	return unjudged
}

// pickMedia finds the entry for a Content-Type: the type itself before its
// range before any (OpenAPI 3.1.0, section 4.8.14). Parameters are not looked
// at.
func pickMedia(list []media, contentType string) *media {
	typ, sub, ok := splitType(contentType)
	if !ok {
		return nil
	}
	var best *media
	rank := 0
	for i := range list {
		m := &list[i]
		if r := m.fits(typ, sub); r > rank {
			best, rank = m, r
		}
	}
	return best
}

// fits ranks how closely an entry names a type; 0 if it does not. A type with
// the suffix +json is one of its own: servers refuse the general one for it, and
// the other way round.
func (m *media) fits(typ, sub string) int {
	switch {
	case strings.EqualFold(m.typ, typ) && strings.EqualFold(m.sub, sub):
		return 4
	case m.typ == "*":
		return 1
	case !strings.EqualFold(m.typ, typ):
		return 0
	case m.sub == "*":
		return 2
	}
	return 0
}

// splitType cuts a Content-Type into type and subtype without allocating.
func splitType(contentType string) (typ, sub string, ok bool) {
	if i := strings.IndexByte(contentType, ';'); i >= 0 {
		contentType = contentType[:i]
	}
	contentType = strings.TrimSpace(contentType)
	typ, sub, ok = strings.Cut(contentType, "/")
	return typ, sub, ok && typ != "" && sub != ""
}

// state says whether the bytes of a body can be looked at.
type state uint8

const (
	readable   state = iota
	unreadable       // cut off by the capture limit, or in a content coding that is not known
	broken           // not in the content coding that they claim
)

func bodyState(h faultline.Header, b *faultline.Body) state {
	switch {
	case b.Truncated:
		return unreadable
	case b.Note == "" && b.Decoded != nil:
		return readable
	case b.Note != "" && strings.Contains(b.Note, faultline.ErrCoding.Error()):
		return unreadable
	case b.Note != "":
		return broken
	case coded(h):
		return unreadable
	}
	return readable
}

// coded reports whether a body has a content coding that nobody has removed.
func coded(h faultline.Header) bool {
	for i := range h {
		if strings.EqualFold(h[i].Name, "Content-Encoding") && h[i].Value != "" && !strings.EqualFold(h[i].Value, "identity") {
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
	if op.body == nil || r.Body.Empty() {
		return ""
	}
	return unjudgedBody(op.body.media, r.Header, &r.Body)
}

func unjudgedBody(list []media, h faultline.Header, b *faultline.Body) string {
	contentType := h.Value("Content-Type")
	m := pickMedia(list, contentType)
	if m == nil {
		return ""
	}
	how := m.handling(contentType)
	if how == opaque {
		return ""
	}
	switch {
	case b.Truncated:
		return "not validated: too large"
	case bodyState(h, b) == unreadable:
		return "not validated: the content coding `" + h.Value("Content-Encoding") + "` is not supported"
	case how == unjudged:
		return "not validated: " + mediaTypeOf(contentType) + " bodies are not supported yet"
	}
	return ""
}
