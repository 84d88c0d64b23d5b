package contract

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// explainBody lists what is wrong with the body of a request, in the order in
// which validBody looks.
func (op *Operation) explainBody(r *faultline.Request) []Violation {
	if op.body == nil {
		return nil
	}
	if r.Body.Empty() {
		if op.body.required {
			return []Violation{op.bodyMissing()}
		}
		return nil
	}
	if len(op.body.media) == 0 {
		return nil
	}
	contentType, has := r.Header.Get("Content-Type")
	if !has || contentType == "" {
		if op.takesAnything() {
			return nil
		}
		return []Violation{typeMissing(op.body.media, op.body.source)}
	}
	m := pickMedia(op.body.media, contentType)
	if m == nil {
		return []Violation{wrongType(faultline.RequestSide, contentType, op.body.media, op.body.source)}
	}
	switch bodyState(r.Header, &r.Body) {
	case unreadable:
		return nil
	case broken:
		return []Violation{brokenCoding(faultline.RequestSide, r.Header, &r.Body, m.source)}
	}
	return op.contract.explainContent(m, contentType, r.Body.Bytes(), faultline.RequestSide)
}

func (op *Operation) bodyMissing() Violation {
	names := mediaNames(op.body.media)
	v := Violation{
		Kind:    BodyMissing,
		Keyword: "required",
		At:      faultline.Location{In: faultline.InBody},
		Message: "`" + op.ID + "` requires a body and the request has none",
		Want:    "a body",
		Found:   "nothing",
		Detail:  faultline.Detail{Required: true},
		Source:  op.body.source,
	}
	if len(names) > 0 {
		v.Want = "a body of the type " + oneOf(names)
		m := &op.body.media[0]
		v.Schema = op.contract.schemaName(m.id)
		v.Detail.Types = typesOf(op.contract.program, m.id).Names()
	}
	return v
}

func typeMissing(list []media, at faultline.Source) Violation {
	return Violation{
		Kind:    MediaTypeMissing,
		Keyword: "content",
		At:      faultline.AtHeader("Content-Type"),
		Field:   "Content-Type",
		Message: "the request has a body and no `Content-Type`",
		Want:    oneOf(mediaNames(list)),
		Found:   "nothing",
		Detail:  faultline.Detail{Field: "Content-Type", Types: []string{"string"}, Enum: quoted(mediaNames(list)), Required: true},
		Source:  at,
	}
}

func wrongType(side faultline.Side, contentType string, list []media, at faultline.Source) Violation {
	return Violation{
		Kind:    MediaType,
		Keyword: "content",
		At: faultline.Location{
			Side: side, In: faultline.InHeader, Name: "Content-Type",
			Span: faultline.Span{End: len(contentType), Line: 1, Column: 1},
		},
		Field:   "Content-Type",
		Message: fmt.Sprintf("`%s` is not a media type that is declared for this %s", short(mediaTypeOf(contentType)), bodyOf(side)),
		Want:    oneOf(mediaNames(list)),
		Found:   short(contentType),
		Detail: faultline.Detail{
			Field: "Content-Type", Types: []string{"string"}, Enum: quoted(mediaNames(list)), Required: true,
			Found: &faultline.Value{Field: "Content-Type", Type: "string", Text: short(contentType)},
		},
		Source: at,
	}
}

func bodyOf(side faultline.Side) string {
	if side == faultline.ResponseSide {
		return "answer"
	}
	return "operation"
}

// quoted makes JSON texts of words.
func quoted(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, tape.Quote(w))
	}
	return out
}

func brokenCoding(side faultline.Side, h faultline.Header, b *faultline.Body, at faultline.Source) Violation {
	coding := h.Value("Content-Encoding")
	return Violation{
		Kind:    Coding,
		Keyword: "content",
		At:      faultline.Location{Side: side, In: faultline.InHeader, Name: "Content-Encoding", Span: faultline.Span{End: len(coding), Line: 1, Column: 1}},
		Field:   "Content-Encoding",
		Message: fmt.Sprintf("the body is not encoded as `%s`", short(coding)),
		Want:    "bytes in the coding `" + short(coding) + "`",
		Found:   strings.TrimPrefix(b.Note, "content coding "),
		Detail:  faultline.Detail{Field: "Content-Encoding", Found: &faultline.Value{Field: "Content-Encoding", Type: "string", Text: short(coding)}},
		Source:  at,
	}
}

// explainContent lists what is wrong with bytes of a media type, as
// validContent judges them.
func (c *Contract) explainContent(m *media, contentType string, data []byte, side faultline.Side) []Violation {
	switch how, _ := m.handling(c.program, contentType); how {
	case asJSON:
		return c.explainJSON(m, contentType, data, side)
	case asForm:
		return c.explainForm(m, data)
	case asMultipart:
		return c.explainMultipart(m, contentType, data)
	case asLines, asSequence, asEvents:
		return c.explainStream(m, how, data)
	case asXML:
		return c.explainXML(m, contentType, data)
	case asText:
		return c.explainText(m, contentType, data)
	case asBytes:
		return c.explainLength(m, data)
	}
	return nil
}

func (c *Contract) explainForm(m *media, data []byte) []Violation {
	if m.id == schema.None {
		return nil
	}
	s := explaining()
	if c.validForm(m, data, s) {
		return nil
	}
	c.readForm(m, string(data), s)
	return c.explainFields(m, s, data)
}

// explaining is a scratch that keeps where each piece came from.
func explaining() *scratch { return &scratch{value: assembly{keep: true}} }

func (c *Contract) explainFields(m *media, s *scratch, data []byte) []Violation {
	out := inAssembly(c.program.Explain(m.id, s.value.json), &s.value, data)
	if s.value.bad {
		out = append(out, notUTF8(faultline.RequestSide, data, "", m.source))
	}
	return out
}

func (c *Contract) explainJSON(m *media, contentType string, data []byte, side faultline.Side) []Violation {
	if m.id == schema.None {
		return nil
	}
	found := c.program.Explain(m.id, data)
	if len(found) == 0 {
		return nil
	}
	if !utf8.Valid(data) {
		charset, _ := typeParameter(contentType, "charset")
		return []Violation{notUTF8(side, data, charset, m.source)}
	}
	return inBody(found, side)
}

// notUTF8 points at the first byte that is no UTF-8 (RFC 8259, section 8.1).
func notUTF8(side faultline.Side, data []byte, charset string, at faultline.Source) Violation {
	i := 0
	for i < len(data) {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		i += n
	}
	v := Violation{
		Kind:    Coding,
		Keyword: "content",
		At:      faultline.Location{Side: side, In: faultline.InBody, Span: spanOf(data, i, i+1)},
		Message: "the body is not valid UTF-8",
		Want:    "text in UTF-8",
		Source:  at,
	}
	if i < len(data) {
		v.Found = fmt.Sprintf("the byte 0x%02X", data[i])
	} else { // percent-encoded bytes
		v.Found, v.At.Span = "percent-encoded bytes that are not UTF-8", faultline.Span{}
	}
	if charset != "" && !strings.EqualFold(charset, "utf-8") {
		v.Message = fmt.Sprintf("the body is in the charset `%s` and not in UTF-8", short(charset))
	}
	return v
}

// violation says what is wrong with the framing of a multipart body: about the
// header if that names no boundary, else about the bytes.
func (e *multipartError) violation(contentType string, data []byte, at faultline.Source) Violation {
	v := Violation{
		Kind:    Syntax,
		Keyword: "boundary",
		At:      faultline.Location{In: faultline.InBody},
		Message: e.msg,
		Want:    e.want,
		Found:   e.found,
		Source:  at,
	}
	if e.end > 0 {
		v.At.Span = spanOf(data, e.start, e.end)
		return v
	}
	v.At = faultline.Location{In: faultline.InHeader, Name: "Content-Type", Span: faultline.Span{End: len(contentType), Line: 1, Column: 1}}
	v.Field = "Content-Type"
	return v
}
