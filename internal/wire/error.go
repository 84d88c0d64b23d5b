package wire

import (
	"fmt"
	"net/http"
)

// Topic is what a mistake is about.
type Topic uint8

// The topics.
const (
	Syntax        Topic = iota // of the message as such
	OtherProtocol              // the peer speaks something else: TLS to a plain port
	Version                    // of HTTP
	Target                     // the request target
	Field                      // a field line
	BodyLength                 // where the body ends: Content-Length, Transfer-Encoding, chunks
	TooLong                    // the request line
	TooLarge                   // the head
)

// An Error says what is wrong with a message, and where.
type Error struct {
	Offset int64  // of the byte, from the beginning of the head or of the body
	Line   int    // 1-based line of the head; 0 in a body
	Reason string // in words: "a space stands before the colon of the field `Host`"
	Status int    // what a server answers to it: 400, 414, 431, 501, 505; 502 for a response
	Text   string // the offending line as it came, cut to maxText bytes
	InBody bool
	Topic  Topic
}

// about sets the topic.
func (e *Error) about(t Topic) *Error {
	e.Topic = t
	return e
}

// maxText is how much of the offending line is quoted: more than a field that
// people type, less than what would fill a log.
const maxText = 160

func (e *Error) Error() string {
	if e.InBody {
		return fmt.Sprintf("body, byte %d: %s", e.Offset, e.Reason)
	}
	return fmt.Sprintf("line %d, byte %d: %s", e.Line, e.Offset, e.Reason)
}

// line is one line of a head while it is read: where it begins and its number.
type line struct {
	text   string // without CR LF
	offset int
	number int
}

// wrong makes the error for the byte at the index of the line.
func (l line) wrong(at, status int, format string, args ...any) *Error {
	return &Error{
		Offset: int64(l.offset + at), Line: l.number,
		Reason: fmt.Sprintf(format, args...), Status: status,
		Text: l.text[:min(len(l.text), maxText)],
	}
}

// bad is wrong with the status for a malformed request.
func (l line) bad(at int, format string, args ...any) *Error {
	return l.wrong(at, http.StatusBadRequest, format, args...)
}
