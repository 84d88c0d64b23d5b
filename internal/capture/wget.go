package capture

import (
	"io"
	"iter"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// wgetFormat is what wget prints: with -d both heads, with -S that of the
// answer, else no more than address and status.
func wgetFormat() Format {
	return Format{
		Name:   "wget",
		About:  "the output of `wget`, also with `-S` and `-d`",
		Sniff:  sniffWget,
		Decode: decodeWget,
	}
}

var (
	wgetStart  = regexp.MustCompile(`^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  (?:\(try: ?\d+\)  )?(\S+)$`)
	wgetAwait  = regexp.MustCompile(`^HTTP request sent, awaiting response\.\.\. ?(?:(\d{3}) ?(.*)|(.*))$`)
	wgetFailed = regexp.MustCompile(`(?:failed: .*|^wget: unable to resolve host address .*|^ERROR: .*|^OpenSSL: .*|^GnuTLS: .*|^Unable to establish SSL connection\.?)$`)
	wgetBody   = regexp.MustCompile(`^\[(?:BODY|POST) data: (.*)\]$`)
	wgetMarks  = regexp.MustCompile(`(?m)^(?:--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  |---request begin---|wget: unable to resolve host address)`)
)

func sniffWget(_ string, prefix []byte) bool { return wgetMarks.Match(prefix) }

func decodeWget(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		w := &wgetReader{c: newCursor(text)}
		w.read()
		yieldNumbered(w.done, "output of wget", yield)
	}
}

// wgetReader collects the calls.
type wgetReader struct {
	c       *textCursor
	done    []*faultline.Exchange
	open    *faultline.Exchange
	follow  bool // wget goes on to where the answer sent it
	follows bool // the open call is where it went on to
	words   []string
}

func (w *wgetReader) read() {
	for !w.c.done() {
		line := strings.TrimRight(w.c.next(), " ")
		switch {
		case wgetStart.MatchString(line):
			follows := w.follow
			w.finish()
			w.start(wgetStart.FindStringSubmatch(line)[1])
			w.follows = follows
		case line == "---request begin---":
			w.request()
		case line == "---response begin---":
			w.response("")
		case strings.HasPrefix(line, "Skipping ") && strings.Contains(line, " bytes of body: ["):
			w.body(line)
		case strings.HasSuffix(line, "[following]"):
			w.follow = true
		default:
			w.line(line)
		}
	}
	w.finish()
}

func (w *wgetReader) start(address string) {
	ex := &faultline.Exchange{Unseen: faultline.UnseenMessages}
	beginsAt(ex, w.c.line-1)
	setURL(&ex.Request, address)
	ex.Request.Method = "GET" // what wget sends unless it is told otherwise; -d shows it
	w.open = ex
}

// call is the open call; output without -v has no line that begins one.
func (w *wgetReader) call() *faultline.Exchange {
	if w.open == nil {
		w.open = &faultline.Exchange{Unseen: faultline.UnseenMessages}
		beginsAt(w.open, max(1, w.c.line-1))
	}
	return w.open
}

func (w *wgetReader) request() {
	ex := w.call()
	method, target, proto, ok := parseRequestLine(w.c.next())
	if !ok {
		return
	}
	r := &ex.Request
	r.Method, r.Target, r.Proto = method, target, proto
	r.Header, _ = w.c.fields()
	hostFromHeader(r)
	ex.Unseen &^= faultline.UnseenRequestHeader
	if !r.Header.Has("Content-Length") {
		ex.Unseen &^= faultline.UnseenRequestBody
	}
}

// response reads a head; with -S its lines are indented.
func (w *wgetReader) response(indent string) {
	ex := w.call()
	resp, ok := parseStatusLine(strings.TrimRight(strings.TrimPrefix(w.c.next(), indent), " "))
	if !ok {
		return
	}
	for !w.c.done() && len(resp.Header) < maxFields {
		line := w.c.peek()
		if line == "" || line == "---response end---" || !strings.HasPrefix(line, indent) || strings.HasPrefix(line, indent+"HTTP/") {
			break
		}
		f, good := parseField(strings.TrimPrefix(line, indent))
		if !good {
			break
		}
		resp.Header = append(resp.Header, f)
		w.c.next()
	}
	ex.Response = resp
	ex.Unseen &^= faultline.UnseenResponseHeader
}

// body reads what wget skips and shows: it may have lines of its own.
func (w *wgetReader) body(line string) {
	ex := w.call()
	_, text, _ := strings.Cut(line, " bytes of body: [")
	var all strings.Builder
	all.WriteString(text)
	for !strings.HasSuffix(text, "] done.") && !w.c.done() && !wgetStart.MatchString(w.c.peek()) {
		text = w.c.next()
		all.WriteString("\n" + text)
	}
	if ex.Response != nil {
		ex.Response.Body = faultline.NewBody([]byte(strings.TrimSuffix(all.String(), "] done.")))
		ex.Unseen &^= faultline.UnseenResponseBody
	}
}

func (w *wgetReader) line(line string) {
	if strings.HasPrefix(line, "  HTTP/") && statusLine.MatchString(line[2:]) {
		w.c.back(line)
		w.response("  ")
		return
	}
	if m := wgetBody.FindStringSubmatch(line); m != nil {
		ex := w.call()
		ex.Request.Body = faultline.NewBody([]byte(m[1]))
		ex.Unseen &^= faultline.UnseenRequestBody
		return
	}
	if m := wgetAwait.FindStringSubmatch(line); m != nil {
		ex := w.call()
		switch {
		case m[1] != "":
			ex.Response, _ = parseStatusLine("HTTP/1.1 " + m[1] + " " + m[2])
			ex.Response.Proto = "" // not shown
		case m[3] != "":
			w.words = append(w.words, m[3])
		}
		return
	}
	if words := wgetFailed.FindString(line); words != "" && !strings.HasPrefix(line, "ERROR 4") && !strings.HasPrefix(line, "ERROR 5") && len(w.words) < 8 {
		w.call()
		w.words = append(w.words, words)
	}
}

func (w *wgetReader) finish() {
	ex, words := w.open, strings.Join(w.words, "\n")
	w.open, w.words = nil, nil
	if ex == nil {
		return
	}
	if ex.Response == nil {
		if words == "" {
			words = "wget got no answer"
		}
		ex.Failure = failure(words, false)
		ex.Unseen &^= faultline.UnseenResponseHeader | faultline.UnseenResponseBody
	}
	if w.follows && len(w.done) > 0 {
		before := w.done[len(w.done)-1]
		ex.Hops = append(before.Hops, faultline.Hop{Request: before.Request, Response: before.Response})
		w.done = w.done[:len(w.done)-1]
	}
	w.follow, w.follows = false, false
	w.done = append(w.done, ex)
}
