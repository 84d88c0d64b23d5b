package capture

import (
	"io"
	"iter"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// httpieFormat is what HTTPie (and xh) print: messages as they travel, put in
// order for people, and errors of their own. The command may stand above.
func httpieFormat() Format {
	return Format{
		Name:   "httpie",
		About:  "the output of HTTPie and xh: `http -v`, and their errors",
		Sniff:  sniffHTTPie,
		Decode: decodeHTTPie,
	}
}

var (
	httpieError   = regexp.MustCompile(`^(?:http|https|xh|xhs): (?:LogLevel\.)?(?:error|ERROR): (.*)$`)
	httpieMarks   = regexp.MustCompile(`(?mi)^(?:User-Agent: (?:HTTPie|xh)/|(?:https?|xhs?): (?:LogLevel\.)?error: )`)
	httpieCommand = regexp.MustCompile(`^[ \t]*(?:[\w.-]+@[\w.-]+[^\n$#%]*[$%#]|[$%❯➜]|[A-Za-z]:\\[^\n>]*>)?[ \t]*(?:https?|xhs?)[ \t]+(\S.*)$`)
	httpieDoing   = regexp.MustCompile(` while doing an? (\w+) request to URL: (\S+)$`)
	// blobNote stands where a body is not shown.
	blobNote = regexp.MustCompile(`(?s)^\+-+\+\n\| NOTE: binary data not shown in terminal \|\n\+-+\+\s*$`)
)

func sniffHTTPie(_ string, prefix []byte) bool {
	if httpieMarks.Match(prefix) {
		return true
	}
	// A command, and a message below it.
	c := newCursor(string(prefix))
	c.skipBlank()
	if c.done() || !isHTTPieCommand(c.next()) {
		return false
	}
	c.skipBlank()
	return !c.done() && isStartLine(c.peek())
}

func isHTTPieCommand(line string) bool {
	return httpieCommand.MatchString(line) && !strings.Contains(line, " HTTP/")
}

func decodeHTTPie(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		h := &httpieReader{}
		h.read(text)
		yieldNumbered(h.done, "output of HTTPie", yield)
	}
}

type httpieReader struct {
	done    []*faultline.Exchange
	pairing pairing
	command *faultline.Request // of the prompt, for output without the request
	line    int
}

// read cuts the text at the errors and the commands; between them are messages.
func (h *httpieReader) read(text string) {
	var messages strings.Builder
	begins := 1
	c := newCursor(text)
	for !c.done() {
		number := c.line
		line := c.next()
		switch said := httpieError.FindStringSubmatch(line); {
		case said != nil:
			h.messages(messages.String(), begins)
			h.failed(said[1], number)
		case isHTTPieCommand(line):
			h.messages(messages.String(), begins)
			h.flush()
			h.command = httpieRequest(httpieCommand.FindStringSubmatch(line)[1])
			h.line = number
		default:
			messages.WriteString(line + "\n")
			continue
		}
		messages.Reset()
		begins = c.line
	}
	h.messages(messages.String(), begins)
	h.flush()
}

func (h *httpieReader) messages(text string, line int) {
	c := newCursor(text)
	c.line = line
	for c.skipBlank(); !c.done(); c.skipBlank() {
		if !isStartLine(c.peek()) {
			c.next() // what HTTPie says beside its errors
			continue
		}
		err := h.pairing.message(c)
		if ex, _ := h.pairing.take(); ex != nil {
			h.add(ex)
		}
		if err != nil {
			h.flush()
		}
	}
}

func (h *httpieReader) flush() {
	if ex := h.pairing.flush(); ex != nil {
		h.add(ex)
	}
}

func (h *httpieReader) add(ex *faultline.Exchange) {
	if ex.Request.Method == "" && h.command != nil {
		ex.Request = *h.command
		delete(ex.Labels, LabelNotice)
		beginsAt(ex, h.line)
	}
	for _, b := range []*faultline.Body{&ex.Request.Body, bodyOf(ex.Response)} {
		if b != nil && blobNote.Match(b.Raw) {
			*b = faultline.Body{Truncated: true, Note: "HTTPie does not show binary data"}
		}
	}
	h.done = append(h.done, ex)
}

func bodyOf(r *faultline.Response) *faultline.Body {
	if r == nil {
		return nil
	}
	return &r.Body
}

// failed is an error of HTTPie: of the request above it, or of one that only
// its own words name.
func (h *httpieReader) failed(words string, line int) {
	ex := h.pairing.open
	h.pairing.open = nil
	if ex == nil || ex.Response != nil {
		if ex != nil {
			h.add(ex)
		}
		ex = &faultline.Exchange{Unseen: faultline.UnseenRequestHeader | faultline.UnseenRequestBody}
		beginsAt(ex, line)
		if h.command != nil {
			ex.Request = *h.command
		}
	}
	if m := httpieDoing.FindStringSubmatch(words); m != nil {
		if ex.Request.Method == "" {
			ex.Request.Method = strings.ToUpper(m[1])
		}
		if ex.Request.Host == "" || ex.Request.Scheme == "" {
			setURL(&ex.Request, m[2])
		}
	}
	ex.Failure = failure(words, false)
	h.done = append(h.done, ex)
}
