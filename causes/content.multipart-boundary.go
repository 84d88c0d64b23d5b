package causes

import (
	"bytes"
	"mime"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("content.multipart-boundary", multipartBoundary) }

// saysBoundary is what parsers of multipart say: Go, busboy, Django,
// Starlette, Tomcat, ASP.NET, Rack, PHP, Werkzeug, axum, actix, Vert.x.
var saysBoundary = topic("boundary",
	"boundary not found", "no multipart boundary*", "multipart boundary*", "missing boundary*", "missing content type boundary", "boundary is missing", "boundary ~ missing", "boundary was not found", "invalid boundary*", "boundary ~ not found", "no boundary*", "boundary ~ invalid", "boundary ~ required", "boundary parameter*", "expected boundary", "did not find boundary*", "could not find boundary", "multipart: next part: eof", "nextpart: eof", "nextpart: unexpected eof",
	"no multipart boundary was found", "content type ~ boundary", "boundary ~ content type", "invalid multipart*", "malformed multipart*", "multipart: *", "multipart error", "incomplete multipart*", "bad multipart*", "failed to parse multipart*", "failed to parse request multipart", "error parsing multipart*", "could not parse multipart*", "multipart ~ parse", "multipart form parse error", "failed to read multipart*")

// saysFormEnd is what they say of a form whose end they do not find.
var saysFormEnd = topic("end of form",
	"unexpected end of form", "unexpected end of multipart*", "unexpected end of stream", "stream ended unexpectedly", "bad content body", "multipart ~ unexpected eof", "next part: eof", "nextpart: eof", "nextpart: unexpected eof", "malformed part header", "early eof", "incomplete multipart*", "unexpected end of input", "premature end of multipart*", "unexpected end of part*", "part ~ not terminated", "unexpected eof", "boundary ~ never found", "unable to parse form content", "incompletemultipart", "multipart/form data parse error", "unexpected end of file")

// A boundarySlip is what is wrong with the delimiters of a multipart body
// (RFC 2046, section 5.1.1).
type boundarySlip struct {
	message, brief, expected, found, remedy string
	body                                    bool // the place is in the body, not in the header
	span                                    faultline.Span
	sure                                    bool // no server can read it
}

// multipartBoundary holds the boundary of the Content-Type against the body.
func multipartBoundary(c *Case) []faultline.Finding {
	if !strings.HasPrefix(c.RequestType(), "multipart/") || !c.Refused() || c.Exchange.Request.Body.Empty() {
		return nil
	}
	if !c.Unsent() && !c.speaksOfRequest() {
		return nil
	}
	told := c.says(saysBoundary, saysFormEnd)
	slip, found := c.boundarySlip()
	switch {
	case found && (slip.sure || told || c.bareRefusal()):
		f := c.boundaryFinding(slip, faultline.Proven)
		if !told && !slip.sure {
			f.Strength = faultline.Likely
		}
		return []faultline.Finding{f}
	case told && c.says(saysBoundary):
		return []faultline.Finding{c.boundaryFinding(boundarySlip{
			message: "the server cannot find the boundaries of the multipart body", brief: "multipart boundary not found",
			expected: "the boundary of Content-Type before each part and at the end", found: "a body that the server cannot take apart",
		}, faultline.Likely)}
	}
	return nil
}

func (c *Case) boundarySlip() (boundarySlip, bool) {
	value := c.Exchange.Request.Header.Value("Content-Type")
	body := c.RequestBody()
	boundary := boundaryOf(value)
	used, usedAt := usedBoundary(body)
	if boundary == "" {
		s := boundarySlip{
			message: "`Content-Type` names no boundary, so the parts cannot be told apart", brief: "no boundary in Content-Type",
			expected: "multipart/form-data; boundary=…", found: short(value), span: faultline.Span{End: len(value)}, sure: true,
		}
		if used != "" {
			s.expected = short(c.RequestType() + "; boundary=" + used)
		}
		return s, true
	}
	if !bytes.Contains(body, []byte("--"+boundary)) {
		if c.Exchange.Request.Body.Truncated {
			return boundarySlip{}, false
		}
		s := boundarySlip{
			message: "the boundary in `Content-Type` does not occur in the body", brief: "boundary is not that of the body",
			expected: "--" + short(boundary), found: "no such line", sure: true,
		}
		if at := strings.Index(value, boundary); at >= 0 {
			s.span = faultline.Span{Start: at, End: at + len(boundary)}
		}
		if used != "" {
			s.found = short("--" + used)
		}
		return s, true
	}
	if c.Exchange.Request.Body.Truncated {
		return boundarySlip{}, false
	}
	if !bytes.Contains(body, []byte("--"+boundary+"--")) {
		return boundarySlip{
			message: "the last boundary is missing: the body is cut off, or it was never closed", brief: "last boundary missing",
			expected: "--" + short(boundary) + "-- at the end", found: "the body ends without it", body: true, span: faultline.Span{Start: max(0, len(body)-1), End: len(body)}, sure: true,
		}, true
	}
	if at := bareLine(body, usedAt); at >= 0 {
		return boundarySlip{
			message: "the lines of the multipart body end with LF alone", brief: "LF in place of CR LF",
			expected: "CR LF behind each boundary and header", found: "LF", body: true, span: faultline.Span{Start: at, End: at + 1},
			remedy: "let a library build the multipart body, or end its lines with CR LF",
		}, true
	}
	return boundarySlip{}, false
}

// boundaryOf is the boundary parameter, read as leniently as servers do.
func boundaryOf(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["boundary"]
	}
	at := indexFold(contentType, "boundary=")
	if at < 0 {
		return ""
	}
	rest, _, _ := strings.Cut(contentType[at+len("boundary="):], ";")
	return strings.Trim(strings.TrimSpace(rest), `"`)
}

// usedBoundary is the boundary that a body begins with, and where the line ends.
func usedBoundary(body []byte) (boundary string, end int) {
	start := bytes.Index(clip(body, 1024), []byte("--"))
	if start < 0 {
		return "", -1
	}
	line, _, found := bytes.Cut(clip(body[start+2:], 200), []byte("\n"))
	if !found {
		return "", -1
	}
	return string(bytes.TrimRight(line, "\r \t")), start + 2 + len(line)
}

// bareLine is where the first delimiter ends with LF alone, -1 if it does not.
func bareLine(body []byte, end int) int {
	if end <= 0 || end >= len(body) || body[end] != '\n' || body[end-1] == '\r' {
		return -1
	}
	return end
}

func (c *Case) boundaryFinding(slip boundarySlip, s faultline.Strength) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtHeader("Content-Type"),
		Message:  slip.message,
		Brief:    slip.brief,
		Expected: slip.expected,
		Found:    slip.found,
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "let the HTTP library set `Content-Type`: it knows the boundary that it writes (drop the header from the code)", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper + 3,
	}
	f.At.Span = slip.span
	if slip.remedy != "" {
		f.Remedy.Text = slip.remedy
	}
	if slip.body {
		f.At = faultline.AtBody("", slip.span)
		f.At.Span.Line, f.At.Span.Column = tape.LineColumn(c.RequestBody(), slip.span.Start)
		if slip.remedy == "" {
			f.Remedy.Text = "close the body with the boundary and two hyphens, and send it to its end"
		}
	}
	return f
}
