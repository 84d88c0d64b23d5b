package malformed

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/internal/wire"
)

// Explain puts what is wrong with the bytes of an exchange in place of its
// diagnosis, if that is what the call failed of: a server that went by the
// content of a request has read it, whatever we think of its bytes.
func Explain(ex *faultline.Exchange, d *faultline.Diagnosis) {
	m := ex.Malformed
	if m == nil {
		return
	}
	w := wire.Written{Head: m.Head, Body: m.Body, Answer: m.Side == faultline.ResponseSide, Method: ex.Request.Method}
	err := w.Explain()
	switch {
	case err == nil:
	case w.Answer && unreadable(ex, d, err):
		fillAnswer(d, err)
	case !w.Answer && refusedFor(ex, d, err, w.Exact()):
		Fill(d, err)
	}
}

// tolerated are faults of answers that most clients read over.
var tolerated = map[string]bool{
	"bare-lf": true, "bare-cr": true, "obs-fold": true, "reason-control": true, "length-and-coding": true, "chunk-line-bare-lf": true, "chunk-data-bare-lf": true,
}

// unreadable reports whether the fault is why an answer could not be read. One
// that tells of a failure by itself is about that, whatever its bytes are like.
func unreadable(ex *faultline.Exchange, d *faultline.Diagnosis, err *wire.Error) bool {
	return ex.Response != nil && ex.Response.Status < 400 && !tolerated[err.Fault.Name] && !contradicted(d, err, false)
}

// fillAnswer is Fill for the fault of an answer.
func fillAnswer(d *faultline.Diagnosis, err *wire.Error) {
	f := Finding(err, faultline.ResponseSide)
	if rule, ok := causes.Lookup("gateway.bad-response"); ok {
		f.Cause = rule.Cause
	}
	f.Party, f.Retry = faultline.Server, ""
	d.Corrected, d.Checked = nil, ""
	only(d, &f)
}

// refusedFor reports whether the fault is why the request was refused, or would
// be, if no answer is known.
func refusedFor(ex *faultline.Exchange, d *faultline.Diagnosis, err *wire.Error, exact bool) bool {
	if ex.Response == nil {
		// Who types a request for a contract to judge often leaves the host out.
		typed := !exact && (err.Fault.Name == hostMissing && (d.Contract != "" || len(d.Findings) > 0) || faultline.Unfilled(ex.Request.Header.Value("Host")))
		return !typed
	}
	if !refuses(ex.Response.Status, err) {
		return false
	}
	said := wordsOf(ex)
	switch {
	case said.nothing():
		if err.Fault.Name == hostMissing {
			// It may be missing in what was pasted alone, and applications say nothing in JSON.
			return !said.json && !contradicted(d, err, false)
		}
		return !contradicted(d, err, true)
	case contradicted(d, err, false):
		return false
	case err.Fault.Name == hostMissing:
		return strings.Contains(said.text, "host") || parserTold(d)
	}
	return said.ofParser()
}

// refuses reports whether parsers answer the fault with the status.
func refuses(status int, err *wire.Error) bool {
	switch status {
	case 400, err.Status:
		return true
	case 408, 411, 413, 501:
		// A body whose end is unclear is waited for, or refused for its length.
		return err.Topic == wire.BodyLength
	}
	return false
}

// words are what an answer says, in small letters.
type words struct {
	text       string
	json, page bool
}

func wordsOf(ex *faultline.Exchange) words {
	c := &causes.Case{Exchange: ex}
	w := words{text: c.Said(), page: c.ResponseType() == "text/html"}
	body := strings.TrimSpace(string(c.ResponseBody()[:min(len(c.ResponseBody()), 64)]))
	w.json = strings.HasPrefix(body, "{") || strings.HasPrefix(body, "[")
	return w
}

// shortWords is longer than what parsers say that have no page of their own:
// "Invalid HTTP request received."
const shortWords = 48

// emptyWords are what the page of a 400 has that says nothing of the request.
var emptyWords = strings.NewReplacer("400", "", "bad request", "", "http", "", "message", "", "error", "", "status", "", "title", "", "nginx", "", "openresty", "", "cloudflare", "")

// nothing reports whether the answer gives no reason.
func (w words) nothing() bool {
	return len(w.text) < 2*shortWords && strings.Trim(emptyWords.Replace(w.text), " \t\r\n,:.-–—/0123456789{}\"") == ""
}

// parserWords are what those speak of that could not read a message.
var parserWords = []string{
	"http request", "http header", "http version", "malformed http", "well-formed http", "request line", "header name", "header value", "header field", "header line", "invalid header", "bad header",
	"chunk", "content-length", "content length", "transfer-encoding", "transfer encoding", "host header",
}

// ofParser reports whether the words may be those of a parser: an application
// that answers in JSON has got the request from one.
func (w words) ofParser() bool {
	for _, p := range parserWords {
		if strings.Contains(w.text, p) {
			return true
		}
	}
	return !w.json && (len(w.text) < shortWords || w.page && strings.Contains(w.text, "bad request"))
}

// parserTold reports whether a rule knows the words for those of a parser.
func parserTold(d *faultline.Diagnosis) bool {
	return slices.ContainsFunc(d.Findings, func(f faultline.Finding) bool { return f.Cause.Slug == "protocol.syntax" })
}

// contradicted reports whether the diagnosis is about something else than the
// fault, and would be without the request, if answered is asked for.
func contradicted(d *faultline.Diagnosis, err *wire.Error, answered bool) bool {
	for i := range d.Findings {
		f := &d.Findings[i]
		if f.Strength > faultline.Possible && !fits(f, err) && (!answered || f.At.Side == faultline.ResponseSide) {
			return true
		}
	}
	return false
}

// hostMissing is a fault of a field that is not there.
const hostMissing = "host-missing"

// fits reports whether a finding may speak of the fault: parsers, and rules that
// have no bytes to look at, give one mistake several names.
func fits(f *faultline.Finding, err *wire.Error) bool {
	name := err.Name
	if err.Fault.Name == hostMissing {
		name = "Host"
	}
	switch f.Cause.Slug {
	case "protocol.syntax", "protocol.version", "protocol.not-http", "gateway.bad-response":
		return true
	case "content.length-mismatch":
		return err.Topic == wire.BodyLength || err.Topic == wire.Syntax
	case "url.syntax", "header.invalid", "header.duplicate":
		// The name ends at the byte that cannot stand in it.
		return f.At.Name == "" || len(name) <= len(f.At.Name) && strings.EqualFold(name, f.At.Name[:len(name)])
	}
	return f.Cause.Slug == err.Fault.Cause && strings.EqualFold(name, f.At.Name)
}
