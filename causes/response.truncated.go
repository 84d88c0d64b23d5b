package causes

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("response.truncated", truncatedAnswer) }

// saysTruncated is what clients say of an answer that ends in its middle.
var saysTruncated = topic("truncated",
	"transfer closed with*", "bytes remaining to read", "outstanding read data remaining", "curl: (18)", "curl error 18:", "incomplete read*", "incompleteread*", "more expected)", "err content length mismatch", "err incomplete chunked encoding", "incomplete chunked encoding", "unexpected eof", "premature end of content length*", "premature end of chunk*", "premature end of file", "premature end of stream",
	"terminated; cause: other side closed", "terminated other side closed", "type error: terminated*", "additional bytes expected", "response payload is not completed", "client payload error", "complete message body", "incomplete chunked read", "fixed content length", "invalid chunk*", "malformed chunk*", "malformed encoding found in chunked", "chunk hex length char*", "hexadecimal sequence in chunked*", "byte in chunk length", "chunkedencodingerror", "chunked encoding error", "chunk size line*", "bad chunk*",
	"hpe_invalid_chunk_size", "hpe_invalid_eof_state", "content length mismatch", "response ended before", "body ended before", "before message length reached", "unexpected eof during chunk*", "while receiving data", "connection closed at byte", "ns error net partial transfer", "partial file", "chunked transfer encoding, state*", "premature eof", "transfer aborted", "unexpected end of file",
	"unexpected end of response", "stream ended unexpectedly", "response was truncated", "body is truncated", "got less data than expected", "less bytes received", "expected more bytes", "response content length mismatch", "err_stream_premature_close", "invalid response body ~ premature close", "prematurely closed during", "stream ended before", "connection closed before end of", "und_err_res_content_length_mismatch", "response body's bytes do not match", "read less than expected", "error decoding chunked*")

// saysOtherEnd are ends that are no end of an answer: of a handshake, of a message that is no HTTP, of the request.
var saysOtherEnd = topic("other end", "unexpected eof while reading", "malformed http response", "malformed http status*", "request body length does not match*", "req_content_length_mismatch", "error reading server preface")

// cut reports whether the client says that an answer ended in its middle.
func (c *Case) cut() bool {
	if !c.clientSays(saysTruncated) || c.clientSays(saysOtherEnd) {
		return false
	}
	said, _ := c.failure()
	return !strings.Contains(said, "unexpected end of file from server") // HttpURLConnection: before the first line
}

// truncatedAnswer is for answers that end before their announced end. Half an
// answer is no answer: what came may parse and still be short.
func truncatedAnswer(c *Case) []faultline.Finding {
	r := c.Exchange.Response
	switch {
	case c.streams(), r != nil && r.Status == 101:
		return nil // stream.broke-off and the causes of WebSockets say more
	case r != nil && r.Status >= 500 && c.Exchange.Vantage != faultline.AtClient:
		return nil // the answer is the proxy's own: what broke is behind it
	case c.Exchange.Failure != nil && c.cut() && !c.distrusts() && !c.clientSays(saysUndecodable, saysClientLeft):
		return []faultline.Finding{c.truncatedFinding(faultline.Proven)}
	case r == nil || r.Body.Truncated || c.Status() == 204 || c.Status() == 206 || c.Status() == 304 || c.Exchange.Request.Method == "HEAD" || c.Status() < 200:
		return nil
	case c.Exchange.Failure != nil && c.clientSays(saysReset, saysTimeout) && c.Status() < 400 && len(r.Body.Raw) > 0 && !c.clientSays(saysClientLeft):
		return []faultline.Finding{c.truncatedFinding(faultline.Likely)}
	case c.cutJSON(), shortOf(r) > 0 && !endsWhole(r.Body.Raw), strings.HasSuffix(r.Body.Note, ": unexpected EOF"):
		return []faultline.Finding{c.truncatedFinding(faultline.Likely)}
	}
	return nil
}

// shortOf is how many bytes an answer lacks of its Content-Length, 0 if none
// or not known. A capture that holds the decoded body has another length.
func shortOf(r *faultline.Response) int64 {
	if r.Body.Truncated || r.Body.Note != "" || r.Header.Has("Content-Encoding") || r.Body.Size == 0 {
		return 0
	}
	n, ok := parseCount(r.Header.Value("Content-Length"))
	if !ok || n <= r.Body.Size {
		return 0
	}
	return n - r.Body.Size
}

// endsWhole reports whether a text ends as documents do: a length that is a little too large is then
// rather a slip of who copied the trace.
func endsWhole(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && strings.IndexByte("}]>", body[len(body)-1]) >= 0
}

// cutJSON reports whether an answer in JSON breaks off inside a value: the text
// is good as far as it goes.
func (c *Case) cutJSON() bool {
	if c.Status() > 299 || !isJSON(c.ResponseType()) || c.Exchange.Response.Body.Note != "" {
		return false
	}
	text := bytes.TrimSpace(c.ResponseBody())
	if len(text) < 2 || text[0] != '{' && text[0] != '[' {
		return false
	}
	return opensMore(text)
}

// opensMore reports whether a JSON text ends inside a string, an object or a
// list, and closes nothing that it did not open.
func opensMore(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch ch := text[i]; {
		case quoted && ch == '\\':
			i++
		case ch == '"':
			quoted = !quoted
		case quoted:
		case ch == '{' || ch == '[':
			depth++
		case ch == '}' || ch == ']':
			if depth--; depth == 0 {
				return false // a whole value stands there; what follows is another matter
			}
		}
	}
	return quoted || depth > 0
}

func (c *Case) truncatedFinding(s faultline.Strength) faultline.Finding {
	f := c.connectionFinding(s, "the answer of "+c.peer()+" ends before its end", "answer cut off")
	f.Expected, f.Found = "a whole answer", "the beginning of one"
	f.At = faultline.AtResponse("", faultline.Span{})
	if s != faultline.Proven {
		f.Party = faultline.Network
	}
	f.Remedy = faultline.Remedy{Text: "find out who cut it: a timeout or buffer of a proxy, a crash of the server while it wrote", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "look into the server's log at this time for a crash, and into the proxy's for a timeout or a full disk"},
		{Text: "fetch it once more without the proxy, and compare the sizes"},
	}}
	f.Retry = c.repeatWords()
	if f.Retry == "" {
		f.Retry = "only with an Idempotency-Key: the server has done the work, or most of it"
	}
	if r := c.Exchange.Response; r != nil {
		if n := len(c.ResponseBody()); n > 0 {
			f.At.Span = faultline.Span{Start: n - 1, End: n}
			f.At.Span.Line, f.At.Span.Column = tape.LineColumn(c.ResponseBody(), n-1)
			f.Caret = "nothing more came"
		}
		f.Found = fmt.Sprintf("%d bytes", r.Body.Size)
		if missing := shortOf(r); missing > 0 {
			f.Found += fmt.Sprintf(", %d are missing", missing)
			f.Brief = fmt.Sprintf("answer cut off, %d bytes missing", missing)
			f.Expected = strings.TrimSpace(r.Header.Value("Content-Length")) + " bytes, as Content-Length says"
		} else if c.cutJSON() {
			f.Brief = "JSON cut off"
			f.Expected = "JSON that closes what it opens"
		}
		f.RuledOut = []faultline.Rival{{Slug: "network.reset", Why: "the answer had begun"}}
	}
	return f
}
