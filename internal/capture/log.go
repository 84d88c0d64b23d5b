package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// A logFormat is the access log of a server or a gateway: a call on each line.
// It keeps what the line says of a failure as labels (faultline.LabelEnvoyFlags,
// LabelHAProxyState, LabelALBReason, LabelUpstream and their neighbours), each
// only where the line has the field and it is not empty ("-").
type logFormat struct {
	name, about string
	// read fills in what one line says, and reports whether it is one.
	read func(c *logCall, line string) bool
}

// maxLogLine bounds one line. Servers refuse addresses far shorter.
const maxLogLine = 1 << 20

// sniffedLines is how many lines of a log are looked at, half of which have to
// be of the format: other programs write into the same stream.
const sniffedLines = 20

func (l logFormat) format() Format {
	return Format{
		Name: l.name, About: l.about,
		Sniff:  func(_ string, prefix []byte) bool { return l.sniff(prefix) },
		Decode: l.decode,
	}
}

func (l logFormat) sniff(prefix []byte) bool {
	lines, good := 0, 0
	for line := range bytes.Lines(prefix) {
		text := strings.TrimRight(string(line), "\r\n")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if lines++; lines > sniffedLines {
			break
		}
		if l.read(newLogCall(), text) {
			good++
		}
	}
	return good > 0 && 2*good >= min(lines, sniffedLines)
}

func (l logFormat) decode(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		lines := &lineReader{r: bufio.NewReaderSize(r, SniffLen), limit: maxLogLine}
		other := &otherLines{format: l.name}
		number := 0
		for {
			data, err := lines.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil && !errors.Is(err, errLongLine) {
				yield(nil, fmt.Errorf("line %d: %w", lines.number, err))
				return
			}
			text := strings.TrimRight(string(data), "\r")
			c := newLogCall()
			if err != nil || !l.read(c, text) {
				other.add(lines.number, text)
				continue
			}
			number++
			if !yield(c.exchange(number, lines.number), nil) {
				return
			}
		}
		if err := other.err(); err != nil {
			yield(nil, err)
		}
	}
}

// otherLines counts the lines between those of a log: one error for all.
type otherLines struct {
	format string
	count  int
	first  int
	text   string
}

func (o *otherLines) add(number int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if o.count++; o.count == 1 {
		o.first, o.text = number, quote(text)
	}
}

func (o *otherLines) err() error {
	switch o.count {
	case 0:
		return nil
	case 1:
		return &RecordError{Line: o.first, Err: fmt.Errorf("not a line of a log in the form of %s: %s", o.format, o.text)}
	}
	return &RecordError{Line: o.first, Err: fmt.Errorf("%d lines are not of a log in the form of %s; the first is %s", o.count, o.format, o.text)}
}

// logCall is what a line says of a call.
type logCall struct {
	ex     *faultline.Exchange
	status int
	reason string
	size   int64 // of the answer's body
	answer faultline.Header
	failed string
}

func newLogCall() *logCall {
	return &logCall{ex: &faultline.Exchange{Vantage: faultline.AtProxy, Unseen: faultline.UnseenMessages, Labels: map[string]string{}}}
}

// noBodies is the note on a body of which a log says the size at most.
const noBodies = "a log does not show bodies"

func (c *logCall) exchange(number, line int) *faultline.Exchange {
	ex := c.ex
	ex.ID = ordinal(number)
	beginsAt(ex, line)
	ex.Request.Body = faultline.Body{Truncated: true, Note: noBodies}
	if c.status <= 0 {
		// The caller went away, or the gateway dropped the connection.
		words := c.failed
		if words == "" {
			words = "the log has no status: no answer was sent"
		}
		ex.Unseen &^= faultline.UnseenResponseHeader | faultline.UnseenResponseBody
		ex.Failure = failure(words, false)
		return ex
	}
	ex.Response = &faultline.Response{Status: c.status, Reason: c.reason, Header: c.answer, Body: faultline.Body{Size: c.size, Truncated: true, Note: noBodies}}
	return ex
}

// label keeps a field of the line, unless it is empty.
func (c *logCall) label(name, value string) {
	if value = strings.TrimSpace(value); value != "" && value != "-" {
		c.ex.Labels[name] = value
	}
}

// field keeps a header field that the line shows.
func (c *logCall) field(name, value string) {
	if value != "" && value != "-" {
		c.ex.Request.Header = append(c.ex.Request.Header, faultline.Field{Name: name, Value: value})
	}
}

// host sets where the call went to, unless the line does not know.
func (c *logCall) host(host string) {
	if host != "" && host != "-" {
		c.ex.Request.Host = host
	}
}

// requestLine reads the first line of the request as the server saw it. What is
// no request line says what went wrong: TLS on a port without it, nothing at all.
func (c *logCall) requestLine(text string) {
	method, target, proto, ok := parseRequestLine(text)
	switch {
	case text == "" || text[0] == '-' || text == "<BADREQ>": // Envoy writes "- - -"
		c.label(faultline.LabelError, "no request line was received")
	case strings.HasPrefix(text, `\x16\x03`) || strings.HasPrefix(text, "\x16\x03"):
		c.label(faultline.LabelError, "the client began a TLS handshake on a port without TLS")
	case strings.HasPrefix(text, `PRI * HTTP/2`):
		c.label(faultline.LabelError, "the client spoke HTTP/2 to a server that expected HTTP/1.1")
	case !ok || !isMethod(method):
		c.label(faultline.LabelError, "the request line is malformed: "+quote(text))
	default:
		c.ex.Request.Method, c.ex.Request.Proto = method, proto
		setTarget(&c.ex.Request, target)
		if c.ex.Request.Host != "" {
			// Load balancers write the whole address, which was not sent so.
			c.ex.Request.Target = pathOf(target)
		}
	}
}

func pathOf(address string) string {
	var r faultline.Request
	setURL(&r, address)
	return r.Target
}

// took sets how long the call took; negative and odd values are no time.
func (c *logCall) took(text string, unit time.Duration) {
	n, err := strconv.ParseFloat(text, 64)
	if err == nil && n > 0 && n < 1e9 {
		c.ex.Timing.Total = time.Duration(n * float64(unit))
	}
}

func (c *logCall) statusOf(text string) bool {
	n, err := strconv.Atoi(text)
	if text == "-" || text == "" || text == "000" || n == -1 {
		return true
	}
	c.status = n
	return err == nil && n >= 0 && n <= 999
}

func (c *logCall) sizeOf(text string) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
		c.size = n
	}
}

// at sets when the call began, in the first of the forms that fits.
func (c *logCall) at(text string, forms ...string) bool {
	for _, form := range forms {
		if t, err := time.Parse(form, text); err == nil {
			c.ex.Start = t
			return true
		}
	}
	return false
}

// quotedFields splits a line at spaces; quotes and brackets keep spaces.
func quotedFields(line string) []string {
	var out []string
	for i := 0; i < len(line); {
		switch c := line[i]; c {
		case ' ':
			i++
		case '"', '[':
			end := closedAt(line, i)
			out = append(out, strings.ReplaceAll(line[i+1:end], `\"`, `"`))
			i = end + 1
		default:
			end := strings.IndexByte(line[i:], ' ')
			if end < 0 {
				end = len(line) - i
			}
			out = append(out, line[i:i+end])
			i += end
		}
	}
	return out
}

// closedAt finds the quote or bracket that closes the one at start.
func closedAt(line string, start int) int {
	want := byte('"')
	if line[start] == '[' {
		want = ']'
	}
	for i := start + 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && want == '"':
			i++
		case line[i] == want && (i+1 == len(line) || line[i+1] == ' '):
			return i
		}
	}
	return len(line)
}
