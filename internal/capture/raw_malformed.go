package capture

import (
	"regexp"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// What is meant as a first line and is none. A method of the registry comes
// first, maybe with the rest of a body before it, and something like a version last.
var (
	malformedRequest = regexp.MustCompile(`^(?:\S{0,200}[=}\]&]\S{0,100})?((?i:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE))[ \t]+(?:\S.*[ \t]+)?(?i:HTTPS?)/?[0-9][0-9.,]{0,5}[ \t]*$`)
	malformedMethod  = regexp.MustCompile(`^[A-Z]{1,10}[^A-Za-z0-9\s:]{1,3}[A-Z]{0,10} /\S* HTTP/1\.[01]$`)
	malformedStatus  = regexp.MustCompile(`^HTTP/1\.[01](?:[ \t].*)?$`)
	pseudoField      = regexp.MustCompile(`\n:(?:method|path|authority|scheme|status|protocol): `)
	fieldStart       = regexp.MustCompile(`^[!-9;-~]{1,60}[ \t]*:`)
)

// malformedStart reports whether a request begins at the cursor whose first
// line is not well-formed. A line of a log may look like one: a field or
// nothing has to follow.
func (c *textCursor) malformedStart() bool {
	first, rest, _ := strings.Cut(c.text[c.at:], "\n")
	if strings.HasSuffix(first, "\r") {
		first = strings.TrimLeft(first, " \t") // in a text it is indented
	}
	first, _, _ = strings.Cut(first, "\r")
	if len(first) > 16<<10 || !malformedRequest.MatchString(first) && !malformedMethod.MatchString(first) || strings.Contains(first, "://") {
		return false
	}
	second, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(second) == "" || fieldStart.MatchString(second)
}

// absoluteForm reports whether the line at the cursor is one that was sent to a
// proxy: with a Host field below, and with the line ends of a connection.
func (c *textCursor) absoluteForm() bool {
	head, _, _ := strings.Cut(c.text[c.at:], "\r\n\r\n")
	first, fields, ok := strings.Cut(head, "\r\n")
	return ok && requestLine.MatchString(first) && !strings.Contains(head, "{{") && strings.Contains(strings.ToLower("\n"+fields), "\nhost:")
}

// splitRequestLine takes apart what is meant as a request line.
func splitRequestLine(line string) (method, target, proto string) {
	if method, target, proto, ok := parseRequestLine(line); ok && requestLine.MatchString(line) {
		return method, target, proto
	}
	line, _, _ = strings.Cut(line, "\r")
	words := strings.Fields(line)
	method, words = words[0], words[1:]
	if m := malformedRequest.FindStringSubmatch(strings.TrimLeft(line, " \t")); m != nil {
		method = m[1] // before it stand the rest of a body, and its secrets
	}
	if n := len(words); n > 0 && strings.HasPrefix(strings.ToUpper(words[n-1]), "HTTP") {
		words, proto = words[:n-1], words[n-1]
	}
	return method, strings.Join(words, " "), proto
}

// splitStatusLine takes apart what is meant as a status line.
func splitStatusLine(line string) *faultline.Response {
	if r, ok := parseStatusLine(line); ok {
		return r
	}
	proto, rest, _ := strings.Cut(line, " ")
	return &faultline.Response{Proto: proto, Reason: strings.TrimSpace(rest)}
}

// fieldsAsMeant is fields for a head that may be malformed: what is no field is
// left out, and the first of it returned. A head ends where an answer begins, too.
func (c *textCursor) fieldsAsMeant() (h faultline.Header, first *headError) {
	for !c.done() && !statusLine.MatchString(c.peek()) {
		more, bad := c.fields()
		for _, f := range more {
			// What begins so is a body where fields should be, with its secrets.
			if f.Name = strings.Trim(f.Name, " \t"); f.Name == "" || !strings.ContainsAny(f.Name[:1], "{[\"'<") {
				h = append(h, f)
			}
		}
		switch {
		case bad == nil || !bad.limit && statusLine.MatchString(c.peek()):
			return h, first
		case bad.limit:
			return h, bad
		case first == nil:
			first = bad
		}
		c.next()
	}
	return h, first
}

// mark keeps the bytes of a message with the exchange if they are not
// well-formed HTTP/1.x, and reports whether it did. Of what came by HTTP/2 and
// HTTP/3 tools show a text that never travelled.
func mark(ex *faultline.Exchange, side faultline.Side, h faultline.Header, head, body string) bool {
	if ex.Malformed != nil || shownAsText(ex, side, head) {
		return ex.Malformed != nil
	}
	if !strings.Contains(strings.ToLower(h.Value("Transfer-Encoding")), "chunked") {
		body = ""
	}
	w := wire.Written{Head: head, Body: body, Answer: side == faultline.ResponseSide, Method: ex.Request.Method}
	if w.Answer && !w.Exact() {
		return false // a page of documentation, mostly, or what a terminal made of it
	}
	err := w.Explain()
	if err == nil {
		return false
	}
	ex.Malformed = &faultline.Malformed{Side: side, Head: head}
	if err.InBody {
		ex.Malformed.Body = body
	}
	return true
}

// shownAsText recognises the pseudo fields and versions of HTTP/2 and HTTP/3
// (RFC 9113, section 8.3). The preface of HTTP/2 is no request that was shown.
func shownAsText(ex *faultline.Exchange, side faultline.Side, head string) bool {
	if pseudoField.MatchString(head) {
		return true
	}
	if side == faultline.ResponseSide {
		return !strings.HasPrefix(head, "HTTP/1.")
	}
	later := strings.HasPrefix(ex.Request.Proto, "HTTP/2") || strings.HasPrefix(ex.Request.Proto, "HTTP/3")
	return later && ex.Request.Method != "PRI"
}

// foreign are faults that are told from bytes that are hardly anything else.
var foreign = map[string]bool{
	"tls-client-hello": true, "proxy-protocol-v1": true, "proxy-protocol-v2": true, "ssh-banner": true, "postgres-startup": true, "mqtt-connect": true,
	"amqp-header": true, "rdp-connect": true, "smb-negotiate": true, "bittorrent-handshake": true, "http2-frames": true,
}

// otherProtocol is the call of an input that is no text of any format, and
// begins as another protocol than HTTP does; nil if it is something else.
func otherProtocol(prefix []byte) *faultline.Exchange {
	err := wire.ExplainRequest(prefix, wire.Limits{})
	if err == nil || !foreign[err.Fault.Name] {
		return nil
	}
	// RFC 8446, section 4: the handshake begins with a client_hello, which is 1.
	if err.Fault.Name == "tls-client-hello" && (len(prefix) < 6 || prefix[1] != 3 || prefix[5] != 1) {
		return nil
	}
	ex := &faultline.Exchange{ID: ordinal(1), Malformed: &faultline.Malformed{Head: string(prefix)}}
	beginsAt(ex, 1)
	return ex
}
