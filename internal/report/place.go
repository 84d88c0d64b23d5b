package report

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

// place draws where a finding is: the bytes as they were sent, with carets.
func (t *text) place(f *faultline.Finding) {
	switch f.At.In {
	case faultline.InBody:
		t.bodyPlace(f)
	case faultline.InHeader:
		t.headerPlace(f)
	case faultline.InQuery, faultline.InPath, faultline.InTarget:
		t.targetPlace(f)
	case faultline.InCookie:
		t.cookiePlace(f)
	case faultline.InStatus:
		t.linePlace(f, statusLine(t.ex.Response), faultline.Span{})
	case faultline.InConnection:
		t.connectionPlace(f)
	default:
		if f.Caret != "" {
			t.p.wrapped(6, say("   = note      "+f.Caret))
		}
	}
}

// single is the gutter of blocks without line numbers.
const single = gutter(1)

// linePlace shows one line with carets under a span of it; without a span the
// caret's words stand below on their own.
func (t *text) linePlace(f *faultline.Finding, line string, span faultline.Span) {
	t.p.wrapped(6, say(single.title()+f.At.String()))
	switch {
	case line == "" && f.Caret == "":
	case line == "":
		t.p.wrappedUnder(single.rule(), say(single.rule()+f.Caret))
	case span.IsZero():
		w := t.p.o.windowOf(line, 0, 0, single.columns(t.p.o))
		t.p.line(say(single.rule()), piece{text: w.text, verbatim: true})
		if f.Caret != "" {
			t.p.wrappedUnder(single.rule(), say(single.rule()+f.Caret))
		}
	default:
		t.p.excerptLine(single, single.rule(), line, span, f.Caret)
	}
}

func (t *text) header(f *faultline.Finding) faultline.Header {
	switch {
	case f.At.Side == faultline.RequestSide:
		return t.ex.Request.Header
	case t.ex.Response != nil:
		return t.ex.Response.Header
	}
	return nil
}

func (t *text) headerPlace(f *faultline.Finding) {
	for _, field := range t.header(f) {
		if strings.EqualFold(field.Name, f.At.Name) {
			line, span := fieldLine(field, f.At.Span)
			t.linePlace(f, line, span)
			return
		}
	}
	t.linePlace(f, "", faultline.Span{})
}

// cookiePlace shows the name of the cookie alone: its value is nobody's business.
func (t *text) cookiePlace(f *faultline.Finding) {
	for _, value := range t.ex.Request.Header.Values("Cookie") {
		for pair := range strings.SplitSeq(value, ";") {
			name, v, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if name != f.At.Name {
				continue
			}
			line := fmt.Sprintf("Cookie: %s=[%d characters]", name, utf8.RuneCountInString(v))
			t.linePlace(f, line, faultline.Span{Start: len("Cookie: "), End: len(line)})
			return
		}
	}
	t.linePlace(f, "", faultline.Span{})
}

// targetPlace shows the request line, as far as the finding is about it.
func (t *text) targetPlace(f *faultline.Finding) {
	r := &t.ex.Request
	target, edits := maskTarget(r.Target)
	line := r.Method + " " + target
	if f.At.In == faultline.InTarget && f.At.Name == "method" {
		t.linePlace(f, line, faultline.Span{End: len(r.Method)})
		return
	}
	span := f.At.Span
	if span.IsZero() && f.At.In == faultline.InQuery {
		span = parameterSpan(r.Target, f.At.Name)
	}
	if !span.IsZero() {
		span = moved(span, edits)
		span.Start += len(r.Method) + 1
		span.End += len(r.Method) + 1
	}
	t.linePlace(f, line, span)
}

// parameterSpan finds the value of a query parameter in a request target, or
// the name if it has none.
func parameterSpan(target, name string) faultline.Span {
	path, query, ok := strings.Cut(target, "?")
	at := len(path) + 1
	for ok {
		pair, rest, more := strings.Cut(query, "&")
		key, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(key); name != "" && (key == name || err == nil && decoded == name) {
			if value == "" {
				return faultline.Span{Start: at, End: at + len(pair)}
			}
			return faultline.Span{Start: at + len(key) + 1, End: at + len(pair)}
		}
		at += len(pair) + 1
		query, ok = rest, more
	}
	return faultline.Span{}
}

func statusLine(r *faultline.Response) string {
	if r == nil {
		return ""
	}
	proto := r.Proto
	if proto == "" {
		proto = "HTTP"
	}
	return strings.TrimRight(proto+" "+strconv.Itoa(r.Status)+" "+r.Reason, " ")
}

// connectionPlace shows the words of the client library.
func (t *text) connectionPlace(f *faultline.Finding) {
	if t.ex.Failure == nil {
		if f.Caret != "" {
			t.linePlace(f, "", faultline.Span{})
		}
		return
	}
	t.p.wrapped(6, say(single.title()+f.At.String()))
	t.p.wrappedUnder(single.rule()+"  ", say(single.rule()+firstText(t.ex.Failure.Text)))
	if f.Caret != "" {
		t.p.wrappedUnder(single.rule(), say(single.rule()+f.Caret))
	}
}

// maxWords bounds the words of a client library: a stack trace follows.
const maxWords = 600

func firstText(s string) string {
	s = strings.Join(strings.Fields(s[:min(len(s), 4*maxWords)]), " ")
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "") + "…"
	}
	return s
}

func (t *text) body(side faultline.Side) *faultline.Body {
	switch {
	case side == faultline.RequestSide:
		return &t.ex.Request.Body
	case t.ex.Response != nil:
		return &t.ex.Response.Body
	}
	return &faultline.Body{}
}

func (t *text) bodyPlace(f *faultline.Finding) {
	body := t.body(f.At.Side)
	bytes, span := body.Bytes(), f.At.Span
	var title strings.Builder
	title.WriteString(f.At.String())
	for _, note := range bodyNotes(body) {
		title.WriteString("  (" + note + ")")
	}
	if span.IsZero() || span.Start < 0 || span.Start > len(bytes) {
		t.linePlaceTitled(title.String(), f.Caret)
		return
	}
	span.End = min(max(span.End, span.Start), len(bytes))
	if t.showsHex(f, bytes) {
		t.hexPlace(title.String(), bytes, span, f.Caret)
		return
	}
	if t.p.o.Reflow {
		if text, moved, ok := reflow(bytes, span); ok {
			t.lines(title.String()+"  (re-indented)", text, moved, f)
			return
		}
	}
	t.lines(title.String(), bytes, span, f)
}

func (t *text) linePlaceTitled(title, caret string) {
	t.p.wrapped(6, say(single.title()+title))
	if caret != "" {
		t.p.wrappedUnder(single.rule(), say(single.rule()+caret))
	}
}

// bodyNotes says what was done to the body before it is shown.
func bodyNotes(b *faultline.Body) []string {
	var notes []string
	if b.Decoded != nil && !sameBytes(b.Decoded, b.Raw) {
		notes = append(notes, fmt.Sprintf("decoded, %s travelled", byteCount(max(b.Size, int64(len(b.Raw))))))
	}
	if b.Truncated && len(b.Raw) > 0 {
		notes = append(notes, fmt.Sprintf("the first %s of %s", byteCount(int64(len(b.Raw))), byteCount(b.Size)))
	}
	if b.Note != "" {
		notes = append(notes, b.Note)
	}
	return notes
}

func sameBytes(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || bytes.Equal(a, b))
}

// lines draws the line of the span with carets. Where the line does not name
// the place itself (an item of a list, a syntax error), the lines around it
// help to find it; a value of several lines is shown by its first and last.
func (t *text) lines(title string, body []byte, span faultline.Span, f *faultline.Finding) {
	first := lineAt(body, span.Start)
	last := first
	if span.End > first.end+1 {
		last = lineAt(body, span.End-1)
	}
	context := last == first && !namesPlace(first.text(body), f.At.Pointer)
	next, hasNext := last.after(body)
	g := gutterFor(last.number)
	if context && hasNext {
		g = gutterFor(next.number)
	}
	t.p.wrapped(int(g)+5, say(g.title()+title))
	if prev, ok := first.before(body); ok && context {
		t.bodyLine(g, prev, body)
	}
	in := faultline.Span{Start: span.Start - first.start, End: min(span.End, first.end) - first.start}
	t.p.excerptLine(g, g.numbered(strconv.Itoa(first.number)), first.text(body), in, f.Caret)
	if hidden := last.number - first.number - 1; hidden > 0 {
		t.p.line(say(g.numbered("…")), say(plural(hidden, "line")))
	}
	if last != first {
		t.bodyLine(g, last, body)
	}
	if context && hasNext {
		t.bodyLine(g, next, body)
	}
}

func (t *text) bodyLine(g gutter, l bodyLine, body []byte) {
	w := t.p.o.windowOf(l.text(body), 0, 0, g.columns(t.p.o))
	t.p.line(say(g.numbered(strconv.Itoa(l.number))), piece{text: w.text, verbatim: true})
}

// namesPlace reports whether the line holds the name at the end of a pointer.
func namesPlace(line, pointer string) bool {
	name := lastStep(pointer)
	if name == "" || isIndex(name) {
		return false
	}
	const searched = 1 << 16 // of a long line; its window is all that is seen anyway
	return strings.Contains(line[:min(len(line), searched)], name) || len(line) > searched
}

func isIndex(step string) bool {
	_, err := strconv.Atoi(step)
	return err == nil
}

// lastStep is the last member name or index of a JSON Pointer.
func lastStep(pointer string) string {
	return faultline.UnescapePointer(pointer[strings.LastIndexByte(pointer, '/')+1:])
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// byteCount says a size as people do.
func byteCount(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n/1e6)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 10e3:
		return fmt.Sprintf("%d kB", n/1e3)
	}
	return plural(int(n), "byte")
}
