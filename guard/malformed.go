package guard

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/wire"
)

// BeginMalformed begins a call whose head cannot be read as HTTP, and refuses it.
func (g *Guard) BeginMalformed(ex *faultline.Exchange, err *wire.Error) (*Call, *Refusal) {
	c := new(Call)
	return c, g.StartMalformed(c, ex, err)
}

// StartMalformed is BeginMalformed with a Call that is new or has ended. What
// can be read of the request all the same goes into the exchange, unless it has
// a method: for the record, for the form of the answer, and to mask its secrets.
func (g *Guard) StartMalformed(c *Call, ex *faultline.Exchange, err *wire.Error) *Refusal {
	if err.Seen != nil && ex.Request.Method == "" {
		ex.Request.Method, ex.Request.Target, ex.Request.Header = err.Seen.Method, err.Seen.Target, err.Seen.Header
	}
	g.take(c, ex)
	return c.Malformed(err)
}

// Malformed is the refusal for a request that is no HTTP from some byte on.
// That is a diagnosis too: the protocol says what is wrong, and the reader where.
func (c *Call) Malformed(err *wire.Error) (r *Refusal) {
	defer c.caughtRefusal(&r, err.Status)
	r = c.Refuse(err.Status, "The request is not well-formed HTTP", err.Error())
	c.request, c.malformed = notHTTP, "other"
	if err.Fault == nil {
		c.d.Looked = []string{err.Error()}
		return r
	}
	c.malformed = err.Fault.Name
	malformed.Fill(c.d, err)
	return r
}

// explainAnswer is what [sharpen] learns from an answer that is not well-formed.
func explainAnswer(f *faultline.Finding, err *wire.Error) {
	told := malformed.Finding(err, faultline.ResponseSide)
	f.Message, f.Brief = told.Message, told.Brief
	if err.Fault.Cause != f.Cause.Slug {
		f.Party = faultline.Server // it speaks HTTP, with a mistake; the others are something else than the gateway looks for
	}
	f.At, f.Expected, f.Found = told.At, told.Expected, told.Found
	f.Remedy.Text = told.Remedy.Text
	f.Detail.Fault = err.Fault.Name
	f.Evidence = append(told.Evidence, f.Evidence...)
}
