package capture

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/coding"
)

// traceFormat is what `curl -v` prints to a terminal: its own remarks, the
// request and the response head, the body, the progress meter, and maybe the
// prompt with the command itself. --trace-ascii and --trace are read as well.
func (o Options) traceFormat() Format {
	return Format{
		Name:   "curl-trace",
		About:  "the output of `curl -v`, `curl -i` and `curl --trace-ascii -`",
		Sniff:  sniffTrace,
		Decode: o.decodeTrace,
	}
}

var (
	traceRequest  = regexp.MustCompile(`(?m)^> [A-Za-z_-]{2,32} [^ \r\n].* HTTP/[0-9]`)
	traceResponse = regexp.MustCompile(`(?m)^< HTTP/[0-9](?:\.[0-9])? [1-9][0-9]{2}`)
	traceError    = regexp.MustCompile(`(?m)^curl: \([0-9]{1,3}\) `)
	traceInfo     = regexp.MustCompile(`(?m)^\* +(?:Trying |Connected to |Host .* was resolved|Could not resolve|Rebuilt URL|About to connect|Failed to connect|connect to )`)
	traceDump     = regexp.MustCompile(`(?m)^(?:[0-9:.]+ )?(?:=> Send header|<= Recv header|== Info:)`)
)

// traceTime is what --trace-time and --trace-ids put in front of a line.
var traceTime = regexp.MustCompile(`(?m)^[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6} (?:\[[0-9x-]+\] )?([*<>{}=])`)

func sniffTrace(_ string, prefix []byte) bool {
	prefix = traceTime.ReplaceAll(prefix, []byte("$1"))
	return traceRequest.Match(prefix) || traceResponse.Match(prefix) || traceError.Match(prefix) ||
		traceInfo.Match(prefix) || traceDump.Match(prefix)
}

func (o Options) decodeTrace(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		text = traceTime.ReplaceAllString(text, "$1")
		t := &traceReader{options: o}
		if traceDump.MatchString(text) {
			t.dump(text)
		} else {
			t.read(text)
		}
		t.finish()
		for i, ex := range t.done {
			ex.ID = ordinal(i + 1)
			if !yield(ex, nil) {
				return
			}
		}
		if len(t.done) == 0 {
			yield(nil, errors.New("a trace of curl without a request or an error in it"))
		}
	}
}

// traceReader collects the calls of a trace. The open call is the one whose
// answer has not been seen whole.
type traceReader struct {
	options Options
	done    []*faultline.Exchange
	open    *traceCall
	command *faultline.Exchange // from the prompt line, for the body and what came of no request
	follow  bool                // curl said that it goes on with another request
	tls     bool
	plain   bool
	host    string // where it connected to
	peer    string // the address of it: "203.0.113.9"
}

// traceCall is one request of a trace and its answer.
type traceCall struct {
	ex        *faultline.Exchange
	inRequest bool // between `> GET` and `>`
	inHead    bool // between `< HTTP` and `<`
	repeated  bool // in a head that -i repeats in front of the body
	body      strings.Builder
	sent      []byte // body of the request, from --trace
	ascii     bool   // bytes were shown as dots
	failure   string // what curl said at its end
	remark    string // what it said on the way
	tunnel    bool
	followed  bool   // it continues the call before
	uploaded  int64  // bytes of the body that went over a plain connection
	sentOver  string // the scheme of the connection that the request went over; empty: none went
}

func (t *traceReader) call() *traceCall {
	if t.open == nil {
		t.open = &traceCall{ex: &faultline.Exchange{}, followed: t.follow}
		t.follow = false
	}
	return t.open
}

var (
	// meter is one state of the progress meter, which may stand in front of
	// anything since curl overwrites it.
	meter     = regexp.MustCompile(`(?:^|\r) *\d{1,3}(?: +[\d.]+[kMGTP]?){7}(?: +(?:[\d:-]+|\d+d \d+h)){3} +[\d.]+[kMGTP]?`)
	meterHead = regexp.MustCompile(`^ *% +Total +% +Received|^ +Dload +Upload`)
	transfer  = regexp.MustCompile(`^([{}]) \[(\d{1,9}) bytes data\]$`)
	// closing is what curl remarks behind a body that has no line end.
	closing = regexp.MustCompile(`\* (?:Connection #\d+ to host .* left intact|Closing connection.*|shutting down connection #\d+|[Tt]ransfer closed .*|Issue another request to this URL.*|Ignoring the response-body|Recv failure: .*|HTTP/2 stream \d+ was not closed cleanly.*|TLSv1\.\d \((?:IN|OUT)\), .*|Excess found.*)$`)
	command = regexp.MustCompile(`^(?:[\w.-]+@[\w.-]+[^\n$#%]*[$%#]|[$%#❯➜]|[A-Za-z]:\\[^\n>]*>)?[ \t]*(?:\S*/)?curl(?:\.exe)? `)
)

func (t *traceReader) read(text string) {
	c := newCursor(text)
	for !c.done() {
		start := c.at
		line := c.next()
		if t.isCommand(line) {
			c.at = t.prompt(text, start)
			continue
		}
		end := "\n"
		if c.done() && !strings.HasSuffix(text, "\n") {
			end = ""
		} else if strings.HasSuffix(text[:c.at], "\r\n") {
			end = "\r\n"
		}
		t.line(line, end)
	}
}

// isCommand tells a command from a line of a body, or of curl's own prose, that
// starts with the word curl: behind an answer it needs a prompt.
func (t *traceReader) isCommand(line string) bool {
	if !command.MatchString(line) {
		return false
	}
	if t.open == nil {
		return len(t.done) == 0 || prompt.MatchString(line)
	}
	return prompt.MatchString(line) && !t.bodyOpen(line)
}

// prompt reads the command behind a prompt, and returns where it ends: at the
// first line that no backslash, quote or here-document continues.
func (t *traceReader) prompt(text string, start int) int {
	t.finish()
	end := start
	for lines := 0; lines < maxCommandLines && end < len(text); lines++ {
		next := strings.IndexByte(text[end:], '\n')
		if next < 0 {
			end = len(text)
		} else {
			end += next + 1
		}
		script := strings.TrimRight(text[start:end], "\r\n \t")
		if strings.HasSuffix(script, `\`) {
			continue
		}
		commands, err := curlCommands(strings.TrimLeft(script, "# "))
		if err != nil {
			continue
		}
		for _, cmd := range commands {
			if exchanges, err := curlExchanges(cmd, t.options.Files); err == nil {
				t.command = exchanges[0]
				return end
			}
		}
		break
	}
	next := strings.IndexByte(text[start:], '\n')
	if next < 0 {
		return len(text)
	}
	return start + next + 1
}

// maxCommandLines bounds the search for the end of a command, which parses
// its beginning again with each line.
const maxCommandLines = 200

func (t *traceReader) line(line, end string) {
	if bare := meter.ReplaceAllString(line, ""); bare != line {
		line = strings.TrimLeft(bare, "\r")
		if line == "" {
			return
		}
	}
	if meterHead.MatchString(line) {
		return
	}
	if m := transfer.FindStringSubmatch(line); m != nil {
		t.transferred(m[1], m[2])
		return
	}
	// A remark or an arrow ends what came before, except inside a body whose
	// length is not reached yet.
	if !t.bodyOpen(line) {
		switch {
		case strings.HasPrefix(line, "* "):
			t.info(strings.TrimSpace(line[2:]))
			return
		case line == ">" || strings.HasPrefix(line, "> "):
			t.sent(strings.TrimPrefix(line[1:], " "))
			return
		case line == "<" || strings.HasPrefix(line, "< "):
			t.received(strings.TrimPrefix(line[1:], " "))
			return
		case strings.HasPrefix(line, "curl: ("):
			t.call().failure = line
			return
		}
	}
	t.content(line, end)
}

// bodyOpen reports whether the answer's body has begun and its declared length
// is not reached: then the line is body, whatever it looks like, unless it can
// be nothing but curl's own.
func (t *traceReader) bodyOpen(line string) bool {
	c := t.open
	if c == nil || c.inHead || c.ex.Response == nil || c.body.Len() == 0 {
		return false
	}
	n, err := strconv.Atoi(c.ex.Response.Header.Value("Content-Length"))
	return err == nil && c.body.Len() < n && !traceRequest.MatchString(line) && !traceResponse.MatchString(line) &&
		!traceError.MatchString(line) && !closing.MatchString(line)
}

// info reads a remark of curl. Few matter: where it connected to, and what
// went wrong if nothing else says so.
func (t *traceReader) info(remark string) {
	low := strings.ToLower(remark)
	switch {
	case strings.HasPrefix(remark, "Issue another request to this URL"), strings.HasPrefix(low, "ignoring the response-body"):
		t.follow = true
	case strings.HasPrefix(remark, "Connected to ") || strings.HasPrefix(remark, "Established connection to "):
		t.plain, t.tls = true, false // until the handshake says otherwise
		if open := strings.IndexByte(remark, '('); open > 0 {
			host := strings.Fields(remark[:open])
			t.host = host[len(host)-1] + portInWords(remark[open:])
			t.peer, _, _ = strings.Cut(remark[open+1:], ")")
			t.peer, _, _ = strings.Cut(t.peer, " ") // newer versions put the port behind it
		}
	case strings.HasPrefix(remark, "SSL connection using"), strings.HasPrefix(remark, "TLS"), strings.HasPrefix(remark, "schannel:"), strings.Contains(remark, "[:scheme: https]"):
		t.tls = true
	case strings.HasPrefix(remark, "Establish HTTP proxy tunnel"):
		t.call().tunnel = true
	case isTrouble(low):
		t.call().remark = remark
	}
}

var trouble = []string{
	"could not resolve host", "failed to connect", "connection refused", "timed out", "timeout", "empty reply from server", "recv failure",
	"send failure", "ssl certificate problem", "ssl_connect", "ssl: no alternative", "self-signed", "self signed", "transfer closed with",
	"was not closed cleanly", "couldn't connect", "connection reset", "certificate verify failed", "no route to host", "network is unreachable",
	"received http/0.9", "malformed", "stream error",
}

// transferred counts what was sent of a body behind the head of its request. With TLS the
// counts are those of its records.
func (t *traceReader) transferred(direction, count string) {
	if c := t.open; c != nil && direction == "}" && !c.inRequest && c.sentOver == "http" && c.ex.Response == nil {
		n, _ := strconv.ParseInt(count, 10, 64)
		c.uploaded += n
	}
}

func isTrouble(low string) bool {
	for _, words := range trouble {
		if strings.Contains(low, words) {
			return true
		}
	}
	return false
}

// sent reads a line of the request.
func (t *traceReader) sent(line string) {
	if c := t.open; c != nil && c.inRequest {
		if line == "" {
			c.inRequest = false
			return
		}
		if f, ok := parseField(line); ok && len(c.ex.Request.Header) < maxFields {
			c.ex.Request.Header = append(c.ex.Request.Header, f)
		}
		return
	}
	method, target, proto, ok := parseRequestLine(line)
	if !ok || !strings.HasPrefix(proto, "HTTP/") {
		return
	}
	if t.open != nil && t.open.ex.Request.Method != "" {
		t.finish()
	}
	c := t.call()
	r := &c.ex.Request
	r.Method, r.Target, r.Proto = method, target, proto
	c.inRequest, c.sentOver = true, "http"
	if t.tls {
		c.sentOver = "https"
	}
	c.tunnel = method == "CONNECT"
	c.remark = "" // it got over what went wrong before: another address worked
}

// received reads a line of the response head.
func (t *traceReader) received(line string) {
	c := t.call()
	c.inRequest = false
	if statusLine.MatchString(strings.TrimRight(line, " ")) {
		resp, _ := parseStatusLine(line)
		c.ex.Response = resp // an interim answer gives way to the final one
		c.inHead = true
		c.body.Reset()
		return
	}
	if !c.inHead || c.ex.Response == nil {
		return
	}
	if line == "" {
		c.inHead = false
		return
	}
	if f, ok := parseField(line); ok && len(c.ex.Response.Header) < maxFields {
		c.ex.Response.Header = append(c.ex.Response.Header, f)
	}
}

// content is a line that curl wrote to its output: of the body, or of the head
// with -i.
func (t *traceReader) content(line, end string) {
	c := t.open
	if c == nil || c.inRequest {
		return
	}
	if c.ex.Response == nil {
		return // a remark of the shell, or the body of an answer that has no head here
	}
	if c.inHead {
		return // -i repeats the head, line by line
	}
	if c.body.Len() == 0 && statusLine.MatchString(strings.TrimRight(line, " ")) {
		c.repeated = true // -i repeats it whole; with -L also those of the earlier steps
	}
	if c.repeated {
		c.repeated = line != ""
		return
	}
	remark := ""
	if at := closing.FindStringIndex(line); at != nil {
		remark, line, end = line[at[0]:], line[:at[0]], ""
	} else if at := strings.Index(line, "curl: ("); at > 0 && traceError.MatchString(line[at:]) {
		remark, line, end = line[at:], line[:at], ""
	}
	c.body.WriteString(line + end)
	if strings.HasPrefix(remark, "* ") {
		t.info(remark[2:])
	} else if remark != "" {
		c.failure = remark
	}
}

// finish closes the open call and puts it where it belongs: a step of the next
// one, or an exchange of its own.
func (t *traceReader) finish() {
	c := t.open
	t.open = nil
	if c == nil {
		return
	}
	ex := c.ex
	if c.tunnel && ex.Response != nil && ex.Response.Status/100 == 2 && ex.Request.Method == "CONNECT" {
		return // the tunnel stands; what goes through it follows
	}
	t.complete(c)
	if ex.Request.Method == "" && ex.Response == nil && ex.Failure == nil {
		return
	}
	if n := len(t.done); n > 0 && c.followed {
		previous := t.done[n-1]
		ex.Hops = append(previous.Hops, faultline.Hop{Request: previous.Request, Response: previous.Response, Failure: previous.Failure})
		t.done[n-1] = ex
		return
	}
	t.done = append(t.done, ex)
}

// complete fills in what stands outside the arrows.
func (t *traceReader) complete(c *traceCall) {
	ex := c.ex
	r := &ex.Request
	r.Header = dropPseudo(r.Header)
	if resp := ex.Response; resp != nil {
		resp.Header = dropPseudo(resp.Header)
		if !bodyless(r.Method, resp.Status) {
			resp.Body = traceBody(resp, c.body.String())
		}
	}
	words := c.failure
	if words == "" && ex.Response == nil {
		words = c.remark
	}
	if words != "" {
		ex.Failure = failure(words, ex.Response != nil)
	}
	t.fromCommand(c)
	hostFromHeader(r)
	if r.Host == "" && ex.Failure != nil {
		r.Host = hostInWords(ex.Failure.Text)
	}
	if r.Host == "" {
		r.Host = t.host
	}
	if t.peer != "" && ex.Response != nil {
		if ex.Labels == nil {
			ex.Labels = map[string]string{}
		}
		ex.Labels[faultline.LabelPeer] = t.peer
	}
	t.scheme(c)
	t.requestBody(c)
}

// traceBody cuts what -i repeats from the text, and honours the length.
func traceBody(resp *faultline.Response, text string) faultline.Body {
	if strings.Contains(strings.ToLower(resp.Header.Value("Transfer-Encoding")), "chunked") {
		if data, used, ok := dechunk(text); ok && used == len(text) {
			text = string(data) // older versions trace the chunks as they came
		}
	}
	n, err := strconv.Atoi(resp.Header.Value("Content-Length"))
	if err == nil && 0 <= n && n <= len(text) && strings.TrimSpace(text[n:]) == "" {
		text = text[:n]
	} else {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	}
	body := faultline.NewBody([]byte(text))
	switch {
	case err == nil && n > 0 && text == "":
		body = faultline.Body{Size: int64(n), Truncated: true, Note: "the trace does not show the body"}
	case resp.Header.Has("Content-Encoding"):
		if coding.Decode(&body, contentEncoding(resp.Header), maxDecoded) != nil {
			// With --compressed curl prints the decoded body.
			body = faultline.Body{Raw: []byte(text), Decoded: []byte(text), Size: int64(len(text)), Note: "shown decoded by curl"}
		}
	}
	return body
}

// fromCommand takes what the trace does not show from the command in front of
// it: the body, and the whole request if none was sent.
func (t *traceReader) fromCommand(c *traceCall) {
	if t.command == nil || c.followed {
		return
	}
	r, from := &c.ex.Request, &t.command.Request
	if r.Method == "" && c.ex.Response == nil {
		*r = *from
		addNotices(c.ex, t.command.Labels[LabelNotice])
		return
	}
	if r.Scheme == "" {
		r.Scheme = from.Scheme
	}
	if r.Method == from.Method && r.Body.Empty() {
		r.Body = from.Body
	}
}

func (t *traceReader) scheme(c *traceCall) {
	r := &c.ex.Request
	switch {
	case c.sentOver == "https", c.sentOver == "" && t.tls:
		r.Scheme = "https"
	case r.Scheme == "" && t.plain:
		r.Scheme = "http"
	}
}

// requestBody says that a body travelled which the trace does not show.
func (t *traceReader) requestBody(c *traceCall) {
	r := &c.ex.Request
	if len(c.sent) > 0 {
		r.Body = faultline.NewBody(c.sent)
	}
	if c.ascii {
		addNotices(c.ex, "`--trace-ascii` shows line breaks and letters outside ASCII as dots; use `--trace` to see all bytes")
	}
	n, err := strconv.ParseInt(r.Header.Value("Content-Length"), 10, 64)
	if err == nil && n > 0 && r.Body.Empty() {
		if 0 < c.uploaded && c.uploaded < atOnce && c.ex.Response == nil {
			n = c.uploaded // no answer: whether all of it was sent is what matters
		}
		r.Body = faultline.Body{Size: n, Truncated: true, Note: "`curl -v` does not show the request body"}
		addNotices(c.ex, "`curl -v` does not show the request body: put the command in front of the trace, or use `--trace-ascii -`")
		return
	}
	decodeBody(&r.Body, r.Header)
}

// atOnce is what curl sends of a body in one go: of a longer one a part may still wait.
const atOnce = 16 << 10

var wordsPort = regexp.MustCompile(`\) port (\d+)`)

// portInWords is the port of "(203.0.113.9) port 8443 (#0)" with its colon, if it is not one that goes without saying.
func portInWords(words string) string {
	m := wordsPort.FindStringSubmatch(words)
	if m == nil || m[1] == "80" || m[1] == "443" {
		return ""
	}
	return ":" + m[1]
}

var wordsHost = regexp.MustCompile(`(?i)(?:Failed to connect to|Could not resolve host:|connect to) ([\w.:-]+?)(?: port (\d+))?(?:[ :;,]|$)`)

func hostInWords(words string) string {
	m := wordsHost.FindStringSubmatch(words)
	if m == nil {
		return ""
	}
	if m[2] != "" && m[2] != "80" && m[2] != "443" {
		return m[1] + ":" + m[2]
	}
	return m[1]
}
