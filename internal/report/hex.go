package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

// bytesOfHex is how many bytes stand in a line of hex.
const bytesOfHex = 16

// showsHex reports whether the bytes around the finding are better shown as
// numbers: the finding is about how the text is encoded, or it is no text.
func (t *text) showsHex(f *faultline.Finding, body []byte) bool {
	start := min(f.At.Span.Start, len(body))
	around := body[max(0, start-bytesOfHex):min(len(body), start+bytesOfHex)]
	if bytes.IndexByte(around, 0) >= 0 {
		return true
	}
	if !strings.Contains(string(f.Cause.Slug), "encoding") && !strings.Contains(string(f.Cause.Slug), "charset") {
		return false
	}
	return !utf8.Valid(trimPartial(around))
}

// trimPartial takes characters off that were cut at the edges.
func trimPartial(b []byte) []byte {
	for len(b) > 0 && !utf8.RuneStart(b[0]) {
		b = b[1:]
	}
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// hexPlace shows the bytes around the start of the span as numbers, with their
// offset and their ASCII reading.
func (t *text) hexPlace(title string, body []byte, span faultline.Span, caret string) {
	t.p.wrapped(6, say(single.title()+title))
	row := span.Start / bytesOfHex * bytesOfHex
	if row == len(body) && row > 0 {
		row -= bytesOfHex
	}
	end := min(len(body), row+bytesOfHex)
	var hex, ascii strings.Builder
	for i := row; i < row+bytesOfHex; i++ {
		if i >= end {
			hex.WriteString("   ")
			continue
		}
		fmt.Fprintf(&hex, "%02x ", body[i])
		if body[i] > ' ' && body[i] < 0x7f {
			ascii.WriteByte(body[i])
		} else {
			ascii.WriteByte('.')
		}
	}
	offset := fmt.Sprintf("%08x  ", row)
	t.p.line(say(single.rule()), say(offset+hex.String()+" "+ascii.String()))
	marked := max(1, min(span.End, end)-span.Start)
	t.p.carets(single, window{caret: len(offset) + 3*(span.Start-row), wide: 3*marked - 1}, caret)
}
