package wire

import "io"

// A Response is the head of a response.
type Response struct {
	Head
	Status int
	Reason string

	method string // of the request
}

// ErrCut means that a message ended before its framing said so.
var ErrCut = io.ErrUnexpectedEOF
