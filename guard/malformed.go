package guard

import (
	"net/http"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
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
func (c *Call) Malformed(err *wire.Error) *Refusal {
	r := c.Refuse(err.Status, "The request is not well-formed HTTP", err.Error())
	c.request, c.malformed = notHTTP, "other"
	if err.Fault == nil {
		c.d.Looked = []string{err.Error()}
		return r
	}
	c.malformed = err.Fault.Name
	f := malformedFinding(err, faultline.RequestSide)
	c.d.Corrected, c.d.Checked = corrected(err)
	if c.d.Corrected != nil {
		// The corrected call takes the place of the words, and nobody sees a space in it.
		f.Notes = []faultline.Note{{Label: "mend", Text: err.Fault.Fix}}
	}
	c.d.Findings = []faultline.Finding{f}
	c.d.Fingerprint = c.fingerprint(&f)
	return r
}

// malformedFinding tells of a message that is not well-formed, with the caret
// under the byte at which a reader of HTTP stops.
func malformedFinding(err *wire.Error, side faultline.Side) faultline.Finding {
	fault := err.Fault
	at := faultline.Location{
		Side: side, In: faultline.InMessage, Name: err.Name,
		Span: faultline.Span{Start: int(err.Offset), End: int(err.End), Line: err.Line, Column: err.Column},
	}
	line := visible(err)
	line.Note = "expected " + fault.Want
	f := faultline.Finding{
		Strength: faultline.Proven, At: at, Message: err.Reason,
		Brief: fault.Name, Expected: fault.Want, Found: found(err), Detail: faultline.Detail{Fault: fault.Name},
		Remedy: faultline.Remedy{Text: fault.Fix, Applicability: faultline.Guess},
		Retry:  "as sent it fails every time",
	}
	if rule, ok := causes.Lookup(fault.Cause); ok {
		f.Cause = rule.Cause
	}
	f.Evidence = []faultline.Evidence{
		{Title: at.String(), Lines: []faultline.Line{line}},
		fact("found", f.Found), fact("fault", fault.Name), fact("source", fault.Source),
	}
	return f
}

func fact(title, text string) faultline.Evidence {
	return faultline.Evidence{Kind: faultline.Fact, Title: title, Lines: []faultline.Line{{Text: text}}}
}

// explainAnswer is what [sharpen] learns from an answer that is not well-formed.
func explainAnswer(f *faultline.Finding, err *wire.Error) {
	told := malformedFinding(err, faultline.ResponseSide)
	f.Message, f.Brief = told.Message, told.Brief
	if err.Fault.Cause != f.Cause.Slug {
		f.Party = faultline.Server // it speaks HTTP, with a mistake; the others are something else than the gateway looks for
	}
	f.At, f.Expected, f.Found = told.At, told.Expected, told.Found
	f.Remedy.Text = told.Remedy.Text
	f.Detail.Fault = err.Fault.Name
	f.Evidence = append(told.Evidence, f.Evidence...)
}

// corrected is the request as the lenient reader understood it, if that is well
// formed. It is checked where the fault leaves no doubt about what was meant and
// no body belongs to it, which was not read.
func corrected(err *wire.Error) (*faultline.Request, faultline.Applicability) {
	seen := err.Seen
	if seen == nil || !err.Fault.Plain || err.InBody || seen.Method == "" || seen.Target == "" {
		return nil, ""
	}
	head := make([]byte, 0, 256)
	head = append(head, seen.Method+" "+seen.Target+" HTTP/1.1\r\n"...)
	for _, f := range seen.Header {
		head = append(head, f.Name+": "+f.Value+"\r\n"...)
	}
	head = append(head, "\r\n"...)
	if wire.ExplainRequest(head, wire.Limits{}) != nil || seen.Header.Has("Content-Length") || seen.Header.Has("Transfer-Encoding") || seen.Method == http.MethodConnect {
		return nil, ""
	}
	return &faultline.Request{Method: seen.Method, Target: seen.Target, Scheme: "http", Proto: "HTTP/1.1", Header: seen.Header}, faultline.Checked
}
