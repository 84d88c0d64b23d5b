package faultline

import "strings"

// Own returns a copy that shares no memory with the exchange at all, not even
// that of its texts: what is made of it lasts although the buffers that the
// exchange was read into are used again.
func (e *Exchange) Own() *Exchange {
	out := e.Clone()
	size := 0
	out.texts(func(s *string) { size += len(*s) })
	var all strings.Builder
	all.Grow(size)
	out.texts(func(s *string) { all.WriteString(*s) })
	rest := all.String()
	out.texts(func(s *string) { *s, rest = rest[:len(*s)], rest[len(*s):] })
	for name, value := range e.Labels {
		out.Labels[strings.Clone(name)] = strings.Clone(value)
	}
	return out
}

// texts calls do for each text of the exchange but the labels, always in the
// same order.
func (e *Exchange) texts(do func(*string)) {
	do(&e.ID)
	e.Request.texts(do)
	e.Response.texts(do)
	e.Failure.texts(do)
	e.Malformed.texts(do)
	for i := range e.Hops {
		h := &e.Hops[i]
		h.Request.texts(do)
		h.Response.texts(do)
		h.Failure.texts(do)
	}
}

func (r *Request) texts(do func(*string)) {
	for _, s := range []*string{&r.Method, &r.Scheme, &r.Host, &r.Target, &r.Proto, &r.Body.Note} {
		do(s)
	}
	r.Header.texts(do)
	r.Trailer.texts(do)
}

func (r *Response) texts(do func(*string)) {
	if r == nil {
		return
	}
	for _, s := range []*string{&r.Reason, &r.Proto, &r.Body.Note} {
		do(s)
	}
	r.Header.texts(do)
	r.Trailer.texts(do)
}

func (f *Failure) texts(do func(*string)) {
	if f != nil {
		do(&f.Text)
	}
}

func (h Header) texts(do func(*string)) {
	for i := range h {
		do(&h[i].Name)
		do(&h[i].Value)
	}
}
