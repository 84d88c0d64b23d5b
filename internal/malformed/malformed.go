// Package malformed makes diagnoses of messages that are not well-formed HTTP:
// from the byte at which package wire stops to the cause of the catalogue, with
// the line, its carets and what to do. Proxy and `faultline explain` tell the
// same of the same bytes, since both ask here.
//
//	if err := wire.ExplainRequest(head, wire.Limits{}); err != nil {
//		malformed.Fill(d, err)
//	}
package malformed

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/internal/wire"
)

// Fill makes the fault of a request the one finding of its diagnosis, with the
// corrected request where there is one.
func Fill(d *faultline.Diagnosis, err *wire.Error) {
	f := Finding(err, faultline.RequestSide)
	d.Corrected, d.Checked = corrected(err)
	if d.Corrected != nil {
		// The corrected call takes the place of the words, and nobody sees a space in it.
		f.Notes = []faultline.Note{{Label: "mend", Text: err.Fault.Fix}}
	}
	only(d, &f)
}

// only makes a finding the whole of what a diagnosis says.
func only(d *faultline.Diagnosis, f *faultline.Finding) {
	d.Failed = true
	d.Findings = []faultline.Finding{*f}
	d.More, d.RuledOut, d.Looked, d.Ranking = 0, nil, nil, nil
	d.Fingerprint = Fingerprint(f.Cause.Slug, d.Operation)
}

// Fingerprint is equal for calls that fail of one cause in one operation. What
// is malformed has no path that could be relied on.
func Fingerprint(cause faultline.Slug, operation string) string {
	sum := sha256.Sum256([]byte(string(cause) + "\x00" + operation))
	return hex.EncodeToString(sum[:6])
}

// Finding tells of a message that is not well-formed, with the caret
// under the byte at which a reader of HTTP stops.
func Finding(err *wire.Error, side faultline.Side) faultline.Finding {
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
	if wire.ExplainRequest(head, wire.Limits{}) != nil || seen.Header.Has("Content-Length") || seen.Header.Has("Transfer-Encoding") || seen.Method == "CONNECT" {
		return nil, ""
	}
	return &faultline.Request{Method: seen.Method, Target: seen.Target, Scheme: "http", Proto: "HTTP/1.1", Header: seen.Header}, faultline.Checked
}
