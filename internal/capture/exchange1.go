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
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	faultline "github.com/faultline-http/faultline"
)

// exchange1Format is exchange/1: one JSON object a line, one exchange an object.
func exchange1Format() Format {
	return Format{
		Name:   "exchange/1",
		About:  "NDJSON, one exchange a line",
		Sniff:  sniffExchange1,
		Decode: decodeExchange1,
		Encode: encodeExchange1,
	}
}

func sniffExchange1(name string, prefix []byte) bool {
	low := strings.ToLower(name)
	if strings.HasSuffix(low, ".ndjson") || strings.HasSuffix(low, ".jsonl") {
		return true
	}
	for line := range bytes.Lines(prefix) {
		keys := topKeys(line)
		if keys["request"] && !keys["log"] {
			return true
		}
	}
	return false
}

// topKeys returns the members of the object that a text begins with, as far as
// the text goes.
func topKeys(text []byte) map[string]bool {
	keys := map[string]bool{}
	dec := tokens(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return keys
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return keys
		}
		key, _ := t.(string)
		keys[key] = true
		if !skipValue(dec) {
			return keys
		}
	}
	return keys
}

// tokens returns a decoder that does not stumble over numbers of any size.
func tokens(r io.Reader) *json.Decoder {
	dec := json.NewDecoder(r)
	dec.UseNumber()
	return dec
}

// skipValue reads one JSON value and reports whether it was whole.
func skipValue(dec *json.Decoder) bool {
	for depth := 0; ; {
		t, err := dec.Token()
		if err != nil {
			return false
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 || depth > maxDepth {
			return depth == 0
		}
	}
}

func decodeExchange1(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		lines := &lineReader{r: bufio.NewReaderSize(r, SniffLen), limit: maxRecord}
		for {
			line, err := lines.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil && !errors.Is(err, errLongLine) {
				yield(nil, fmt.Errorf("line %d: %w", lines.number, err))
				return
			}
			if err == nil && len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			var ex *faultline.Exchange
			if err == nil {
				ex, err = parseExchange1(line)
				beginsAt(ex, lines.number)
			}
			if err != nil {
				ex, err = nil, &RecordError{ID: scanID(line), Line: lines.number, Err: err}
			}
			if !yield(ex, err) {
				return
			}
		}
	}
}

// wireExchange is one line of exchange/1. Members behind the empty line in a
// struct are not part of the fixed format: they keep what it has no room for,
// are written only when needed, and other readers ignore them.
type wireExchange struct {
	ID       string        `json:"id"`
	Request  *wireRequest  `json:"request"`
	Response *wireResponse `json:"response"`
	Context  wireContext   `json:"context"`
	Contract *string       `json:"contract"`

	Hops   []wireHop `json:"hops,omitempty"`
	Notice string    `json:"notice,omitempty"`
	Unseen []string  `json:"unseen,omitempty"`
}

type wireRequest struct {
	Method  string     `json:"method"`
	URL     string     `json:"url"`
	Headers wireFields `json:"headers"`
	Body    wireBody   `json:"body"`
	Proto   string     `json:"proto,omitempty"`

	Cut      *bodyCut   `json:"cut,omitempty"`
	Target   *string    `json:"target,omitempty"` // where the address cannot say it: `OPTIONS *`
	Trailers wireFields `json:"trailers,omitempty"`
}

type wireResponse struct {
	Status  int        `json:"status"`
	Headers wireFields `json:"headers"`
	Body    wireBody   `json:"body"`

	Cut      *bodyCut   `json:"cut,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	Proto    string     `json:"proto,omitempty"`
	Trailers wireFields `json:"trailers,omitempty"`
}

type wireContext struct {
	ReceivedAt string  `json:"received_at,omitempty"`
	DurationMS float64 `json:"duration_ms,omitempty"`
	Error      string  `json:"error"`

	Phase string `json:"phase,omitempty"` // where the words of the error do not tell it
}

type wireHop struct {
	Request  *wireRequest  `json:"request"`
	Response *wireResponse `json:"response"`
	Error    string        `json:"error,omitempty"`
}

// bodyCut says that a body is only the beginning of what travelled.
type bodyCut struct {
	Size int64    `json:"size"`
	Note string   `json:"note,omitempty"`
	Tail wireBody `json:"tail,omitempty"` // what tells how a stream went
}

func cutOf(b *faultline.Body) *bodyCut {
	if !b.Truncated {
		return nil
	}
	return &bodyCut{Size: b.Size, Note: b.Note, Tail: b.Tail}
}

// body returns the bytes as a body. One that was cut is not decoded: half of a
// content coding is not worth an error.
func (c *bodyCut) body(raw []byte, h faultline.Header) faultline.Body {
	if c != nil {
		return faultline.Body{Raw: raw, Size: max(c.Size, int64(len(raw))), Truncated: true, Note: c.Note, Tail: c.Tail}
	}
	b := faultline.NewBody(raw)
	decodeBody(&b, h)
	return b
}

func parseExchange1(line []byte) (*faultline.Exchange, error) {
	if at := invalidUTF8(line); at >= 0 {
		return nil, fmt.Errorf("byte %d is not UTF-8: a body that is not text is written as {\"base64\": …}", at)
	}
	var w wireExchange
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, jsonError(err, line)
	}
	if w.Request == nil {
		return nil, errors.New("no `request`")
	}
	ex := &faultline.Exchange{ID: w.ID, Labels: map[string]string{}, Unseen: faultline.UnseenNamed(w.Unseen)}
	addNotices(ex, w.Notice)
	if w.Contract != nil {
		ex.Labels["contract"] = *w.Contract
	}
	if at := w.Context.ReceivedAt; at != "" {
		start, err := time.Parse(time.RFC3339Nano, at)
		if err != nil {
			return nil, fmt.Errorf("context.received_at is %s, not a time in the form of RFC 3339", quote(at))
		}
		ex.Start = start
	}
	ex.Timing.Total = milliseconds(w.Context.DurationMS)
	if err := w.Request.into(&ex.Request, ex.Unseen != 0 || w.Response != nil || w.Context.Error != ""); err != nil {
		return nil, err
	}
	ex.Response = w.Response.response()
	ex.Failure = wireFailure(w.Context.Error, w.Context.Phase, ex.Response != nil)
	for i, hop := range w.Hops {
		if hop.Request == nil {
			return nil, fmt.Errorf("hops[%d]: no `request`", i)
		}
		h := faultline.Hop{Response: hop.Response.response()}
		if err := hop.Request.into(&h.Request, h.Response != nil); err != nil {
			return nil, fmt.Errorf("hops[%d]: %w", i, err)
		}
		h.Failure = wireFailure(hop.Error, "", h.Response != nil)
		ex.Hops = append(ex.Hops, h)
	}
	return ex, nil
}

// into refuses a request of which nothing is known, unless it may be: then the
// answer or the words of the client are all that there is.
func (w *wireRequest) into(r *faultline.Request, mayBeUnknown bool) error {
	if w.Method == "" && w.URL == "" && !mayBeUnknown {
		return errors.New("request has neither `method` nor `url`")
	}
	r.Method, r.Proto = w.Method, w.Proto
	r.Header, r.Trailer = faultline.Header(w.Headers), faultline.Header(w.Trailers)
	setURL(r, w.URL)
	if w.Target != nil {
		r.Target = *w.Target
	}
	hostFromHeader(r)
	r.Body = w.Cut.body(w.Body, r.Header)
	return nil
}

func (w *wireResponse) response() *faultline.Response {
	if w == nil {
		return nil
	}
	r := &faultline.Response{
		Status: w.Status, Reason: w.Reason, Proto: w.Proto, Header: faultline.Header(w.Headers),
		Trailer: faultline.Header(w.Trailers),
	}
	r.Body = w.Cut.body(w.Body, r.Header)
	return r
}

func wireFailure(words, phase string, answered bool) *faultline.Failure {
	if words == "" {
		return nil
	}
	f := failure(words, answered)
	for p := faultline.PhaseUnknown; p <= faultline.PhaseReceive; p++ {
		if p.String() == phase {
			f.Phase = p
		}
	}
	return f
}

// milliseconds bounds what a hostile file may say, since a float that does not
// fit into a Duration converts to anything.
func milliseconds(ms float64) time.Duration {
	const longest = 1e12 // 30 years
	if !(ms > 0) {
		return 0
	}
	return time.Duration(math.Round(min(ms, longest) * float64(time.Millisecond)))
}

// wireFields are pairs of name and value.
type wireFields []faultline.Field

func (f *wireFields) UnmarshalJSON(data []byte) error {
	var pairs [][]string
	if err := json.Unmarshal(data, &pairs); err != nil {
		return errors.New("`headers` must be a list of [name, value] pairs of strings")
	}
	*f = make(wireFields, 0, len(pairs))
	for i, pair := range pairs {
		if len(pair) != 2 {
			return fmt.Errorf("`headers[%d]` must be a [name, value] pair, found %d members", i, len(pair))
		}
		*f = append(*f, faultline.Field{Name: pair[0], Value: pair[1]})
	}
	return nil
}

func (f wireFields) MarshalJSON() ([]byte, error) {
	pairs := make([][2]string, len(f))
	for i, field := range f {
		pairs[i] = [2]string{field.Name, field.Value}
	}
	return marshal(pairs)
}

// wireBody is a string, or {"base64": …} where the bytes are not UTF-8.
type wireBody []byte

func (b *wireBody) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*b = wireBody(s)
		return nil
	}
	var coded *struct{ Base64 *string }
	if err := json.Unmarshal(data, &coded); err != nil || coded != nil && coded.Base64 == nil {
		return errors.New("`body` must be a string or {\"base64\": …}")
	}
	if coded == nil {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(*coded.Base64)
	if err != nil {
		return fmt.Errorf("`body.base64`: %w", err)
	}
	*b = raw
	return nil
}

func (b wireBody) MarshalJSON() ([]byte, error) {
	if utf8.Valid(b) {
		return marshal(string(b))
	}
	return json.Marshal(map[string]string{"base64": base64.StdEncoding.EncodeToString(b)})
}

// marshal is json.Marshal without the escapes for HTML, which nobody needs here.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func encodeExchange1(w io.Writer, exchanges iter.Seq[*faultline.Exchange]) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for ex := range exchanges {
		if err := enc.Encode(toWire(ex)); err != nil {
			return fmt.Errorf("exchange %s: %w", quote(ex.ID), err)
		}
	}
	return out.Flush()
}

func toWire(ex *faultline.Exchange) wireExchange {
	w := wireExchange{ID: ex.ID, Request: requestToWire(&ex.Request), Response: responseToWire(ex.Response), Unseen: ex.Unseen.Names()}
	if !ex.Start.IsZero() {
		w.Context.ReceivedAt = ex.Start.Format(time.RFC3339Nano)
	}
	w.Context.DurationMS = float64(ex.Timing.Total) / float64(time.Millisecond)
	if f := ex.Failure; f != nil {
		w.Context.Error = f.Text
		if failure(f.Text, ex.Response != nil).Phase != f.Phase {
			w.Context.Phase = f.Phase.String()
		}
	}
	w.Notice = ex.Labels[LabelNotice]
	if name, ok := ex.Labels["contract"]; ok {
		w.Contract = &name
	}
	for _, hop := range ex.Hops {
		h := wireHop{Request: requestToWire(&hop.Request), Response: responseToWire(hop.Response)}
		if hop.Failure != nil {
			h.Error = hop.Failure.Text
		}
		w.Hops = append(w.Hops, h)
	}
	return w
}

func requestToWire(r *faultline.Request) *wireRequest {
	w := &wireRequest{
		Method: r.Method, URL: address(r), Headers: wireFields(r.Header), Body: wireBody(r.Body.Raw),
		Proto: r.Proto, Cut: cutOf(&r.Body), Trailers: wireFields(r.Trailer),
	}
	var back faultline.Request
	setURL(&back, w.URL)
	if back.Target != r.Target {
		w.Target = &r.Target
	}
	return w
}

func responseToWire(r *faultline.Response) *wireResponse {
	if r == nil {
		return nil
	}
	return &wireResponse{
		Status: r.Status, Reason: r.Reason, Proto: r.Proto, Headers: wireFields(r.Header),
		Body: wireBody(r.Body.Raw), Cut: cutOf(&r.Body), Trailers: wireFields(r.Trailer),
	}
}

// scanID looks for the id of a line that could not be read, for as long as its
// JSON is whole.
func scanID(line []byte) string {
	dec := tokens(bytes.NewReader(line))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return ""
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return ""
		}
		if key == "id" {
			value, err := dec.Token()
			id, _ := value.(string)
			if err != nil {
				return ""
			}
			return id
		}
		if !skipValue(dec) {
			return ""
		}
	}
	return ""
}

func jsonError(err error, line []byte) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := int(syntax.Offset)
		if at >= len(line) {
			return fmt.Errorf("JSON cut off after %d bytes", len(line))
		}
		return fmt.Errorf("JSON at byte %d: %w", at, err)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		found, _, _ := strings.Cut(wrong.Value, " ") // a number is followed by its digits
		return fmt.Errorf("`%s` must be %s, found %s", wrong.Field, kindName(wrong.Type.Kind().String()), found)
	}
	return err
}

func kindName(kind string) string {
	switch kind {
	case "struct", "ptr":
		return "an object"
	case "slice":
		return "a list"
	case "int", "float64":
		return "a number"
	}
	return "a " + kind
}

func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

var errLongLine = errors.New("line too long")

// lineReader reads lines up to a limit and goes on behind a longer one.
type lineReader struct {
	r      *bufio.Reader
	limit  int
	number int // of the line returned last, 1-based
}

// next returns the next line without its line break; valid until the next
// call. Of a line over the limit it returns the beginning and errLongLine.
func (l *lineReader) next() ([]byte, error) {
	l.number++
	var line []byte
	for {
		part, err := l.r.ReadSlice('\n')
		if len(line)+len(part) > l.limit {
			return l.skip(line, part, err)
		}
		if err == nil && line == nil {
			return bytes.TrimSuffix(part, []byte("\n")), nil
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return bytes.TrimSuffix(line, []byte("\n")), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		default:
			return nil, err
		}
	}
}

func (l *lineReader) skip(line, part []byte, err error) ([]byte, error) {
	line = append(line, part...)
	size := int64(len(line))
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = l.r.ReadSlice('\n')
		size += int64(len(part))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return line, fmt.Errorf("%w: %s bytes, the limit is %s", errLongLine, strconv.FormatInt(size, 10), strconv.Itoa(l.limit))
}
