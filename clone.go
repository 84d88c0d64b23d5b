package faultline

import (
	"bytes"
	"maps"
	"slices"
)

// Clone returns a copy that shares nothing that a [Redactor] or a caller may
// overwrite: the copy can be masked and shown while the original is still
// compared with other calls.
func (e *Exchange) Clone() *Exchange {
	out := *e
	out.Request = cloneRequest(&e.Request)
	out.Response = cloneResponse(e.Response)
	out.Failure = cloneFailure(e.Failure)
	out.Labels = maps.Clone(e.Labels)
	out.Malformed = e.Malformed.clone()
	out.Hops = slices.Clone(e.Hops)
	for i := range out.Hops {
		h := &out.Hops[i]
		h.Request, h.Response, h.Failure = cloneRequest(&h.Request), cloneResponse(h.Response), cloneFailure(h.Failure)
	}
	return &out
}

func cloneRequest(r *Request) Request {
	out := *r
	out.Header, out.Trailer, out.Body = slices.Clone(r.Header), slices.Clone(r.Trailer), r.Body.clone()
	return out
}

func cloneResponse(r *Response) *Response {
	if r == nil {
		return nil
	}
	out := *r
	out.Header, out.Trailer, out.Body = slices.Clone(r.Header), slices.Clone(r.Trailer), r.Body.clone()
	return &out
}

func cloneFailure(f *Failure) *Failure {
	if f == nil {
		return nil
	}
	out := *f
	return &out
}

// clone keeps one array for both views if they were one.
func (b *Body) clone() Body {
	out := *b
	out.Raw, out.Tail = bytes.Clone(b.Raw), bytes.Clone(b.Tail)
	if len(b.Raw) > 0 && len(b.Decoded) == len(b.Raw) && &b.Decoded[0] == &b.Raw[0] {
		out.Decoded = out.Raw
	} else {
		out.Decoded = bytes.Clone(b.Decoded)
	}
	return out
}
