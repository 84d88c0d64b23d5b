package wire

import "io"

// A Response is the head of a response.
type Response struct {
	Head
	Status int
	Reason string
}

func (r *Response) fill(x *explainer, method string) {
	*r = Response{Status: x.status, Reason: x.reason}
	r.Head.fill(x)
	r.frame(method)
	r.readConnection()
}

func (r *Response) readConnection() {
	keep := false
	for option := range r.Options() {
		switch {
		case lowerEqual(option, "close"):
			r.Close = true
		case lowerEqual(option, "keep-alive"):
			keep = true
		}
	}
	if r.Minor == 0 && !keep || r.Framing.Kind == UntilClose {
		r.Close = true
	}
}

// ErrCut means that a message ended before its framing said so.
var ErrCut = io.ErrUnexpectedEOF
