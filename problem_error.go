package faultline

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A ProblemError is one finding as a problem document tells it.
type ProblemError struct {
	Code      Slug
	Pointer   string // URI fragment into the body: "#/items/0"; empty: not in the body
	Parameter string
	In        Part // of the parameter
	Header    string
	Fault     string // "space-before-colon", of a message that is not well-formed HTTP
	Detail    string
	Expected  *ProblemExpected
	Found     *ProblemFound
	Absent    bool // nothing was found there: found is null
	Remedy    *ProblemRemedy
	Span      *ProblemSpan
	Contract  string // "orders.yaml:41"
	Doc       string
}

// ProblemExpected is what the contract asks for.
type ProblemExpected struct {
	Field    string            `json:"field,omitempty"`
	Type     any               `json:"type,omitempty"` // a string, or a list of them
	Format   string            `json:"format,omitempty"`
	Enum     []json.RawMessage `json:"enum,omitempty"`
	Required bool              `json:"required,omitempty"`
}

// ProblemFound is what the request has in that place.
type ProblemFound struct {
	Field  string          `json:"field,omitempty"`
	Value  json.RawMessage `json:"value,omitempty"`
	Type   string          `json:"type,omitempty"`
	Length int             `json:"length,omitempty"` // in place of the value, where that is not told
}

// ProblemRemedy is what to change.
type ProblemRemedy struct {
	Text          string        `json:"text"`
	Applicability Applicability `json:"applicability,omitempty"`
	Patch         []PatchEdit   `json:"patch,omitempty"`
}

// A PatchEdit is an operation of JSON Patch (RFC 6902).
type PatchEdit struct {
	Op    string          `json:"op"`
	From  string          `json:"from,omitempty"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value,omitempty"`
}

// ProblemSpan is a place in the bytes of the body, or of a message that is not
// well-formed: of its head where it has a line, else of its body as it travelled.
type ProblemSpan struct {
	Start  int `json:"start"`
	End    int `json:"end"`
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
}

// MarshalJSON writes found as null where something is missing, and leaves it
// out where nothing is known of it.
func (e ProblemError) MarshalJSON() ([]byte, error) {
	var found any
	switch {
	case e.Found != nil:
		found = e.Found
	case e.Absent:
		found = json.RawMessage("null")
	}
	return json.Marshal(struct {
		Code      Slug             `json:"code"`
		Pointer   string           `json:"pointer,omitempty"`
		Parameter string           `json:"parameter,omitempty"`
		In        Part             `json:"in,omitempty"`
		Header    string           `json:"header,omitempty"`
		Fault     string           `json:"fault,omitempty"`
		Detail    string           `json:"detail"`
		Expected  *ProblemExpected `json:"expected,omitempty"`
		Found     any              `json:"found,omitempty"`
		Remedy    *ProblemRemedy   `json:"remedy,omitempty"`
		Span      *ProblemSpan     `json:"span,omitempty"`
		Contract  string           `json:"contract,omitempty"`
		Doc       string           `json:"doc,omitempty"`
	}{
		e.Code, e.Pointer, e.Parameter, e.In, e.Header, e.Fault, e.Detail, e.Expected, found, e.Remedy, e.Span, e.Contract, e.Doc,
	})
}

func problemError(f *Finding, o ProblemOptions) ProblemError {
	full := o.Detail == FullDetail
	e := ProblemError{Code: f.Cause.Slug, Fault: f.Detail.Fault, Expected: problemExpected(f), Detail: shortDetail(f)}
	if !full && quotesValue(e.Detail, f) {
		e.Detail = withoutValue(f)
	}
	e.Detail = clip(e.Detail)
	e.place(f)
	e.Found = problemFound(f, full)
	e.Absent = e.Found == nil && (f.Detail.Required || strings.Contains(string(f.Cause.Slug), "missing"))
	e.Remedy = problemRemedy(f, full)
	if full {
		e.Span = problemSpan(f.At)
		if f.Source.File != "" {
			e.Contract = f.Source.String()
		}
	}
	if o.Base != "" {
		e.Doc = link(o.Base, string(f.Cause.Slug))
	}
	return e
}

// place says where: a missing member cannot be pointed at, so its parent is
// (RFC 9457, section 3), and Expected.Field has its name.
func (e *ProblemError) place(f *Finding) {
	switch at := f.At; at.In {
	case InBody:
		pointer := at.Pointer
		if f.Missing() {
			pointer = parentPointer(pointer, f.Detail.Field)
		}
		e.Pointer = fragment(pointer)
	case InHeader, InMessage:
		e.Header = at.Name
	case InQuery, InPath, InCookie:
		if at.Name != "" {
			e.Parameter, e.In = at.Name, at.In
		}
	}
}

// Missing reports whether the finding is about something that is not there.
func (f *Finding) Missing() bool {
	return f.Detail.Found == nil && f.Detail.Field != "" && strings.HasSuffix(string(f.Cause.Slug), "missing-field")
}

// parentPointer takes the field off the end of a pointer.
func parentPointer(pointer, field string) string {
	return strings.TrimSuffix(pointer, "/"+EscapePointer(field))
}

// EscapePointer writes a member name as a step of a JSON Pointer (RFC 6901,
// section 3).
func EscapePointer(name string) string { return pointerEscapes.Replace(name) }

// UnescapePointer is the member name that a step of a JSON Pointer is.
func UnescapePointer(step string) string { return pointerUnescapes.Replace(step) }

var (
	pointerEscapes   = strings.NewReplacer("~", "~0", "/", "~1")
	pointerUnescapes = strings.NewReplacer("~1", "/", "~0", "~")
)

// shortDetail is the message without the name in front, which the document has
// beside it: "`quantity` must be an integer" says "must be an integer".
func shortDetail(f *Finding) string {
	rest, ok := strings.CutPrefix(f.Message, "`")
	if !ok {
		return f.Message
	}
	_, rest, ok = strings.Cut(rest, "` ")
	if !ok {
		return f.Message
	}
	return strings.TrimPrefix(rest, "is ")
}

// quotesValue reports whether a text repeats the value that was sent.
func quotesValue(text string, f *Finding) bool {
	v := f.Detail.Found
	if v == nil || v.Text == "" {
		return false
	}
	bare := strings.Trim(v.Text, `"`)
	for _, quote := range []string{"`", `"`} {
		if bare != f.Detail.Field && bare != v.Field && bare != f.At.Name && strings.Contains(text, quote+bare+quote) {
			return true
		}
	}
	const telling = 4 // a shorter value is part of too many words
	return len(bare) >= telling && bare != f.Detail.Field && bare != v.Field && strings.Contains(text, bare)
}

// withoutValue says what is wrong in words that hold for every value.
func withoutValue(f *Finding) string {
	if f.Cause.Title == "" {
		return string(f.Cause.Slug)
	}
	r, n := utf8.DecodeRuneInString(f.Cause.Title)
	return strings.ToLower(string(r)) + f.Cause.Title[n:]
}

// problemExpected names the field for bodies alone: elsewhere the error names
// the parameter or header itself.
func problemExpected(f *Finding) *ProblemExpected {
	d := &f.Detail
	e := &ProblemExpected{Format: d.Format}
	if f.At.In == InBody {
		e.Field, e.Required = d.Field, d.Required
	}
	for _, v := range d.Enum {
		e.Enum = append(e.Enum, jsonText(v, ""))
	}
	switch {
	case len(e.Enum) > 0: // the values tell their type
	case len(d.Types) == 1:
		e.Type = d.Types[0]
	case len(d.Types) > 1:
		e.Type = d.Types
	}
	if e.Field == "" && e.Type == nil && e.Format == "" && e.Enum == nil && !e.Required {
		return nil
	}
	return e
}

func problemFound(f *Finding, full bool) *ProblemFound {
	v := f.Detail.Found
	if v == nil {
		return nil
	}
	out := &ProblemFound{Field: v.Field, Type: v.Type}
	switch {
	case v.Field != "" || v.Text == "":
	case full:
		out.Value = jsonText(v.Text, v.Type)
	case v.Type == "string":
		out.Length = utf8.RuneCountInString(unquoted(v.Text))
	}
	return out
}

func unquoted(text string) string {
	var s string
	if json.Unmarshal([]byte(text), &s) == nil {
		return s
	}
	return text
}

// jsonText makes JSON of a value's text, which is JSON already if it came from
// a body, and plain words if it came from the wire elsewhere.
func jsonText(text, kind string) json.RawMessage {
	wire := kind == "string" && !strings.HasPrefix(text, `"`)
	if !wire && len(text) <= maxProblemText && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	out, _ := json.Marshal(clip(text)) // a string always marshals
	return out
}

func problemRemedy(f *Finding, full bool) *ProblemRemedy {
	r := &f.Remedy
	if r.Text == "" && len(r.Patch) == 0 {
		return nil
	}
	out := &ProblemRemedy{Text: clip(r.Text), Applicability: r.Applicability}
	if !full {
		if quotesValue(r.Text, f) || configured(f) {
			return nil
		}
		return out
	}
	for _, edit := range r.Patch {
		if edit.In != "" && edit.In != InBody {
			continue
		}
		out.Patch = append(out.Patch, patchEdit(edit))
	}
	return out
}

func patchEdit(e Edit) PatchEdit {
	out := PatchEdit{Op: e.Op, From: e.From, Path: e.Path}
	if e.Op == "add" || e.Op == "replace" {
		out.Value = jsonText(e.Value, "")
	}
	return out
}

func problemSpan(at Location) *ProblemSpan {
	if at.Span.IsZero() || at.In != InBody && at.In != InMessage {
		return nil
	}
	return &ProblemSpan{at.Span.Start, at.Span.End, at.Span.Line, at.Span.Column}
}

// String gives the place as compilers write it: "orders.yaml:41".
func (s Source) String() string {
	if s.Line == 0 {
		return s.File
	}
	return s.File + ":" + strconv.Itoa(s.Line)
}
