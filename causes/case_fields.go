package causes

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// A reqField is one named thing of the request: a value of the body at any
// depth, a query parameter, a segment of the path, a header.
type reqField struct {
	in    faultline.Part
	steps []string // names and indices from the root; one step outside the body
	kind  string   // JSON type; "string" for wire text, "file" for a file in a multipart form
	text  string   // of a scalar, decoded
	raw   string   // as it stands in the message
	span  faultline.Span
	key   faultline.Span
}

func (f *reqField) name() string {
	if len(f.steps) == 0 {
		return ""
	}
	return f.steps[len(f.steps)-1]
}

func (f *reqField) pointer() string { return pointerOf(f.steps) }

// pointerOf writes a JSON Pointer (RFC 6901, section 3).
func pointerOf(steps []string) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteByte('/')
		b.WriteString(faultline.EscapePointer(s))
	}
	return b.String()
}

// at is the place of the field.
func (f *reqField) at() faultline.Location {
	loc := faultline.Location{In: f.in, Span: f.span}
	if f.in == faultline.InBody {
		loc.Pointer = f.pointer()
		return loc
	}
	if f.in != faultline.InPath {
		loc.Name = f.name()
	}
	return loc
}

// maxFields bounds how many values of one request are looked at by name. A
// complaint about the ten thousandth is found by its pointer alone.
const maxFields = 4096

// bodyFormat is what the bytes of the request body are, whatever its Content-Type says.
type bodyFormat uint8

const (
	noBody bodyFormat = iota
	jsonBody
	brokenJSON // meant as JSON, and not well formed
	formBody
	multipartBody
	xmlBody
	otherBody
)

// bodyView is the request body as its bytes show it.
type bodyView struct {
	format bodyFormat
	tape   *tape.Tape // of jsonBody
	err    *tape.SyntaxError
	places *tape.Places // of jsonBody, once somebody asks
	listed once[[]reqField]
	list   func() []reqField // what fields asks for
}

// fields are the named things of the body, listed when somebody first asks for
// them: most refusals are explained without.
func (v *bodyView) fields() []reqField {
	if v.list == nil {
		return nil
	}
	return v.listed.get(v.list)
}

// body looks at the bytes of the request body once.
func (c *Case) body() *bodyView {
	return c.known.body.get(func() *bodyView { return viewBody(c.RequestBody(), c.RequestType()) })
}

func viewBody(body []byte, mediaType string) *bodyView {
	v := &bodyView{format: noBody}
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 {
		return v
	}
	var t tape.Tape
	err := tape.Parse(&t, body, tape.Limits{})
	bad, _ := err.(*tape.SyntaxError)
	switch {
	case err == nil:
		v.format, v.tape = jsonBody, &t
		v.list = func() []reqField { return jsonFields(&t) }
	case strings.HasPrefix(mediaType, "multipart/") || bytes.HasPrefix(trimmed, []byte("--")) && bytes.Contains(trimmed, []byte("form-data")):
		v.format, v.list = multipartBody, func() []reqField { return multipartFields(body) }
	case trimmed[0] == '<':
		v.format, v.list = xmlBody, func() []reqField { return xmlFields(body) }
	case trimmed[0] != '{' && trimmed[0] != '[' && looksForm(trimmed):
		v.format, v.list = formBody, func() []reqField { return formFields(faultline.InBody, body, 0) }
	case isJSON(mediaType) || trimmed[0] == '{' || trimmed[0] == '[' && len(trimmed) > 1:
		v.format, v.err = brokenJSON, bad
	default:
		v.format = otherBody
	}
	return v
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json") || mediaType == "text/json"
}

func isXML(mediaType string) bool {
	return mediaType == "application/xml" || mediaType == "text/xml" || strings.HasSuffix(mediaType, "+xml")
}

const formType = "application/x-www-form-urlencoded"

// looksForm recognises a=b&c=d: names without blanks, an equals sign, no line of prose.
func looksForm(body []byte) bool {
	first, _, _ := bytes.Cut(body, []byte("&"))
	name, _, ok := bytes.Cut(first, []byte("="))
	return ok && len(name) > 0 && len(name) <= 100 && !bytes.ContainsAny(name, " \t\r\n{}<>\":,") && !bytes.ContainsAny(first, "\n")
}

// jsonFields lists the values of a tape in the order of the text.
func jsonFields(t *tape.Tape) []reqField {
	var out []reqField
	var walk func(i int, steps []string, key faultline.Span)
	walk = func(i int, steps []string, key faultline.Span) {
		if len(out) >= maxFields {
			return
		}
		tok := t.Tokens[i]
		out = append(out, reqField{
			in: faultline.InBody, steps: steps, kind: tok.Kind.String(), key: key,
			span: faultline.Span{Start: int(tok.Start), End: int(tok.End)}, text: scalarText(t, i), raw: string(clip(t.Bytes(i), 200)),
		})
		switch tok.Kind {
		case tape.Object:
			for k := i + 1; k < int(tok.Next) && len(out) < maxFields; k = int(t.Tokens[k+1].Next) {
				name := t.Tokens[k]
				walk(k+1, append(slices.Clip(steps), t.Text(k)), faultline.Span{Start: int(name.Start) + 1, End: int(name.End) - 1})
			}
		case tape.Array:
			n := 0
			for k := i + 1; k < int(tok.Next) && len(out) < maxFields; k = int(t.Tokens[k].Next) {
				walk(k, append(slices.Clip(steps), strconv.Itoa(n)), faultline.Span{})
				n++
			}
		}
	}
	walk(0, nil, faultline.Span{})
	return out
}

func scalarText(t *tape.Tape, i int) string {
	switch t.Tokens[i].Kind {
	case tape.String:
		return t.Text(i)
	case tape.Object, tape.Array:
		return ""
	}
	return string(t.Bytes(i))
}

func clip(b []byte, most int) []byte { return b[:min(len(b), most)] }

// indexFold is where s has the piece, which is ASCII, without regard to case; -1:
// nowhere. An index into the text in lower case would not do: other characters,
// and bytes that are none, change their length by that.
func indexFold(s, piece string) int {
	for i := 0; i+len(piece) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(piece)], piece) {
			return i
		}
	}
	return -1
}

// formFields reads application/x-www-form-urlencoded text, of a body or of a query.
func formFields(in faultline.Part, text []byte, offset int) []reqField {
	var out []reqField
	at := 0
	for pair := range bytes.SplitSeq(text, []byte("&")) {
		start := at
		at += len(pair) + 1
		if len(pair) == 0 || len(out) >= maxFields {
			continue
		}
		name, value, _ := bytes.Cut(pair, []byte("="))
		valueStart := offset + start + min(len(name)+1, len(pair))
		out = append(out, reqField{
			in: in, kind: "string", steps: []string{unescapeForm(string(name))}, text: unescapeForm(string(value)), raw: string(value),
			key:  faultline.Span{Start: offset + start, End: offset + start + len(name)},
			span: faultline.Span{Start: valueStart, End: valueStart + len(value)},
		})
	}
	return out
}

// unescapeForm decodes percent-encoding and plus signs, and leaves what is broken as it is.
func unescapeForm(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	return unescape(strings.ReplaceAll(s, "+", " "))
}

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && escape(s[i:]) {
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			out = append(out, byte(n))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

// multipartFields reads the parts of a multipart form by their first line: the
// delimiter of the bytes counts, whatever the Content-Type says it is.
func multipartFields(body []byte) []reqField {
	start := bytes.Index(body, []byte("--"))
	if start < 0 {
		return nil
	}
	line, _, _ := bytes.Cut(body[start:], []byte("\n"))
	delimiter := bytes.TrimRight(line, "\r \t")
	if len(delimiter) < 3 {
		return nil
	}
	var out []reqField
	at := start
	for part := range bytes.SplitSeq(body[start:], delimiter) {
		begin := at
		at += len(part) + len(delimiter)
		head, content, ok := bytes.Cut(part, []byte("\r\n\r\n"))
		gap := 4
		if !ok {
			head, content, ok = bytes.Cut(part, []byte("\n\n"))
			gap = 2
		}
		if !ok || len(out) >= maxFields {
			continue
		}
		disposition := dispositionLine(head)
		name := parameterOf(disposition, "name")
		content = bytes.TrimSuffix(bytes.TrimSuffix(content, []byte("\n")), []byte("\r"))
		f := reqField{
			in: faultline.InBody, kind: "string", steps: []string{name}, raw: string(clip(content, 200)), text: string(clip(content, 4096)),
			span: faultline.Span{Start: begin + len(head) + gap, End: begin + len(head) + gap + len(content)},
		}
		if strings.Contains(disposition, "filename=") {
			f.kind, f.text = "file", ""
		}
		out = append(out, f)
	}
	return out
}

func dispositionLine(head []byte) string {
	for line := range bytes.Lines(head) {
		name, value, _ := strings.Cut(string(line), ":")
		if strings.EqualFold(strings.TrimSpace(name), "Content-Disposition") {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// parameterOf reads a parameter of a field value such as form-data; name="file".
func parameterOf(value, name string) string {
	for part := range strings.SplitSeq(value, ";") {
		k, v, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && strings.EqualFold(strings.TrimSpace(k), name) {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

// xmlFields lists the elements of an XML body by the path of their names.
func xmlFields(body []byte) []reqField {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var out []reqField
	var stack []int
	for len(out) < maxFields {
		token, err := dec.Token()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			f := reqField{in: faultline.InBody, kind: "string", steps: []string{t.Name.Local}}
			if len(stack) > 0 {
				f.steps = append(slices.Clip(out[stack[len(stack)-1]].steps), t.Name.Local)
			}
			if len(stack) > 64 {
				return out
			}
			f.span.Start = int(dec.InputOffset())
			f.span.End = f.span.Start
			out = append(out, f)
			stack = append(stack, len(out)-1)
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			if len(stack) == 0 {
				continue
			}
			f := &out[stack[len(stack)-1]]
			if text := strings.TrimSpace(string(t)); text != "" && f.text == "" {
				f.text, f.raw = text, text
				f.span.End = int(dec.InputOffset())
			}
		}
	}
	return out
}

// queryFields are the parameters of the query.
func (c *Case) queryFields() []reqField {
	return c.known.query.get(func() []reqField {
		query := c.Exchange.Request.Query()
		if query == "" {
			return nil
		}
		at := strings.IndexByte(c.Exchange.Request.Target, '?') + 1
		return formFields(faultline.InQuery, []byte(query), at)
	})
}

// pathFields are the segments of the path, without names.
func (c *Case) pathFields() []reqField {
	path := c.Exchange.Request.Path()
	at := c.pathSpan().Start
	var out []reqField
	for segment := range strings.SplitSeq(path, "/") {
		if segment != "" && len(out) < 64 {
			out = append(out, reqField{
				in: faultline.InPath, kind: "string", text: unescape(segment), raw: segment,
				span: faultline.Span{Start: at, End: at + len(segment)},
			})
		}
		at += len(segment) + 1
	}
	return out
}

// headerField is a header of the request by its name.
func (c *Case) headerField(name string) (reqField, bool) {
	for _, h := range c.Exchange.Request.Header {
		if fold(h.Name) == fold(name) {
			return reqField{
				in: faultline.InHeader, kind: "string", steps: []string{h.Name}, text: h.Value, raw: h.Value,
				span: faultline.Span{End: len(h.Value)},
			}, true
		}
	}
	return reqField{}, false
}

// placed gives a span in the body its line and column.
func (c *Case) placed(s faultline.Span) faultline.Span {
	if s.Line != 0 {
		return s
	}
	v := c.body()
	if v.format != jsonBody {
		s.Line, s.Column = tape.LineColumn(c.RequestBody(), s.Start)
		return s
	}
	if v.places == nil {
		v.places = tape.NewPlaces(v.tape.Src)
	}
	return v.places.Span(s.Start, s.End)
}

// placedKey is placed for the name of a member, with its quotes: that is what
// a reader takes for the name.
func (c *Case) placedKey(s faultline.Span) faultline.Span {
	body := c.RequestBody()
	if s.Start > 0 && s.End < len(body) && body[s.Start-1] == '"' && body[s.End] == '"' {
		s = faultline.Span{Start: s.Start - 1, End: s.End + 1}
	}
	return c.placed(s)
}
