package wire

import "github.com/faultline-http/faultline"

// Topic is what a fault is about.
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

// A Fault is one way in which a message is malformed: a row of the table that
// everything about it is read from.
type Fault struct {
	Name   string // "space-before-colon"; never renamed
	Topic  Topic
	Cause  faultline.Slug // the cause of the catalogue that it is a case of, in a request
	Status int            // what a server answers to it
	Words  string         // the reason, as a format
	Want   string         // what should stand there
	Source string         // the section of the document that says so, or why we refuse it
	Fix    string         // begins with a verb
	Plain  bool           // the message can have been meant in one way only
	Hidden bool           // the bytes at fault may be a secret
}

// faults are the rows in the order in which they are declared.
var faults []*Fault

// declare adds a row.
func declare(f Fault) *Fault {
	faults = append(faults, &f)
	return &f
}

// Faults returns every fault that a message may have. The slice is shared:
// it is for reading.
func Faults() []*Fault { return faults }
