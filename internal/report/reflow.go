package report

import (
	"bytes"

	"github.com/faultline-http/faultline"
)

const (
	// maxReflow bounds what is indented: more lines than this nobody reads.
	maxReflow = 1 << 20

	// maxIndent bounds the indentation of deep bodies, which would fill the
	// memory with blanks.
	maxIndent = 40
)

// reflow indents JSON that is one long line, and says where the span is then.
// It moves white space alone: order, escapes and numbers stay, and what is no
// JSON comes out no worse than it went in.
func reflow(body []byte, span faultline.Span) ([]byte, faultline.Span, bool) {
	body = bytes.TrimRight(body, "\r\n")
	if len(body) > maxReflow || len(body) < 2 || body[0] != '{' && body[0] != '[' || bytes.IndexByte(body, '\n') >= 0 {
		return nil, span, false
	}
	r := reflower{out: make([]byte, 0, 2*len(body))}
	for i, c := range body {
		if !r.inString && (c == ' ' || c == '\t') {
			r.mark(i, &span)
			continue
		}
		r.before(c)
		r.mark(i, &span)
		r.write(c)
	}
	r.mark(len(body), &span)
	return r.out, r.span, true
}

type reflower struct {
	out      []byte
	depth    int
	inString bool
	escaped  bool
	fresh    bool // a container has just been opened
	span     faultline.Span
}

// mark notes where the edges of the span are in the output.
func (r *reflower) mark(i int, span *faultline.Span) {
	if i == span.Start {
		r.span.Start = len(r.out)
	}
	if i == span.End {
		r.span.End = len(r.out)
	}
	// The end follows the last byte of the span, not the white space put behind it.
	if i == span.End-1 {
		r.span.End = len(r.out) + 1
	}
}

// before writes the white space in front of c.
func (r *reflower) before(c byte) {
	if r.inString {
		return
	}
	closing := c == '}' || c == ']'
	if closing {
		r.depth--
	}
	switch {
	case closing && !r.fresh, !closing && r.fresh:
		r.newLine()
	}
	r.fresh = false
}

func (r *reflower) newLine() {
	r.out = append(r.out, '\n')
	for range min(max(r.depth, 0), maxIndent) {
		r.out = append(r.out, "  "...)
	}
}

func (r *reflower) write(c byte) {
	r.out = append(r.out, c)
	if r.inString {
		switch {
		case r.escaped:
			r.escaped = false
		case c == '\\':
			r.escaped = true
		case c == '"':
			r.inString = false
		}
		return
	}
	switch c {
	case '"':
		r.inString = true
	case '{', '[':
		r.depth++
		r.fresh = true
	case ',':
		r.newLine()
	case ':':
		r.out = append(r.out, ' ')
	}
}
