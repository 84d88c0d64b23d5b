package capture

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// rawFormat is HTTP messages as they travel: requests, each maybe followed by
// its response, or responses alone. Lines may end with CRLF or LF.
func rawFormat() Format {
	return Format{
		Name:   "raw-http",
		About:  "raw HTTP/1.1 messages: a request, a response, or both",
		Sniff:  sniffRaw,
		Decode: decodeRaw,
	}
}

func sniffRaw(_ string, prefix []byte) bool {
	c := newCursor(string(prefix))
	c.skipBlank()
	return !c.done() && (isStartLine(c.peek()) || c.malformedStart())
}

func decodeRaw(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		p := &pairing{}
		number := 0
		emit := func(ex *faultline.Exchange, err error) bool {
			if ex == nil && err == nil {
				return true
			}
			if ex != nil {
				number++
				ex.ID = ordinal(number)
			}
			return yield(ex, err)
		}
		c := newCursor(text)
		for c.skipBlank(); !c.done(); c.skipBlank() {
			line := c.line
			err := p.message(c)
			if !emit(p.take()) {
				return
			}
			if err != nil && (!emit(p.flush(), nil) || !emit(nil, recordError(line, err))) {
				return
			}
		}
		if !emit(p.flush(), nil) {
			return
		}
		if number == 0 {
			return
		}
	}
}

func recordError(line int, err error) *RecordError {
	var head *headError
	if errors.As(err, &head) {
		line = head.line
	}
	return &RecordError{Line: line, Err: err}
}

// pairing puts requests and responses together as they come.
type pairing struct {
	open  *faultline.Exchange // still without its final response, or the last one of a chain
	ready *faultline.Exchange
}

// take returns an exchange that is complete, if there is one.
func (p *pairing) take() (*faultline.Exchange, error) {
	ex := p.ready
	p.ready = nil
	return ex, nil
}

// flush returns the exchange that is still open.
func (p *pairing) flush() *faultline.Exchange {
	ex := p.open
	p.open = nil
	if ex != nil && ex.Request.Method == "" {
		addNotices(ex, "only the response is known")
	}
	return ex
}

// message reads one message. After an error the cursor stands at the next one.
func (p *pairing) message(c *textCursor) error {
	first, line, at := c.peek(), c.line, c.at
	if malformedStatus.MatchString(first) || statusLine.MatchString(first) {
		return p.response(c)
	}
	if !requestLine.MatchString(first) && !c.malformedStart() {
		c.skip(max(nextStart(c.text[c.at:]), 1))
		return &headError{line: line, at: at, text: "neither a request line (`METHOD target HTTP/1.1`) nor a status line, found " + quote(first)}
	}
	p.ready = p.flush()
	ex := &faultline.Exchange{}
	beginsAt(ex, line)
	r := &ex.Request
	var target string
	r.Method, target, r.Proto = splitRequestLine(c.next())
	fields, bad := c.fieldsAsMeant()
	head := c.text[at:c.at]
	r.Header = dropPseudo(fields)
	setTarget(r, target)
	body := c.at
	r.Body = c.body(r.Header)
	if marked := mark(ex, faultline.RequestSide, r.Header, head, c.text[body:c.at]); bad != nil && (bad.limit || !marked) {
		return bad
	}
	if bad != nil {
		addNotices(ex, fmt.Sprintf("line %d is no header field and was left out", bad.line))
	}
	decodeBody(&r.Body, r.Header)
	p.open = ex
	return nil
}

func (p *pairing) response(c *textCursor) error {
	start := c.at
	resp := splitStatusLine(c.next())
	fields, bad := c.fieldsAsMeant()
	head, body := c.text[start:c.at], c.at
	resp.Header = dropPseudo(fields)
	ex := &faultline.Exchange{Response: resp}
	if p.open != nil {
		ex.Request.Method = p.open.Request.Method
	}
	if !bodyless(ex.Request.Method, resp.Status) {
		resp.Body = c.body(resp.Header)
	}
	if marked := mark(ex, faultline.ResponseSide, resp.Header, head, c.text[body:c.at]); bad != nil && (bad.limit || !marked) {
		return bad
	}
	decodeBody(&resp.Body, resp.Header)
	p.answer(ex)
	return nil
}

// answer gives the answer of an exchange to the request that waits for one.
func (p *pairing) answer(ex *faultline.Exchange) {
	resp := ex.Response
	switch {
	case 100 <= resp.Status && resp.Status < 200: // interim: the final answer follows
	case p.open == nil:
		ex.Request.Method = ""
		p.open = ex
	case p.open.Response == nil:
		p.open.Response = resp
		if p.open.Malformed == nil {
			p.open.Malformed = ex.Malformed
		}
	case p.open.Request.Method == "" && isRedirect(p.open.Response):
		// `curl -iL` prints the answers of a chain one after the other.
		p.open.Hops = append(p.open.Hops, faultline.Hop{Response: p.open.Response})
		p.open.Response = resp
	default:
		p.ready = p.flush()
		ex.Request.Method = ""
		p.open = ex
	}
}

func isRedirect(r *faultline.Response) bool {
	return r != nil && 300 <= r.Status && r.Status < 400 && r.Header.Has("Location")
}

// dropPseudo removes the fields of HTTP/2 and HTTP/3 that stand for the
// request line (RFC 9113, section 8.3).
func dropPseudo(h faultline.Header) faultline.Header {
	var out faultline.Header
	for _, f := range h {
		if !strings.HasPrefix(f.Name, ":") {
			out = append(out, f)
		}
	}
	return out
}
