package contract

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// ValidResponse reports whether the answer keeps the contract. Whoever has the
// request judges an answer to HEAD with the body left out: such an answer has
// none, and it is not missed here.
func (op *Operation) ValidResponse(r *faultline.Response) bool {
	ok, _ := op.ReadResponse(r)
	return ok
}

// A Look is what judging an answer shows in passing of failures that its body
// reports behind a status of success. The zero value says that nothing was
// looked for.
type Look struct {
	Whole bool // the body is JSON, and all of its members were looked at
	Fails bool // one of them says that the call failed
}

// ReadResponse is ValidResponse and what it has seen.
func (op *Operation) ReadResponse(r *faultline.Response) (valid bool, seen Look) {
	if op.unverified != "" {
		return true, Look{}
	}
	d, _ := op.documented(r.Status)
	if d == nil {
		return len(op.responses) == 0, Look{}
	}
	s := scratches.Get().(*scratch)
	s.looks, s.look = true, schema.Look{}
	valid = op.validHeaders(d, r, s) && op.validAnswer(d, r, s)
	seen, s.looks = Look(s.look), false
	s.release()
	return valid, seen
}

// ExplainResponse lists every violation of the answer; none exactly if
// ValidResponse is true.
func (op *Operation) ExplainResponse(r *faultline.Response) []Violation {
	if op.unverified != "" {
		return nil
	}
	d, _ := op.documented(r.Status)
	if d == nil {
		if len(op.responses) == 0 {
			return nil
		}
		return []Violation{op.undocumented(r.Status)}
	}
	return append(op.explainHeaders(d, r), op.explainAnswer(d, r)...)
}

func (op *Operation) undocumented(status int) Violation {
	return Violation{
		Kind:    Status,
		Keyword: "responses",
		At:      faultline.AtStatus(),
		Message: fmt.Sprintf("`%s` does not document the status %d", op.ID, status),
		Want:    oneOf(op.statuses()),
		Found:   fmt.Sprint(status),
		Detail:  faultline.Detail{Types: []string{"integer"}, Enum: op.statuses(), Found: &faultline.Value{Type: "integer", Text: fmt.Sprint(status)}},
		Source:  op.Source,
	}
}

// statuses are the documented statuses as the contract writes them.
func (op *Operation) statuses() []string {
	out := make([]string, 0, len(op.responses))
	for i := range op.responses {
		switch s := op.responses[i].status; {
		case s == 0:
			out = append(out, "default")
		case s < 10:
			out = append(out, fmt.Sprintf("%dXX", s))
		default:
			out = append(out, fmt.Sprint(s))
		}
	}
	return out
}

// bodiless reports whether an answer with the status has no content whatever
// the contract says (RFC 9110, sections 6.4.1 and 15.3.6). One to HEAD has none either; the
// method is known only where HEAD has an operation of its own.
func (op *Operation) bodiless(status int) bool {
	return status < 200 || status == 204 || status == 205 || status == 304 || op.Method == "HEAD"
}

// bodyExpected reports whether an empty answer lacks its content. That it is
// empty has to be said by its Content-Length: an answer to HEAD, or one whose
// body was not recorded, looks the same otherwise. An empty error is common and
// misleads nobody: it is not counted.
func bodyExpected(d *response, status int, h faultline.Header) bool {
	if status/100 != 2 || h.Value("Content-Length") != "0" {
		return false
	}
	if contentType, has := h.Get("Content-Type"); has {
		m := pickMedia(d.media, contentType)
		return m != nil && m.how == asJSON && !m.anySchema
	}
	for i := range d.media {
		if d.media[i].how != asJSON || d.media[i].anySchema {
			return false
		}
	}
	return true
}

func (op *Operation) validAnswer(d *response, r *faultline.Response, s *scratch) bool {
	if op.bodiless(r.Status) || len(d.media) == 0 {
		return true
	}
	if r.Body.Empty() {
		return !bodyExpected(d, r.Status, r.Header)
	}
	contentType, m := op.answerMedia(d, r)
	if m == nil {
		return contentType == ""
	}
	switch bodyState(r.Header, &r.Body) {
	case unreadable:
		return true
	case broken:
		return false
	}
	return op.contract.validContent(m, contentType, r.Body.Bytes(), s)
}

// answerMedia finds the declared entry for the content of an answer. Without a
// Content-Type the recipient has to find out what the bytes are (RFC 9110,
// section 8.3): they are held to the JSON that is declared if they are JSON.
func (op *Operation) answerMedia(d *response, r *faultline.Response) (contentType string, m *media) {
	contentType, _ = r.Header.Get("Content-Type")
	if contentType != "" {
		return contentType, pickMedia(d.media, contentType)
	}
	if bodyState(r.Header, &r.Body) != readable || !op.contract.program.Valid(op.contract.anything, r.Body.Bytes()) {
		return "", nil
	}
	for i := range d.media {
		if d.media[i].how == asJSON {
			return d.media[i].name, &d.media[i]
		}
	}
	return "", nil
}

func (op *Operation) explainAnswer(d *response, r *faultline.Response) []Violation {
	if op.bodiless(r.Status) || len(d.media) == 0 {
		return nil
	}
	if r.Body.Empty() {
		if bodyExpected(d, r.Status, r.Header) {
			return []Violation{op.answerMissing(d, r.Status)}
		}
		return nil
	}
	contentType, m := op.answerMedia(d, r)
	if m == nil {
		if contentType == "" {
			return nil
		}
		return []Violation{wrongType(faultline.ResponseSide, contentType, d.media, d.source)}
	}
	switch bodyState(r.Header, &r.Body) {
	case unreadable:
		return nil
	case broken:
		return []Violation{brokenCoding(faultline.ResponseSide, r.Header, &r.Body, m.source)}
	}
	out := op.contract.explainContent(m, contentType, r.Body.Bytes(), faultline.ResponseSide)
	for i := range out {
		out[i].At.Side = faultline.ResponseSide
	}
	return out
}

func (op *Operation) answerMissing(d *response, status int) Violation {
	return Violation{
		Kind:    BodyMissing,
		Keyword: "content",
		At:      faultline.Location{Side: faultline.ResponseSide, In: faultline.InBody},
		Message: fmt.Sprintf("the answer %d is empty where `%s` declares content", status, op.ID),
		Want:    "a body of the type " + oneOf(mediaNames(d.media)),
		Found:   "nothing",
		Detail:  faultline.Detail{Types: typesOf(op.contract.program, d.media[0].id).Names(), Required: true},
		Source:  d.source,
		Schema:  op.contract.schemaName(d.media[0].id),
	}
}

// UnjudgedResponse says why the body of an answer is not held to the contract,
// or "" if it is.
func (op *Operation) UnjudgedResponse(r *faultline.Response) string {
	if op.unverified != "" {
		return "not validated: " + op.unverified
	}
	d, _ := op.documented(r.Status)
	if d == nil || op.bodiless(r.Status) || r.Body.Empty() || len(d.media) == 0 {
		return ""
	}
	if contentType, m := op.answerMedia(d, r); m == nil && contentType == "" {
		return "not validated: the answer has no Content-Type"
	}
	return op.contract.unjudgedBody(d.media, r.Header, &r.Body)
}

func (op *Operation) validHeaders(d *response, r *faultline.Response, s *scratch) bool {
	for i := range d.headers {
		q := &d.headers[i]
		s.pieces = gatherHeader(q.name, r.Header, s.pieces[:0])
		if !op.validParam(q, s.pieces, s) {
			return false
		}
	}
	return true
}

func (op *Operation) explainHeaders(d *response, r *faultline.Response) []Violation {
	var out []Violation
	for i := range d.headers {
		q := &d.headers[i]
		list := op.explainParam(q, gatherHeader(q.name, r.Header, nil), nil)
		for j := range list {
			list[j].At.Side = faultline.ResponseSide
		}
		out = append(out, list...)
	}
	return out
}
