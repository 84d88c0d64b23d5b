package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("content.length-mismatch", lengthMismatch) }

// saysLength is what servers say of a length that is missing, wrong or contradicted.
var saysLength = topic("length",
	"length required", "content length required", "requires a content length", "content length header is required", "must provide the content length", "missing content length*", "missingcontentlength",
	"request size did not match content length", "content length mismatch", "content length does not match", "incomplete body", "number of bytes specified by the content length",
	"unexpected end of request content", "request body is incomplete", "content length ~ does not match", "invalid content length", "bad content length", "content length ~ invalid", "wrong content length",
	"request aborted", "content length can't be present with transfer encoding", "content length ~ present with ~ transfer encoding", "transfer encoding ~ present with ~ content length", "content length must not be sent with*", "transfer encoding can't be present with content length", "body shorter than", "body is shorter than", "body longer than", "fewer bytes than", "less than content length", "premature end of chunk*",
	"both content length and transfer encoding", "content length and transfer encoding", "transfer encoding and content length", "invalid chunk*", "malformed chunk*", "bad chunk*", "chunked encoding ~ invalid",
	"chunked encoding is not supported", "transfer encoding chunked is not supported", "illegal chunk*", "ambiguous ~ length", "conflicting content length", "request smuggling", "early eof",
	"hpe_invalid_content_length", "hpe_unexpected_content_length", "hpe_invalid_chunk_size", "hpe_invalid_transfer_encoding", "unreadable post error", "fst_err_ctp_invalid_content_length",
	"malformed body: incomplete", "client disconnected while reading body", "content_length_mismatch")

// saysOwnLength is what client libraries say when their caller announces
// another length than it sends.
var saysOwnLength = topic("own length",
	"request body length does not match content length", "req_content_length_mismatch", "http_content_length_mismatch", "too little data for declared content length",
	"too much data for declared content length", "contentlength ~ with body length", "content length ~ with body length", "content length ~ with nil body", "content would exceed content length", "exceed the content length bytes",
	"wrote more than the declared content length", "insufficient data written", "too many bytes written", "content length is too", "body's byte count does not match", "bytes but received ~ expected", "content length delimited message body",
	"response body's content byte count does not match", "request content length is")

// lengthMismatch compares Content-Length with the bytes, and the framing fields
// with each other (RFC 9112, section 6.3).
func lengthMismatch(c *Case) []faultline.Finding {
	if c.clientSays(saysOwnLength) && c.Exchange.Response == nil {
		f := c.lengthFinding("Content-Length", faultline.Likely, "the request's `Content-Length` is not the length of its body")
		f.Evidence = c.clientWords()
		return []faultline.Finding{f}
	}
	if !c.framingCounts() {
		return nil
	}
	h := c.Exchange.Request.Header
	told := c.says(saysLength)
	encoding, chunked := h.Get("Transfer-Encoding")
	length, announced := h.Get("Content-Length")
	switch {
	case chunked && announced && (told || c.Status() == 0 || c.bareRefusal()):
		f := c.lengthFinding("Transfer-Encoding", faultline.Proven, "the request has both `Transfer-Encoding` and `Content-Length`, and servers differ in which one counts")
		f.Found = "Transfer-Encoding: " + short(encoding) + " and Content-Length: " + short(length)
		f.Expected = "one of the two"
		f.Remedy.Patch = []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: "Content-Length"}}
		return []faultline.Finding{f}
	case announced && c.wrongCount(length, told):
		return []faultline.Finding{c.countFinding(length)}
	case c.Status() == 411:
		return []faultline.Finding{c.noLength()}
	case told && c.Status() >= 400 && (announced || chunked || c.takesBody()):
		f := c.lengthFinding("Content-Length", faultline.Likely, "the server does not get as many bytes as the request announces")
		if chunked || c.BodySays("transfer-encoding") {
			f.At, f.Message = faultline.AtHeader("Transfer-Encoding"), "the server cannot read the chunks of the body"
		}
		return []faultline.Finding{f}
	}
	return nil
}

// framingCounts reports whether the call ended as calls do whose framing is
// wrong: a refusal by a parser, or silence until somebody hung up.
func (c *Case) framingCounts() bool {
	switch c.Status() {
	case 400, 408, 411, 500, 501:
		return true
	case 0:
		if c.Unsent() {
			return true
		}
		return c.Exchange.Failure != nil && (c.clientSays(saysReset) || c.clientSays(saysTimeout))
	}
	return false
}

// wrongCount reports whether Content-Length is no number, or not that of the
// bytes. Captures keep a length of other bytes now and then, so a server that
// says something else contradicts it.
func (c *Case) wrongCount(length string, told bool) bool {
	body := &c.Exchange.Request.Body
	n, ok := parseCount(length)
	if ok && (n == body.Size || body.Size == 0 && !told || body.Truncated && c.Status() > 0) {
		return false
	}
	return told || c.Status() == 0 || c.Status() == 408 || c.Status() == 400 && c.bareRefusal()
}

// miscounted reports whether a call without an answer announced another number of bytes than it sent.
func (c *Case) miscounted() bool {
	length, announced := c.Exchange.Request.Header.Get("Content-Length")
	return announced && c.Status() == 0 && !c.Exchange.Request.Header.Has("Content-Encoding") && c.wrongCount(length, false)
}

func (c *Case) countFinding(length string) faultline.Finding {
	size := c.Exchange.Request.Body.Size
	f := c.lengthFinding("Content-Length", faultline.Proven, fmt.Sprintf("`Content-Length` says %s, and the body has %d bytes", short(length), size))
	f.At.Span = faultline.Span{End: len(length)}
	f.Expected, f.Found = fmt.Sprintf("Content-Length: %d", size), "Content-Length: "+short(length)
	f.Brief = fmt.Sprintf("Content-Length %s of %d bytes", short(length), size)
	switch n, ok := parseCount(length); {
	case !ok:
		f.Message = fmt.Sprintf("`Content-Length` is no number: `%s`", short(length))
	case n > size:
		f.Notes = []faultline.Note{{Label: "note", Text: fmt.Sprintf("the server waits for the %d bytes that do not come, until it or the client gives up", n-size)}}
	case n < size:
		f.Notes = []faultline.Note{{Label: "note", Text: fmt.Sprintf("the last %d bytes are read as the beginning of another request; a length counted in characters is too short when the text has umlauts", size-n)}}
	}
	f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Content-Length", Value: fmt.Sprint(size)}}
	return f
}

// noLength is 411: RFC 9110, section 15.5.12.
func (c *Case) noLength() faultline.Finding {
	f := c.lengthFinding("Content-Length", faultline.Proven, "the server wants to know the length of the body, and the request does not say it")
	f.Brief, f.Expected, f.Found = "no Content-Length", "a Content-Length, 0 for an empty body", "no Content-Length"
	if v := c.Exchange.Request.Header.Value("Transfer-Encoding"); v != "" {
		f.Found = "Transfer-Encoding: " + short(v)
	}
	f.Remedy = faultline.Remedy{Text: "send `Content-Length`: hand the body to the client as bytes or text, not as a stream", Applicability: faultline.Guess}
	if c.Exchange.Request.Body.Empty() {
		f.Remedy = faultline.Remedy{
			Text: "send `Content-Length: 0`", Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "add", In: faultline.InHeader, Name: "Content-Length", Value: "0"}},
		}
	}
	return f
}

func (c *Case) lengthFinding(name string, s faultline.Strength, message string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtHeader(name),
		Message:  message,
		Brief:    "length of the body unclear",
		Expected: "a length that fits the body",
		Found:    strings.TrimSpace(name + ": " + short(c.Exchange.Request.Header.Value(name))),
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "leave `Content-Length` and `Transfer-Encoding` to the HTTP library", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper,
	}
	if c.Exchange.Response == nil {
		f.Evidence = c.clientWords()
	}
	return f
}
