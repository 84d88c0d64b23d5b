package capture

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// pythonDebugFormat is what Python's http.client prints with debuglevel 1, and
// so requests and urllib: `send:`, `reply:` and `header:` lines.
func pythonDebugFormat() Format {
	return Format{
		Name:   "python-debug",
		About:  "the lines that Python's http.client prints with debuglevel 1",
		Sniff:  func(_ string, prefix []byte) bool { return debugMarks.Match(prefix) },
		Decode: decodePythonDebug,
	}
}

var (
	debugMarks  = regexp.MustCompile(`(?m)^(?:send: b?["']|reply: ["'])`)
	debugSend   = regexp.MustCompile(`^send: (b?["'].*)$`)
	debugReply  = regexp.MustCompile(`^reply: (["'].*)$`)
	debugHeader = regexp.MustCompile(`^header: (.*)$`)
)

func decodePythonDebug(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		calls := debugCalls(text)
		for i, ex := range calls {
			ex.ID = ordinal(i + 1)
			decodeBody(&ex.Request.Body, ex.Request.Header)
			if !yield(ex, nil) {
				return
			}
		}
		if len(calls) == 0 {
			yield(nil, errors.New("lines of http.client without a request in them"))
		}
	}
}

func debugCalls(text string) []*faultline.Exchange {
	var calls []*faultline.Exchange
	var open *faultline.Exchange
	c := newCursor(text)
	for !c.done() {
		number := c.line
		line := c.next()
		switch {
		case debugSend.MatchString(line):
			sent := debugText(debugSend.FindStringSubmatch(line)[1])
			if ex := debugRequest(sent); ex != nil {
				beginsAt(ex, number)
				open = ex
				calls = append(calls, ex)
			} else if open != nil && open.Response == nil {
				open.Request.Body = faultline.NewBody(append(open.Request.Body.Raw, sent...))
			}
		case open != nil && debugReply.MatchString(line):
			reply := strings.TrimRight(debugText(debugReply.FindStringSubmatch(line)[1]), "\r\n")
			if resp, ok := parseStatusLine(reply); ok {
				open.Response = resp // an interim answer gives way to the final one
				open.Unseen |= faultline.UnseenResponseBody
			}
		case open != nil && open.Response != nil && debugHeader.MatchString(line):
			if f, ok := parseField(debugHeader.FindStringSubmatch(line)[1]); ok && len(open.Response.Header) < maxFields {
				open.Response.Header = append(open.Response.Header, f)
			}
		}
	}
	return calls
}

// debugText takes the text out of b'…'.
func debugText(repr string) string {
	p := &literalReader{text: repr}
	return p.value(0).text
}

// debugRequest reads what was sent if it begins a request; a body may follow
// the head at once.
func debugRequest(sent string) *faultline.Exchange {
	c := newCursor(sent)
	if c.done() || !requestLine.MatchString(c.peek()) {
		return nil
	}
	method, target, proto, _ := parseRequestLine(c.next())
	ex := &faultline.Exchange{}
	r := &ex.Request
	r.Method, r.Proto = method, proto
	r.Header, _ = c.fields()
	setTarget(r, target)
	r.Body = faultline.NewBody([]byte(c.text[c.at:]))
	return ex
}
