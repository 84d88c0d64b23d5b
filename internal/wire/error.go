package wire

import (
	"fmt"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

// An Error says what is wrong with a message, and where.
type Error struct {
	Fault  *Fault // nil for what is no fault of the bytes: a head that did not come in time
	Offset int64  // of the first byte at fault, from the beginning of the head or of the body
	End    int64  // after the last byte at fault; equal to Offset where something is missing
	Line   int    // 1-based line of the head; 0 in a body
	Column int    // 1-based, of the line, in code points
	Reason string // in words: "white space stands before the colon of the field `Host`"
	Status int    // what a server answers to it: 400, 414, 431, 501, 505; 502 for a response
	Text   string // the offending line as it came with its end, or a window of maxText bytes of it
	TextAt int64  // the offset of the first byte of Text
	InBody bool
	Topic  Topic
	Name   string // of the field that the line is of; "" for other lines
	Seen   *Seen  // what a lenient reader makes of the request; nil for answers and bodies
}

// Seen is what can be read of a malformed request all the same: for those who
// record it, and to find the secrets in what is quoted of it. Nobody forwards it.
type Seen struct {
	Method, Target string
	Header         faultline.Header
}

// maxText is how much of the offending line is quoted: more than a field that
// people type, less than what would fill a log.
const maxText = 160

func (e *Error) Error() string {
	if e.Fault == nil {
		return e.Reason
	}
	if e.InBody {
		return fmt.Sprintf("body, byte %d: %s", e.Offset, e.Reason)
	}
	return fmt.Sprintf("line %d, byte %d: %s", e.Line, e.Offset, e.Reason)
}

// line is one line of a message while it is read: where it begins, its number,
// and whether it is one of a body.
type line struct {
	text   string // without CR LF
	ending string // CR LF, LF, or nothing yet
	offset int64
	number int // 0 in a body
}

// at makes the error for the bytes of the line from start up to end.
func (l line) at(start, end int, f *Fault, args ...any) *Error {
	e := &Error{
		Fault: f, Offset: l.offset + int64(start), End: l.offset + int64(max(start, end)), Line: l.number, Column: 1 + utf8.RuneCountInString(l.text[:min(start, len(l.text))]),
		Reason: fmt.Sprintf(f.Words, args...), Status: f.Status, InBody: l.number == 0, Topic: f.Topic,
	}
	if l.number != 1 {
		e.Name = nameOf(l.text)
	}
	whole := l.text + l.ending
	from := 0
	if len(whole) > maxText {
		from = min(max(0, start-maxText/2), len(whole)-maxText)
	}
	e.Text, e.TextAt = whole[from:min(len(whole), from+maxText)], l.offset+int64(from)
	return e
}

// byteAt is at for one byte.
func (l line) byteAt(i int, f *Fault, args ...any) *Error { return l.at(i, i+1, f, args...) }

// all is at for the whole text of the line.
func (l line) all(f *Fault, args ...any) *Error { return l.at(0, len(l.text), f, args...) }
