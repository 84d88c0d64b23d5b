package capture

import (
	"errors"
	"io"
	"iter"
	"path"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// httpFileFormat is the .http and .rest files of editors: requests between
// lines of ###, with variables, and maybe the recorded response behind each.
func (o Options) httpFileFormat() Format {
	return Format{
		Name:   "http-file",
		About:  ".http and .rest files of VS Code and JetBrains",
		Sniff:  sniffHTTPFile,
		Decode: o.decodeHTTPFile,
	}
}

var (
	separator    = regexp.MustCompile(`^\s*###`)
	fileVariable = regexp.MustCompile(`^\s*@([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$`)
	requestName  = regexp.MustCompile(`^\s*(?:#|//)\s*@name[ \t=]+(\S+)`)
	methodLine   = regexp.MustCompile(`^\s*(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|LIST|QUERY|PROPFIND|REPORT|SEARCH|LINK|UNLINK|PURGE|LOCK|UNLOCK|COPY|MOVE|MKCOL)\s+\S`)
	bareAddress  = regexp.MustCompile(`^\s*(?:https?://\S|\{\{\s*[$A-Za-z_][\w.$-]*\s*\}\})\S*`)
	handlerLine  = regexp.MustCompile(`^(?:> (?:\{%|\S+\.js\s*$)|<> \S|>>!? \S+\s*$)`)
	placeholder  = regexp.MustCompile(`\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}`)
)

func sniffHTTPFile(name string, prefix []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".http", ".rest":
		return true
	}
	c := newCursor(string(prefix))
	for ; !c.done(); c.next() {
		line := c.peek()
		switch {
		case separator.MatchString(line), fileVariable.MatchString(line):
			return true
		case isFileComment(line), strings.TrimSpace(line) == "":
		default:
			// A request line that raw HTTP would not have: with an address, or
			// without a version.
			if c.absoluteForm() {
				return false
			}
			return methodLine.MatchString(line) && (strings.Contains(line, "://") || strings.Contains(line, "{{") || !requestLine.MatchString(line) && !c.malformedStart()) ||
				bareAddress.MatchString(line) && !strings.ContainsAny(strings.TrimSpace(line), " \t")
		}
	}
	return false
}

func isFileComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}

func (o Options) decodeHTTPFile(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		f := &httpFile{files: o.Files, vars: map[string]string{}}
		number := 0
		for _, b := range splitBlocks(text) {
			ex, err := f.block(b)
			if ex == nil && err == nil {
				continue // only comments and variables
			}
			number++
			if ex != nil && ex.ID == "" {
				ex.ID = ordinal(number)
			}
			if !yield(ex, err) {
				return
			}
		}
		if number == 0 {
			yield(nil, errors.New("no request in the file: a request starts with a method and an address"))
		}
	}
}

// fileBlock is what stands between two lines of ###.
type fileBlock struct {
	text string
	line int // of its first line
	at   int // byte offset of its first line
	name string
}

func splitBlocks(text string) []fileBlock {
	var blocks []fileBlock
	current := fileBlock{line: 1}
	c := newCursor(text)
	for !c.done() {
		at, line := c.at, c.peek()
		c.next()
		if !separator.MatchString(line) {
			continue
		}
		// Empty lines in front of the separator are there for the eye.
		current.text = strings.TrimRight(text[current.at:at], "\r\n \t")
		blocks = append(blocks, current)
		current = fileBlock{line: c.line, at: c.at, name: strings.Trim(line, "# \t")}
	}
	current.text = text[min(current.at, len(text)):]
	return append(blocks, current)
}

type httpFile struct {
	files Files
	vars  map[string]string
}

// block reads one request with what belongs to it; nil if there is none.
func (f *httpFile) block(b fileBlock) (*faultline.Exchange, error) {
	c := newCursor(b.text)
	c.line = b.line
	ex := &faultline.Exchange{}
	if !f.preamble(c, ex) {
		return nil, nil
	}
	line := c.line
	beginsAt(ex, line)
	if statusLine.MatchString(c.peek()) {
		return f.answered(c, ex, b)
	}
	if curlLine.MatchString(c.peek()) {
		return f.curl(c, ex.ID)
	}
	if err := f.request(c, ex, b); err != nil {
		return nil, recordError(line, err)
	}
	return f.answered(c, ex, b)
}

// curl reads a block that holds a curl command, as VS Code allows.
func (f *httpFile) curl(c *textCursor, id string) (*faultline.Exchange, error) {
	line := c.line
	for ex, err := range (Options{Files: f.files}).curlScript(f.substitute(c.text[c.at:])) {
		var record *RecordError
		if errors.As(err, &record) {
			record.Line += line - 1
		}
		if ex != nil {
			ex.ID = id
			beginsAt(ex, line)
		}
		return ex, err
	}
	return nil, nil
}

// preamble reads comments, names and variables in front of the request line.
func (f *httpFile) preamble(c *textCursor, ex *faultline.Exchange) bool {
	for !c.done() {
		line := c.peek()
		if m := requestName.FindStringSubmatch(line); m != nil {
			ex.ID = m[1]
		} else if m := fileVariable.FindStringSubmatch(line); m != nil {
			if len(m[2]) <= maxVariable {
				f.vars[m[1]] = f.substitute(m[2])
			}
		} else if strings.HasPrefix(strings.TrimSpace(line), "< {%") {
			skipScript(c)
			continue
		} else if !isFileComment(line) && strings.TrimSpace(line) != "" {
			return true
		}
		c.next()
	}
	return false
}

// substitute puts in the variables of the file. Unknown ones stay as they are.
func (f *httpFile) substitute(s string) string {
	if len(s) > maxWord {
		return s
	}
	size := len(s)
	return placeholder.ReplaceAllStringFunc(s, func(m string) string {
		value, ok := f.vars[placeholder.FindStringSubmatch(m)[1]]
		if !ok || size > maxWord {
			return m
		}
		size += len(value)
		return value
	})
}

func (f *httpFile) request(c *textCursor, ex *faultline.Exchange, b fileBlock) error {
	r := &ex.Request
	written, line, at := c.peek(), c.line, b.at+c.at
	var first strings.Builder
	first.WriteString(strings.TrimSpace(f.substitute(c.next())))
	for !c.done() && continuesAddress(c.peek()) {
		first.WriteString(strings.TrimSpace(f.substitute(c.next())))
	}
	method, address, proto, ok := parseRequestLine(first.String())
	switch {
	case ok && isMethod(method):
	case bareAddress.MatchString(written):
		method, address, proto = "GET", first.String(), ""
		if i := strings.LastIndex(first.String(), " HTTP/"); i > 0 {
			address, proto = first.String()[:i], first.String()[i+1:]
		}
	default:
		return &headError{line: line, at: at, text: "a request starts with a method and an address, found " + quote(written)}
	}
	address = strings.TrimSpace(address)
	r.Method, r.Proto = method, proto
	fields, err := f.fields(c)
	if err != nil {
		err.at += b.at
		return err
	}
	r.Header = fields
	setURL(r, address)
	hostFromHeader(r)
	if strings.Contains(address, "{{") && r.Host == "" {
		hostVariable(ex, address)
	}
	f.body(c, ex)
	noteVariables(ex)
	return nil
}

// hostVariable keeps `{{baseUrl}}/v1/orders` apart: the variable holds scheme
// and host, the path behind it is known.
func hostVariable(ex *faultline.Exchange, address string) {
	if end := strings.Index(address, "}}"); strings.HasPrefix(address, "{{") && end > 0 && strings.HasPrefix(address[end+2:], "/") {
		ex.Request.Target = address[end+2:]
		addNotices(ex, "the host is in "+maskArgument(address[:end+2])+", which the file does not set")
	}
}

// noteVariables names the variables that the file does not set.
func noteVariables(ex *faultline.Exchange) {
	r := &ex.Request
	var text strings.Builder
	text.WriteString(r.Host + r.Target + string(r.Body.Raw))
	for _, h := range r.Header {
		text.WriteString("\n" + h.Value)
	}
	if m := placeholder.FindString(text.String()); m != "" {
		addNotices(ex, maskArgument(m)+" is not set in the file and stays as it is")
	}
}

// isMethod takes any word in capitals, and the known methods in any case.
func isMethod(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return methodLine.MatchString(strings.ToUpper(s) + " x")
		}
	}
	return s != ""
}

// continuesAddress: the query may go on in indented lines.
func continuesAddress(line string) bool {
	trimmed := strings.TrimSpace(line)
	return trimmed != line && (strings.HasPrefix(trimmed, "?") || strings.HasPrefix(trimmed, "&") || strings.HasPrefix(trimmed, "/"))
}

// fields reads header lines. Between them there may be comments.
func (f *httpFile) fields(c *textCursor) (faultline.Header, *headError) {
	var h faultline.Header
	for !c.done() {
		line := c.peek()
		if strings.TrimSpace(line) == "" {
			c.next()
			return h, nil
		}
		if strings.HasPrefix(line, "< ") || handlerLine.MatchString(line) || statusLine.MatchString(line) {
			return h, nil // the empty line in front was forgotten
		}
		if !isFileComment(line) {
			field, ok := parseField(f.substitute(line))
			if !ok || len(h) >= maxFields {
				return h, &headError{line: c.line, at: c.at, text: "a header line needs a name and a colon, found " + quote(line)}
			}
			h = append(h, field)
		}
		c.next()
	}
	return h, nil
}

// body reads up to a script, a recorded response, or the end of the block.
func (f *httpFile) body(c *textCursor, ex *faultline.Exchange) {
	var b strings.Builder
	r := &ex.Request
	for !c.done() {
		line, start := c.peek(), c.at
		if statusLine.MatchString(line) {
			break
		}
		if handlerLine.MatchString(line) {
			if strings.Contains(line, "{%") {
				skipScript(c)
			} else {
				c.next() // a handler or an earlier response in another file
			}
			continue
		}
		c.next()
		if name, ok := strings.CutPrefix(line, "< "); ok || strings.HasPrefix(line, "<@ ") {
			if !ok {
				name = line[len("<@ "):]
			}
			if !f.include(&b, r, strings.TrimSpace(name)) {
				addNotices(ex, r.Body.Note)
				return
			}
			continue
		}
		if b.Len() < maxText {
			b.WriteString(f.substitute(c.text[start:c.at]))
		}
	}
	text := strings.TrimRight(b.String(), "\r\n \t")
	if isMultipart(r.Header) {
		// RFC 2046, section 5.1.1: line ends of a multipart body are CRLF,
		// which editors put in when they send.
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
		if text != "" {
			text += "\r\n"
		}
	}
	r.Body = faultline.NewBody([]byte(text))
	decodeBody(&r.Body, r.Header)
}

func isMultipart(h faultline.Header) bool {
	return strings.HasPrefix(strings.ToLower(h.Value("Content-Type")), "multipart/")
}

// include puts in a file that the body names; false if it cannot be read, and
// then the rest of the body is not known.
func (f *httpFile) include(b *strings.Builder, r *faultline.Request, name string) bool {
	if f.files != nil {
		content, err := f.files(name)
		if err == nil {
			b.Write(content)
			b.WriteByte('\n')
			return true
		}
	}
	r.Body = *unread(b.String(), name)
	return false
}

// skipScript goes behind `{% … %}`.
func skipScript(c *textCursor) {
	for !c.done() {
		if strings.Contains(c.next(), "%}") {
			return
		}
	}
}

// answered reads a recorded response behind the request.
func (f *httpFile) answered(c *textCursor, ex *faultline.Exchange, b fileBlock) (*faultline.Exchange, error) {
	for !c.done() && !statusLine.MatchString(c.peek()) {
		c.next()
	}
	if c.done() {
		return ex, nil
	}
	p := &pairing{open: ex}
	for !c.done() && statusLine.MatchString(c.peek()) {
		line := c.line
		if err := p.response(c); err != nil {
			var head *headError
			if errors.As(err, &head) {
				head.at += b.at
			}
			return nil, recordError(line, err)
		}
		c.skipBlank()
	}
	if ex.Request.Method == "" {
		addNotices(ex, "only the response is known")
	}
	return ex, nil
}
