package tape

import (
	"bytes"
	"math/bits"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

// Places counts lines and columns of many offsets of one text: LineColumn
// looks at all that stands before an offset, this only at the last stretch.
type Places struct {
	text  []byte
	marks []mark
}

// A mark is the place of a multiple of stretch.
type mark struct{ line, column int }

const stretch = 1024

// NewPlaces looks at the whole text once.
func NewPlaces(text []byte) *Places {
	p := &Places{text: text, marks: make([]mark, 0, len(text)/stretch+1)}
	at := mark{1, 1}
	for start := 0; ; start += stretch {
		p.marks = append(p.marks, at)
		if start+stretch > len(text) {
			return p
		}
		at = at.over(text[start : start+stretch])
	}
}

// over is the place behind a piece of text. A code point counts where it begins.
func (m mark) over(piece []byte) mark {
	if n := bytes.Count(piece, newline); n > 0 {
		m.line, m.column = m.line+n, 1
		piece = piece[bytes.LastIndexByte(piece, '\n')+1:]
	}
	m.column += runeStarts(piece)
	return m
}

var newline = []byte{'\n'}

// runeStarts counts the bytes at which a code point begins: all but those of
// the form 10xxxxxx, eight of them at once.
func runeStarts(piece []byte) int {
	n := len(piece)
	i := 0
	for ; i+8 <= len(piece); i += 8 {
		w := Eight(piece, i)
		n -= bits.OnesCount64(w >> 7 & (^w >> 6) & lows)
	}
	for _, c := range piece[i:] {
		if !utf8.RuneStart(c) {
			n--
		}
	}
	return n
}

// Span is the span of the bytes from start to end.
func (p *Places) Span(start, end int) faultline.Span {
	n := start / stretch
	at := p.marks[n].over(p.text[n*stretch : start])
	return faultline.Span{Start: start, End: end, Line: at.line, Column: at.column}
}
