package malformed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// visible is the line at fault with its carets: control characters as their
// pictures (Unicode block 2400), bytes that are no UTF-8 by number, and the
// values of secrets as stars.
func visible(err *wire.Error) faultline.Line {
	text := hideSecrets(err)
	start, end := int(err.Offset-err.TextAt), int(max(err.End, err.Offset+1)-err.TextAt)
	if line := strings.TrimSuffix(text, "\r\n"); err.Offset < err.TextAt+int64(len(line)) {
		text = line // its end is as it should be, and nobody asked for it
	}
	var b strings.Builder
	span := faultline.Span{Start: -1}
	for i := 0; i < len(text); {
		if i >= start && span.Start < 0 {
			span.Start = b.Len()
		}
		n := appendVisible(&b, text[i:])
		i += n
		if i >= end && span.End == 0 {
			span.End = b.Len()
		}
	}
	if span.Start < 0 {
		span.Start = b.Len()
	}
	if span.End == 0 {
		span.End = max(b.Len(), span.Start+1)
	}
	return faultline.Line{Text: b.String(), Span: span}
}

// appendVisible writes the first character so that it can be seen, and returns
// how many bytes it takes.
func appendVisible(b *strings.Builder, s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r < ' ':
		b.WriteRune(0x2400 + r)
	case r == 0x7f:
		b.WriteRune('␡')
	case r == utf8.RuneError && n == 1 || !unicode.IsPrint(r):
		for i := range n {
			const digits = "0123456789abcdef"
			b.WriteString(`\x` + string(digits[s[i]>>4]) + string(digits[s[i]&15]))
		}
	default:
		b.WriteString(s[:n])
	}
	return n
}

// found names what stands at the fault.
func found(err *wire.Error) string {
	start, end := int(err.Offset-err.TextAt), int(err.End-err.TextAt)
	switch text := hideSecrets(err); {
	case end <= start && start >= len(err.Text):
		return "the end of what came"
	case end <= start:
		return "nothing in that place"
	case end == start+1 && start < len(text):
		return wire.ByteName(text[start])
	case start < len(text):
		var b strings.Builder
		for rest := text[start:min(end, len(text))]; rest != "" && b.Len() < mostFound; {
			rest = rest[appendVisible(&b, rest):]
		}
		return "`" + b.String() + "`"
	}
	return "more than fits"
}

// shownWord is about as long as the names of fields.
const shownWord = 16

// mostFound bounds the quotation of what was found.
const mostFound = 60

// hideSecrets stars what is secret by its name: the value of a field, and the
// values of the query. The bytes at fault stay, since they are what is talked of,
// and nothing moves. The line that a folded field goes on in has no name: there
// everything behind the fault is hidden.
func hideSecrets(err *wire.Error) string {
	b := []byte(err.Text)
	switch {
	case err.InBody && err.Name == "":
		return err.Text
	case err.Line == 1 && err.TextAt > 0:
		hide(b, 0) // of a long line: where the names are is not known
	case err.Line == 1:
		if word := strings.IndexByte(err.Text, ' '); err.Offset < int64(word) {
			hide(b[:word], 0) // what stands for the method may be left of a body
		}
		hidePairs(b)
	case err.Name == "" && err.Offset == err.End:
		hide(b, shownWord) // a line without a colon: its first word tells people what it is
	case err.Name == "":
		hide(b, 0)
	case faultline.SecretName(err.Name):
		hide(b, max(0, strings.IndexAny(err.Text, ": \t")+1))
	}
	if err.Fault.Hidden {
		hide(b[:err.End-err.TextAt], int(err.Offset-err.TextAt))
		return string(b)
	}
	for i := max(0, err.Offset-err.TextAt); i < min(err.End-err.TextAt, int64(len(b))); i++ {
		b[i] = err.Text[i]
	}
	return string(b)
}

// hide stars letters and digits from the index on.
func hide(b []byte, from int) {
	for i := from; i < len(b); i++ {
		if b[i] > ' ' && b[i] < 0x7f {
			b[i] = '*'
		}
	}
}

// hidePairs stars the values of secrets in the query of a request line.
func hidePairs(b []byte) {
	line := string(b)
	last := len(line)
	if version := strings.LastIndex(line, " HTTP"); version > 0 {
		last = version
	}
	for i := strings.IndexAny(line, "?&") + 1; i > 0 && i < last; {
		end := last
		if n := strings.IndexByte(line[i:last], '&'); n >= 0 {
			end = i + n
		}
		if name, _, ok := strings.Cut(line[i:end], "="); ok && faultline.SecretName(name) {
			hide(b[:end], i+len(name)+1)
		}
		i = end + 1
	}
}
