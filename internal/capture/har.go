package capture

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	faultline "github.com/faultline-http/faultline"
)

// harFormat is HAR 1.2, the archive that browsers and proxies save. Entries
// are yielded as they are read, so a file that is cut off loses only its end.
func harFormat() Format {
	return Format{
		Name:   "har",
		About:  "HAR 1.2 of browsers and proxies",
		Sniff:  sniffHAR,
		Decode: decodeHAR,
		Encode: encodeHAR,
	}
}

func sniffHAR(name string, prefix []byte) bool {
	if topKeys(prefix)["log"] {
		return true
	}
	return strings.EqualFold(path.Ext(name), ".har")
}

// errCut says that a HAR ends before its end.
var errCut = errors.New("cut off")

func decodeHAR(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		h := &harReader{in: &countingReader{r: r}}
		h.dec = tokens(h.in)
		found, err := h.member("log")
		if err == nil && found {
			found, err = h.member("entries")
		}
		if err != nil || !found {
			yield(nil, h.broken(err, "no `log.entries`"))
			return
		}
		if err := h.open('['); err != nil {
			yield(nil, h.broken(err, "`log.entries` must be a list"))
			return
		}
		for h.dec.More() {
			ex, err := h.entry()
			if err != nil && !isRecordError(err) {
				yield(nil, h.broken(err, ""))
				return
			}
			if !yield(ex, err) {
				return
			}
		}
		if _, err := h.dec.Token(); err != nil {
			yield(nil, h.broken(err, ""))
		}
	}
}

func isRecordError(err error) bool {
	var record *RecordError
	return errors.As(err, &record)
}

type harReader struct {
	in    *countingReader
	dec   *json.Decoder
	count int // entries seen
}

// member goes into the object that comes next, up to the value of a member.
func (h *harReader) member(name string) (bool, error) {
	if err := h.open('{'); err != nil {
		return false, err
	}
	for h.dec.More() {
		key, err := h.dec.Token()
		if err != nil {
			return false, err
		}
		if key == name {
			return true, nil
		}
		if err := h.skip(); err != nil {
			return false, err
		}
	}
	_, err := h.dec.Token()
	return false, err
}

func (h *harReader) open(want json.Delim) error {
	t, err := h.dec.Token()
	if err == nil && t != want {
		return fmt.Errorf("`%v` expected at byte %d, found %s", want, h.dec.InputOffset(), quote(fmt.Sprint(t)))
	}
	return err
}

// skip reads a value token by token, so that its size does not matter.
func (h *harReader) skip() error {
	h.in.allow(maxRecord)
	for depth := 0; ; {
		t, err := h.dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		if depth > maxDepth {
			return fmt.Errorf("nested more than %d deep", maxDepth)
		}
		h.in.allow(maxRecord)
	}
}

// maxDepth is that of encoding/json, whose tokens keep a word for each level.
const maxDepth = 10_000

// entry reads one entry. A wrong type inside it costs only this entry.
func (h *harReader) entry() (*faultline.Exchange, error) {
	h.count++
	h.in.allow(maxRecord)
	var raw json.RawMessage
	if err := h.dec.Decode(&raw); err != nil {
		h.count--
		return nil, err
	}
	line := h.in.lines.at(h.dec.InputOffset() - int64(len(raw)))
	id := ordinal(h.count)
	var e harEntry
	err := json.Unmarshal(raw, &e)
	if err == nil && e.Request == nil {
		err = errors.New("no `request`")
	}
	if err != nil {
		return nil, &RecordError{ID: id, Err: fmt.Errorf("entry %d: %w", h.count, jsonError(err, raw))}
	}
	ex := e.exchange()
	beginsAt(ex, line)
	if ex.ID == "" {
		ex.ID = id
	}
	return ex, nil
}

// broken says where a HAR cannot be read any further, and what came before it.
func (h *harReader) broken(err error, otherwise string) error {
	at := h.in.read
	switch {
	case err == nil:
		return errors.New("HAR: " + otherwise)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("HAR: %w after %d bytes; %s before that", errCut, at, entriesRead(h.count))
	case errors.Is(err, errRecordSize):
		return fmt.Errorf("HAR: entry %d is larger than %d bytes; %s before it", h.count+1, maxRecord, entriesRead(h.count))
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = h.dec.InputOffset()
		return fmt.Errorf("HAR: not JSON behind byte %d: %w; %s before that", at, err, entriesRead(h.count))
	}
	if otherwise != "" {
		return fmt.Errorf("HAR: %s: %w", otherwise, err)
	}
	return fmt.Errorf("HAR: %w; %s before that", err, entriesRead(h.count))
}

func entriesRead(n int) string {
	if n == 1 {
		return "1 complete entry was read"
	}
	return fmt.Sprintf("%d complete entries were read", n)
}

var errRecordSize = errors.New("record too large")

// countingReader counts, and stops a decoder that would take one value of any
// size into memory.
type countingReader struct {
	r     io.Reader
	read  int64
	limit int64
	lines lineCounter
}

func (c *countingReader) allow(n int64) { c.limit = c.read + n }

func (c *countingReader) Read(p []byte) (int, error) {
	if c.limit == 0 {
		c.allow(maxRecord)
	}
	if c.read >= c.limit {
		return 0, errRecordSize
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.limit-c.read)])
	c.read += int64(n)
	c.lines.read(p[:n])
	return n, err
}

type harEntry struct {
	Started  string       `json:"startedDateTime"`
	Time     float64      `json:"time"`
	Request  *harRequest  `json:"request"`
	Response *harResponse `json:"response"`
	Cache    struct{}     `json:"cache"`
	Timings  harTimings   `json:"timings"`
	Error    string       `json:"_error,omitempty"`
	ID       string       `json:"_id,omitempty"`
	Notice   string       `json:"_notice,omitempty"`
	Messages []harMessage `json:"_webSocketMessages,omitempty"`
}

type harRequest struct {
	Method      string     `json:"method"`
	URL         string     `json:"url"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []harPair  `json:"cookies"`
	Headers     []harPair  `json:"headers"`
	QueryString []harPair  `json:"queryString"`
	PostData    *harPost   `json:"postData,omitempty"`
	HeadersSize int        `json:"headersSize"`
	BodySize    harInteger `json:"bodySize"`
	Cut         *bodyCut   `json:"_cut,omitempty"`
	Target      *string    `json:"_target,omitempty"`
	Trailers    []harPair  `json:"_trailers,omitempty"`
}

type harResponse struct {
	Status       harInteger `json:"status"`
	StatusText   string     `json:"statusText"`
	HTTPVersion  string     `json:"httpVersion"`
	Cookies      []harPair  `json:"cookies"`
	Headers      []harPair  `json:"headers"`
	Content      harContent `json:"content"`
	RedirectURL  string     `json:"redirectURL"`
	HeadersSize  int        `json:"headersSize"`
	BodySize     harInteger `json:"bodySize"`
	TransferSize harInteger `json:"_transferSize,omitempty"`
	Error        string     `json:"_error,omitempty"`
	Cut          *bodyCut   `json:"_cut,omitempty"`
	Trailers     []harPair  `json:"_trailers,omitempty"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harPost struct {
	MimeType string     `json:"mimeType"`
	Params   []harParam `json:"params,omitempty"`
	Text     string     `json:"text"`
	Encoding string     `json:"encoding,omitempty"` // as in a response's content; Chrome and mitmproxy write it too
}

type harParam struct {
	Name        string `json:"name"`
	Value       string `json:"value,omitempty"`
	FileName    string `json:"fileName,omitempty"`
	ContentType string `json:"contentType,omitempty"`
}

type harContent struct {
	Size     harInteger `json:"size"`
	MimeType string     `json:"mimeType"`
	Text     string     `json:"text,omitempty"`
	Encoding string     `json:"encoding,omitempty"`
	Raw      bool       `json:"_coded,omitempty"` // the text is as it travelled, content coding and all
}

type harTimings struct {
	Blocked float64 `json:"blocked,omitempty"`
	DNS     float64 `json:"dns,omitempty"`
	Connect float64 `json:"connect,omitempty"`
	SSL     float64 `json:"ssl,omitempty"`
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

// harInteger takes the numbers that tools write into integer members: 12.0,
// null, a string.
type harInteger int64

func (n *harInteger) UnmarshalJSON(data []byte) error {
	var f float64
	if json.Unmarshal(bytes.Trim(data, `"`), &f) == nil && math.Abs(f) < 1<<53 {
		*n = harInteger(f)
	}
	return nil
}

func (e *harEntry) exchange() *faultline.Exchange {
	ex := &faultline.Exchange{ID: e.ID}
	addNotices(ex, e.Notice)
	// Tools write many forms of the date; one that cannot be read is no reason to lose the call.
	if start, err := time.Parse(time.RFC3339Nano, e.Started); err == nil {
		ex.Start = start
	}
	t := e.Timings
	connect := max(t.DNS, 0) + max(t.Connect, 0)
	if t.Connect <= 0 {
		connect += max(t.SSL, 0) // ssl is part of connect, where both are given
	}
	ex.Timing = faultline.Timing{Connect: milliseconds(connect), FirstByte: milliseconds(t.Wait), Total: milliseconds(e.Time)}
	e.Request.into(ex)
	words := e.Error
	if r := e.Response; r != nil {
		if words == "" {
			words = r.Error
		}
		if r.Status > 0 {
			ex.Response = r.response()
		} else if words == "" {
			words = "no response: the status is 0"
			if r.StatusText != "" {
				words += " (" + r.StatusText + ")"
			}
		}
	}
	if words != "" {
		ex.Failure = failure(words, ex.Response != nil)
	}
	e.sockets(ex)
	return ex
}

func (h *harRequest) into(ex *faultline.Exchange) {
	r := &ex.Request
	r.Method, r.Proto = h.Method, harProto(h.HTTPVersion)
	r.Header, r.Trailer = harHeader(h.Headers, false), harHeader(h.Trailers, false)
	if !r.Header.Has("Cookie") && len(h.Cookies) > 0 {
		r.Header = append(r.Header, faultline.Field{Name: "Cookie", Value: joinCookies(h.Cookies)})
	}
	setURL(r, h.URL)
	if i := strings.IndexByte(r.Target, '#'); i >= 0 {
		r.Target = r.Target[:i] // browsers note the fragment and do not send it
	}
	if h.Target != nil {
		r.Target = *h.Target
	}
	hostFromHeader(r)
	h.body(ex)
}

func (h *harRequest) body(ex *faultline.Exchange) {
	r := &ex.Request
	switch {
	case h.Cut != nil:
		var raw []byte
		if h.PostData != nil {
			raw = harText(h.PostData.Text, h.PostData.Encoding)
		}
		r.Body = h.Cut.body(raw, nil)
		return
	case h.PostData != nil:
		r.Body = h.PostData.body(ex)
		if mime := strings.TrimSpace(h.PostData.MimeType); mime != "" && len(h.Headers) == 0 && !r.Body.Empty() {
			r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: mime})
		}
	case h.BodySize > 0:
		r.Body = faultline.Body{Size: int64(h.BodySize), Truncated: true, Note: "the HAR does not hold the request body"}
		addNotices(ex, r.Body.Note)
	}
	if !r.Body.Truncated {
		decodeBody(&r.Body, r.Header)
	}
}

func (p *harPost) body(ex *faultline.Exchange) faultline.Body {
	if p.Text != "" || len(p.Params) == 0 {
		return faultline.NewBody(harText(p.Text, p.Encoding))
	}
	kind := strings.ToLower(p.MimeType)
	if strings.HasPrefix(kind, "multipart/") {
		addNotices(ex, "the HAR holds the parts of the multipart body, not its bytes")
		var known strings.Builder
		for _, q := range p.Params {
			known.WriteString(q.Name + "=" + q.Value + "\n")
		}
		return faultline.Body{
			Raw: []byte(known.String()), Size: int64(known.Len()) + 1, Truncated: true,
			Note: "the HAR holds the parts of the multipart body, not its bytes",
		}
	}
	pairs := make([]string, len(p.Params))
	for i, q := range p.Params {
		pairs[i] = reescape(q.Name) + "=" + reescape(q.Value)
	}
	return faultline.NewBody([]byte(strings.Join(pairs, "&")))
}

// reescape: some tools write the parameters decoded, some as they were sent.
func reescape(s string) string {
	if strings.ContainsAny(s, " &=#\"<>\r\n") || !isASCII(s) {
		return url.QueryEscape(s)
	}
	return s
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func harText(text, encoding string) []byte {
	if strings.EqualFold(encoding, "base64") {
		if raw, err := base64.StdEncoding.DecodeString(text); err == nil {
			return raw
		}
	}
	return []byte(text)
}

func (h *harResponse) response() *faultline.Response {
	r := &faultline.Response{
		Status: int(min(h.Status, 999)), Reason: h.StatusText, Proto: harProto(h.HTTPVersion),
		Header: harHeader(h.Headers, true), Trailer: harHeader(h.Trailers, true),
	}
	content := harText(h.Content.Text, h.Content.Encoding)
	r.Body = faultline.NewBody(content)
	switch {
	case h.Cut != nil:
		r.Body = h.Cut.body(content, nil)
	case h.Content.Raw:
		decodeBody(&r.Body, r.Header)
	case len(content) == 0 && h.Content.Size > 0:
		r.Body = faultline.Body{Size: int64(h.Content.Size), Truncated: true, Note: "the HAR does not hold the response body"}
	case len(content) > 0 && r.Header.Has("Content-Encoding"):
		// HAR 1.2: content.text is the body with its codings removed.
		r.Body.Note = "the HAR holds the body decoded"
	}
	return r
}

// harProto: browsers write "h2", "http/1.1", or "unknown".
func harProto(version string) string {
	switch low := strings.ToLower(version); {
	case low == "h2" || low == "http/2.0" || low == "http/2":
		return "HTTP/2"
	case strings.HasPrefix(low, "h3") || low == "http/3":
		return "HTTP/3"
	case strings.HasPrefix(low, "http/"):
		return strings.ToUpper(low)
	}
	return ""
}

// harHeader drops pseudo headers. Browsers join the lines of one name in an
// answer with a line feed; in a request a line feed is the sender's own.
func harHeader(pairs []harPair, joined bool) faultline.Header {
	h := make(faultline.Header, 0, len(pairs))
	for _, p := range pairs {
		if strings.HasPrefix(p.Name, ":") {
			continue
		}
		if !joined {
			h = append(h, faultline.Field{Name: p.Name, Value: strings.Trim(p.Value, " \t")})
			continue
		}
		for value := range strings.SplitSeq(p.Value, "\n") {
			h = append(h, faultline.Field{Name: p.Name, Value: strings.Trim(value, " \t\r")})
		}
	}
	return h
}

func joinCookies(cookies []harPair) string {
	pairs := make([]string, len(cookies))
	for i, c := range cookies {
		pairs[i] = c.Name + "=" + c.Value
	}
	return strings.Join(pairs, "; ")
}

func encodeHAR(w io.Writer, exchanges iter.Seq[*faultline.Exchange]) error {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(`{"log":{"version":"1.2","creator":{"name":"faultline","version":"1"},"entries":[`); err != nil {
		return err
	}
	separator := "\n"
	for ex := range exchanges {
		entry, err := marshal(toHAR(ex))
		if err != nil {
			return fmt.Errorf("exchange %s: %w", quote(ex.ID), err)
		}
		if _, err := out.WriteString(separator); err != nil {
			return err
		}
		if _, err := out.Write(entry); err != nil {
			return err
		}
		separator = ",\n"
	}
	if _, err := out.WriteString("\n]}}\n"); err != nil {
		return err
	}
	return out.Flush()
}

func toHAR(ex *faultline.Exchange) harEntry {
	e := harEntry{
		ID:       ex.ID,
		Time:     float64(ex.Timing.Total) / float64(time.Millisecond),
		Request:  requestToHAR(&ex.Request),
		Response: responseToHAR(ex),
		Timings: harTimings{
			Connect: float64(ex.Timing.Connect) / float64(time.Millisecond),
			Wait:    float64(ex.Timing.FirstByte) / float64(time.Millisecond),
		},
	}
	if !ex.Start.IsZero() {
		e.Started = ex.Start.Format(time.RFC3339Nano)
	}
	if ex.Failure != nil {
		e.Error = ex.Failure.Text
	}
	e.Notice = ex.Labels[LabelNotice]
	return e
}

func requestToHAR(r *faultline.Request) *harRequest {
	h := &harRequest{
		Method: r.Method, URL: address(r), HTTPVersion: r.Proto, Cookies: []harPair{}, Headers: pairs(r.Header),
		QueryString: queryPairs(r.Query()), HeadersSize: -1, BodySize: harInteger(r.Body.Size), Trailers: pairs(r.Trailer),
	}
	var back faultline.Request
	setURL(&back, h.URL)
	if back.Target != r.Target || strings.Contains(r.Target, "#") {
		h.Target = &r.Target
	}
	h.Cut = cutOf(&r.Body)
	if len(r.Body.Raw) > 0 {
		text, encoding := toHARText(r.Body.Raw)
		h.PostData = &harPost{MimeType: r.Header.Value("Content-Type"), Text: text, Encoding: encoding}
	}
	return h
}

func responseToHAR(ex *faultline.Exchange) *harResponse {
	r := ex.Response
	if r == nil && ex.Failure == nil {
		return nil // only the request is known
	}
	if r == nil { // HAR has no other way to say that none came
		return &harResponse{Cookies: []harPair{}, Headers: []harPair{}, HeadersSize: -1, BodySize: -1}
	}
	text, encoding := toHARText(r.Body.Raw)
	return &harResponse{
		Status: harInteger(r.Status), StatusText: r.Reason, HTTPVersion: r.Proto, Cookies: []harPair{}, Headers: pairs(r.Header),
		Content: harContent{
			Size: harInteger(r.Body.Size), MimeType: r.Header.Value("Content-Type"), Text: text, Encoding: encoding,
			Raw: r.Header.Has("Content-Encoding") && r.Body.Note != "the HAR holds the body decoded",
		},
		RedirectURL: r.Header.Value("Location"), HeadersSize: -1, BodySize: harInteger(r.Body.Size), Cut: cutOf(&r.Body), Trailers: pairs(r.Trailer),
	}
}

func toHARText(raw []byte) (text, encoding string) {
	if utf8.Valid(raw) {
		return string(raw), ""
	}
	return base64.StdEncoding.EncodeToString(raw), "base64"
}

func pairs(h faultline.Header) []harPair {
	out := make([]harPair, len(h))
	for i, f := range h {
		out[i] = harPair(f)
	}
	return out
}

func queryPairs(query string) []harPair {
	out := []harPair{}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		out = append(out, harPair{Name: name, Value: value})
	}
	return out
}
