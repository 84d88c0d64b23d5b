package faultline

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AppendJSON appends the document as [encoding/json] writes it, indented by two
// spaces if indent is set, and leaves errors out from the end until the compact
// document fits its bound. A gateway that refuses calls writes one for each of
// them: this costs a tenth of what reflection does.
func (p *Problem) AppendJSON(dst []byte, indent bool) []byte {
	cut := *p
	for {
		w := problemWriter{b: dst, indent: indent}
		w.problem(&cut)
		// Indentation only adds: what fits with it fits without.
		if len(w.b)-len(dst) <= maxProblemBytes || len(cut.Errors) == 0 || indent && cut.fits() {
			return w.b
		}
		cut.Errors = cut.Errors[:len(cut.Errors)-1]
		cut.Omitted++
	}
}

// fits reports whether the compact document keeps its bound.
func (p *Problem) fits() bool {
	w := problemWriter{}
	w.problem(p)
	return len(w.b) <= maxProblemBytes
}

// problemWriter writes JSON, member by member.
type problemWriter struct {
	b      []byte
	depth  int
	indent bool
	some   bool // the container has a member already
}

func (w *problemWriter) problem(p *Problem) {
	w.open('{')
	w.text("type", p.Type)
	w.text("title", p.Title)
	w.number("status", p.Status)
	w.optional("detail", p.Detail)
	w.optional("instance", p.Instance)
	w.optional("id", p.ID)
	w.optional("trace_id", p.TraceID)
	w.optional("error", p.Error)
	w.optional("party", string(p.Party))
	w.optional("strength", p.Strength)
	w.optional("operation", p.Operation)
	w.list("violated-policies", p.Policies)
	if p.Retry != nil {
		w.retry(p.Retry)
	}
	w.optional("upstream", p.Upstream)
	if len(p.Errors) > 0 {
		w.name("errors")
		w.open('[')
		for i := range p.Errors {
			w.next()
			w.error(&p.Errors[i])
		}
		w.close(']')
	}
	w.count("errors_omitted", p.Omitted)
	w.close('}')
}

func (w *problemWriter) retry(r *ProblemRetry) {
	w.name("retry")
	w.open('{')
	w.flag("safe", r.Safe)
	if r.SameCanSucceed != nil {
		w.flag("same_request_can_succeed", *r.SameCanSucceed)
	}
	w.count("after_s", r.AfterSeconds)
	if r.NeedsIdempotency {
		w.flag("needs_idempotency_key", true)
	}
	w.close('}')
}

func (w *problemWriter) error(e *ProblemError) {
	w.open('{')
	w.text("code", string(e.Code))
	w.optional("pointer", e.Pointer)
	w.optional("parameter", e.Parameter)
	w.optional("in", string(e.In))
	w.optional("header", e.Header)
	w.optional("fault", e.Fault)
	w.text("detail", e.Detail)
	if e.Expected != nil {
		w.expected(e.Expected)
	}
	switch {
	case e.Found != nil:
		w.found(e.Found)
	case e.Absent:
		w.raw("found", json.RawMessage("null"))
	}
	if e.Remedy != nil {
		w.remedy(e.Remedy)
	}
	if s := e.Span; s != nil {
		w.name("span")
		w.open('{')
		w.number("start", s.Start)
		w.number("end", s.End)
		w.count("line", s.Line)
		w.count("column", s.Column)
		w.close('}')
	}
	w.optional("contract", e.Contract)
	w.optional("doc", e.Doc)
	w.close('}')
}

func (w *problemWriter) expected(e *ProblemExpected) {
	w.name("expected")
	w.open('{')
	w.optional("field", e.Field)
	switch t := e.Type.(type) {
	case nil:
	case string:
		w.text("type", t)
	case []string:
		w.name("type")
		w.texts(t)
	default:
		text, _ := json.Marshal(t) // ours are the two above
		w.raw("type", text)
	}
	w.optional("format", e.Format)
	if len(e.Enum) > 0 {
		w.name("enum")
		w.open('[')
		for _, v := range e.Enum {
			w.next()
			w.value(v)
		}
		w.close(']')
	}
	if e.Required {
		w.flag("required", true)
	}
	w.close('}')
}

func (w *problemWriter) found(f *ProblemFound) {
	w.name("found")
	w.open('{')
	w.optional("field", f.Field)
	w.raw("value", f.Value)
	w.optional("type", f.Type)
	w.count("length", f.Length)
	w.close('}')
}

func (w *problemWriter) remedy(r *ProblemRemedy) {
	w.name("remedy")
	w.open('{')
	w.text("text", r.Text)
	w.optional("applicability", string(r.Applicability))
	if len(r.Patch) > 0 {
		w.name("patch")
		w.open('[')
		for i := range r.Patch {
			w.next()
			w.open('{')
			w.text("op", r.Patch[i].Op)
			w.optional("from", r.Patch[i].From)
			w.text("path", r.Patch[i].Path)
			w.raw("value", r.Patch[i].Value)
			w.close('}')
		}
		w.close(']')
	}
	w.close('}')
}

func (w *problemWriter) open(c byte) {
	w.b = append(w.b, c)
	w.depth++
	w.some = false
}

func (w *problemWriter) close(c byte) {
	w.depth--
	if w.some {
		w.line()
	}
	w.b = append(w.b, c)
	w.some = true
}

// next begins a member.
func (w *problemWriter) next() {
	if w.some {
		w.b = append(w.b, ',')
	}
	w.some = true
	w.line()
}

func (w *problemWriter) line() {
	if !w.indent {
		return
	}
	const spaces = "\n                "
	w.b = append(w.b, spaces[:min(1+2*w.depth, len(spaces))]...)
}

func (w *problemWriter) name(name string) {
	w.next()
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
	if w.indent {
		w.b = append(w.b, ' ')
	}
}

func (w *problemWriter) text(name, s string) {
	w.name(name)
	w.b = appendText(w.b, s)
}

func (w *problemWriter) optional(name, s string) {
	if s != "" {
		w.text(name, s)
	}
}

func (w *problemWriter) number(name string, n int) {
	w.name(name)
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

func (w *problemWriter) count(name string, n int) {
	if n != 0 {
		w.number(name, n)
	}
}

func (w *problemWriter) flag(name string, on bool) {
	w.name(name)
	w.b = strconv.AppendBool(w.b, on)
}

func (w *problemWriter) list(name string, all []string) {
	if len(all) > 0 {
		w.name(name)
		w.texts(all)
	}
}

func (w *problemWriter) texts(all []string) {
	w.open('[')
	for _, s := range all {
		w.next()
		w.b = appendText(w.b, s)
	}
	w.close(']')
}

func (w *problemWriter) raw(name string, v json.RawMessage) {
	if len(v) > 0 {
		w.name(name)
		w.value(v)
	}
}

// value writes JSON text that came from elsewhere. Nearly all are scalars.
func (w *problemWriter) value(v json.RawMessage) {
	if plainScalar(v) {
		w.b = append(w.b, v...)
		return
	}
	compact, err := json.Marshal(v)
	if err != nil {
		compact = []byte("null")
	}
	if !w.indent {
		w.b = append(w.b, compact...)
		return
	}
	var out bytes.Buffer
	_ = json.Indent(&out, compact, strings.Repeat("  ", w.depth), "  ") // what Marshal wrote is JSON
	w.b = append(w.b, out.Bytes()...)
}

// plainScalar reports whether JSON text is a scalar that is written as it is.
func plainScalar(v []byte) bool {
	for _, c := range v {
		switch {
		case c <= ' ' && v[0] != '"', c >= utf8.RuneSelf, c == '<', c == '>', c == '&', c == '{' && v[0] == '{', c == '[' && v[0] == '[':
			return false
		}
	}
	return len(v) > 0 && v[0] > ' ' && v[len(v)-1] > ' '
}

// appendText appends a string as encoding/json does: what HTML or a script
// could take for its own is escaped as well.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' {
				dst = append(dst, s[from:i]...)
				dst = append(dst, `\u`...)
				dst = append(dst, hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
				from = i + n
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		if short := strings.IndexByte("\"\\\b\f\n\r\t", c); short >= 0 {
			dst = append(dst, '\\', `"\bfnrt`[short])
		} else {
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

const hexDigits = "0123456789abcdef"
