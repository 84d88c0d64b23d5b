package capture

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// Limits of a message head, far above what servers take (8 to 64 KiB).
const (
	maxFields   = 10_000
	maxHeadLine = 16 << 20
)

// statusLine is strict: a line of a body must not be taken for one.
var statusLine = regexp.MustCompile(`^HTTP/[0-9](?:\.[0-9])? [1-9][0-9]{2}(?: .*)?$`)

// requestLine takes any target, since a space or a raw letter in it may be the
// very mistake.
var requestLine = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]{1,31} [^ ].* HTTP/[0-9](?:\.[0-9])?$`)

func isStartLine(line string) bool {
	return statusLine.MatchString(line) || requestLine.MatchString(line)
}

// headError is a mistake in a message head.
type headError struct {
	line, at int // 1-based line; byte offset in the input
	text     string
	limit    bool // the head is larger than what is read
}

func (e *headError) Error() string { return fmt.Sprintf("byte %d: %s", e.at, e.text) }

// textCursor walks through a text line by line.
type textCursor struct {
	text string
	at   int
	line int // 1-based line at which the cursor stands
}

func newCursor(text string) *textCursor { return &textCursor{text: text, line: 1} }

func (c *textCursor) done() bool { return c.at >= len(c.text) }

// peek returns the line at the cursor without its line end.
func (c *textCursor) peek() string {
	line, _, _ := strings.Cut(c.text[c.at:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// next returns the line at the cursor and goes behind it.
func (c *textCursor) next() string {
	line := c.peek()
	end := strings.IndexByte(c.text[c.at:], '\n')
	if end < 0 {
		c.at = len(c.text)
		return line
	}
	c.at += end + 1
	c.line++
	return line
}

// back goes to the beginning of the line that was read last.
func (c *textCursor) back(line string) {
	c.at = strings.LastIndex(c.text[:c.at], line)
	c.line = 1 + strings.Count(c.text[:c.at], "\n")
}

// skip goes n bytes on.
func (c *textCursor) skip(n int) {
	c.line += strings.Count(c.text[c.at:c.at+n], "\n")
	c.at += n
}

func (c *textCursor) skipBlank() {
	for !c.done() && strings.TrimSpace(c.peek()) == "" {
		c.next()
	}
}

// fields reads header lines up to and with the empty line.
func (c *textCursor) fields() (faultline.Header, *headError) {
	var h faultline.Header
	for !c.done() {
		line, number, at := c.peek(), c.line, c.at
		if line == "" {
			c.next()
			return h, nil
		}
		if len(line) > maxHeadLine || len(h) >= maxFields {
			return h, &headError{line: number, at: at, limit: true, text: fmt.Sprintf("head with more than %d fields or a line over %d bytes", maxFields, maxHeadLine)}
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			// RFC 9112, section 5.2: a folded line belongs to the one above.
			h[len(h)-1].Value = strings.TrimSpace(h[len(h)-1].Value + " " + strings.TrimSpace(line))
			c.next()
			continue
		}
		f, ok := parseField(line)
		if !ok {
			return h, &headError{line: number, at: at, text: "a header line needs a name and a colon, found " + quote(line)}
		}
		h = append(h, f)
		c.next()
	}
	return h, nil
}

// parseField splits a header line. Names that begin with a colon are the
// pseudo fields of HTTP/2, as tools print them.
func parseField(line string) (faultline.Field, bool) {
	start := 0
	if strings.HasPrefix(line, ":") {
		start = 1
	}
	colon := strings.IndexByte(line[start:], ':')
	if colon <= 0 {
		return faultline.Field{}, false
	}
	return faultline.Field{Name: line[:start+colon], Value: strings.Trim(line[start+colon+1:], " \t")}, true
}

// parseRequestLine splits at the first and the last space, so that spaces in
// the target stay where they are. The version may be missing.
func parseRequestLine(line string) (method, target, proto string, ok bool) {
	method, rest, ok := strings.Cut(line, " ")
	if !ok || method == "" {
		return "", "", "", false
	}
	if i := strings.LastIndexByte(rest, ' '); i >= 0 && strings.HasPrefix(rest[i+1:], "HTTP/") {
		rest, proto = rest[:i], rest[i+1:]
	}
	return method, rest, proto, rest != ""
}

func parseStatusLine(line string) (*faultline.Response, bool) {
	proto, rest, _ := strings.Cut(line, " ")
	code, reason, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if err != nil || !strings.HasPrefix(proto, "HTTP/") || status < 0 || status > 999 {
		return nil, false
	}
	return &faultline.Response{Status: status, Reason: reason, Proto: proto}, true
}

// setTarget sets the target and, for the absolute form, what it says of scheme
// and host.
func setTarget(r *faultline.Request, target string) {
	r.Target = target
	if i := strings.Index(target, "://"); i > 0 && isScheme(target[:i]) {
		var parts faultline.Request
		setURL(&parts, target)
		r.Scheme, r.Host = parts.Scheme, parts.Host
	}
	hostFromHeader(r)
}

// bodyless reports answers that never have a body (RFC 9112, section 6.3).
func bodyless(method string, status int) bool {
	return method == "HEAD" || status == 204 || status == 304 || 100 <= status && status < 200
}

// body takes the body of a message from the cursor. Length and chunks are
// honoured if the text agrees with them; text that was copied from a screen
// often does not, and then the body ends where the next message starts.
func (c *textCursor) body(h faultline.Header) faultline.Body {
	rest := c.text[c.at:]
	if strings.Contains(strings.ToLower(h.Value("Transfer-Encoding")), "chunked") {
		if data, used, ok := dechunk(rest); ok && endsMessage(rest[used:]) {
			c.skip(used)
			return faultline.NewBody(data)
		}
	}
	if n, err := strconv.Atoi(strings.TrimSpace(h.Value("Content-Length"))); err == nil && n >= 0 && n <= len(rest) && endsMessage(rest[n:]) {
		c.skip(n)
		return faultline.NewBody([]byte(rest[:n]))
	}
	end := nextStart(rest)
	c.skip(end)
	text := rest[:end]
	if end < len(rest) {
		text = strings.TrimRight(text, "\r\n") // the empty lines between two messages
	} else {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r") // the editor's
	}
	return faultline.NewBody([]byte(text))
}

// endsMessage reports whether nothing or another message follows.
func endsMessage(rest string) bool {
	rest = strings.TrimLeft(rest, "\r\n \t")
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimSuffix(line, "\r")
	return rest == "" || isStartLine(line) || malformedStatus.MatchString(line)
}

// nextStart returns where the next message starts: a status line, or behind an
// empty line a request line. The text itself begins behind an empty line.
func nextStart(text string) int {
	empty := true
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		bare := strings.TrimSuffix(line, "\r")
		if statusLine.MatchString(bare) || empty && (requestLine.MatchString(bare) || malformedStatus.MatchString(bare)) {
			return at
		}
		empty = strings.TrimSpace(bare) == ""
		at += len(line) + 1
	}
	return len(text)
}

// dechunk removes the chunked coding (RFC 9112, section 7.1) and returns how
// many bytes it took. A bare LF ends a line as well.
func dechunk(text string) (data []byte, used int, ok bool) {
	c := newCursor(text)
	for !c.done() {
		size, _, _ := strings.Cut(c.next(), ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 31)
		if err != nil || int(n) > len(text)-c.at {
			return nil, 0, false
		}
		if n == 0 {
			for !c.done() && c.peek() != "" {
				if _, isField := parseField(c.peek()); !isField || isStartLine(c.peek()) {
					break // no trailer: the empty line was lost
				}
				c.next()
			}
			if !c.done() && c.peek() == "" {
				c.next()
			}
			return data, c.at, true
		}
		data = append(data, text[c.at:c.at+int(n)]...)
		c.at += int(n)
		if c.done() || c.next() != "" {
			return nil, 0, false
		}
	}
	return nil, 0, false
}
