package contract

import (
	"bytes"
	"strconv"
	"strings"
)

// Limits on a multipart body, whose parts are each looked at.
const (
	maxParts    = 2000
	maxBoundary = 200     // RFC 2046, section 5.1.1, allows 70
	maxPartText = 1 << 20 // longer parts are files, whatever their type
)

// A formPart is one part of a multipart body; those of form-data have names (RFC
// 7578).
type formPart struct {
	name        string
	hasName     bool
	hasFile     bool
	contentType string
	typeAt      int // of contentType in the body
	data        []byte
	at          int // of data in the body
	nameAt      int // of the name in the body
	head        []byte
	headAt      int // of head in the body
}

// header collects the values of a field of the part.
func (p *formPart) header(name string) (out []piece) {
	p.fields(func(field, value string, at int) {
		if strings.EqualFold(field, name) {
			out = append(out, piece{raw: value, at: at, plain: true})
		}
	})
	return out
}

// A multipartError says what is wrong with the framing of a multipart body.
type multipartError struct {
	msg, want, found string
	start, end       int
}

// boundaryOf returns the boundary parameter of a Content-Type.
func boundaryOf(contentType string) (string, bool) { return typeParameter(contentType, "boundary") }

// splitMultipart cuts a body at its boundaries (RFC 2046, section 5.1.1).
func splitMultipart(body []byte, contentType string) ([]formPart, *multipartError) {
	boundary, ok := boundaryOf(contentType)
	if !ok || boundary == "" {
		return nil, &multipartError{
			msg:  "the Content-Type names no `boundary`, so the parts cannot be told apart",
			want: "a multipart type with the boundary that the body uses", found: "`" + short(contentType) + "`",
		}
	}
	if len(boundary) > maxBoundary {
		return nil, &multipartError{msg: "the `boundary` is longer than 70 characters", want: "a boundary of at most 70 characters", found: "a longer one"}
	}
	delimiter := []byte("--" + boundary)
	at := 0
	if !bytes.HasPrefix(body, delimiter) {
		i := bytes.Index(body, append([]byte("\n"), delimiter...))
		if i < 0 {
			return nil, &multipartError{
				msg:  "the boundary of the Content-Type does not occur in the body",
				want: "a body whose parts begin with `--" + short(boundary) + "`", found: firstLine(body), end: min(len(body), 80),
			}
		}
		at = i + 1
	}
	return splitParts(body, delimiter, at)
}

func splitParts(body, delimiter []byte, at int) ([]formPart, *multipartError) {
	var out []formPart
	for {
		at += len(delimiter)
		if bytes.HasPrefix(body[at:], []byte("--")) {
			return out, nil
		}
		eol := bytes.IndexByte(body[at:], '\n')
		if eol < 0 {
			return out, cutOff(delimiter, body)
		}
		if len(out) >= maxParts {
			return out, &multipartError{
				msg: "the body has more than " + strconv.Itoa(maxParts) + " parts", want: "at most " + strconv.Itoa(maxParts) + " parts",
				found: "one more", start: at, end: at + eol,
			}
		}
		at += eol + 1
		next := bytes.Index(body[at:], append([]byte("\n"), delimiter...))
		if next < 0 {
			return out, cutOff(delimiter, body)
		}
		raw := bytes.TrimSuffix(body[at:at+next], []byte("\r"))
		out = append(out, parsePart(raw, at))
		at += next + 1
	}
}

func cutOff(delimiter, body []byte) *multipartError {
	return &multipartError{
		msg: "the multipart body has no closing boundary", want: "a last line `" + short(string(delimiter)) + "--`",
		found: "the end of the body", start: max(0, len(body)-1), end: len(body),
	}
}

// parsePart reads the head of a part, which an empty line ends.
func parsePart(raw []byte, at int) formPart {
	p := formPart{headAt: at}
	end := 0
	for end < len(raw) {
		length := bytes.IndexByte(raw[end:], '\n')
		line := raw[end:]
		next := len(raw)
		if length >= 0 {
			line, next = raw[end:end+length], end+length+1
		}
		if len(bytes.TrimRight(line, "\r")) == 0 {
			p.head, end = raw[:end], next
			break
		}
		end = next
		p.head = raw[:end]
	}
	p.data, p.at = raw[end:], at+end
	p.fields(p.field)
	return p
}

// fields visits the header fields of the part.
func (p *formPart) fields(visit func(name, value string, at int)) {
	for rest, at := p.head, p.headAt; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		name, value, _ := strings.Cut(string(line), ":")
		trimmed := strings.TrimLeft(value, " \t")
		visit(strings.TrimSpace(name), strings.TrimRight(trimmed, " \t\r"), at+len(line)-len(trimmed))
		at += len(rest) - len(after)
		rest = after
	}
}

func (p *formPart) field(name, value string, at int) {
	switch strings.ToLower(name) {
	case "content-type":
		p.contentType, p.typeAt = value, at
	case "content-disposition":
		p.name, p.hasName = typeParameter(value, "name")
		p.nameAt = at + max(strings.Index(value, p.name), 0)
		p.name = browserName.Replace(p.name)
		_, p.hasFile = typeParameter(value, "filename")
		if _, extended := typeParameter(value, "filename*"); extended {
			p.hasFile = true
		}
	}
}

// browserName undoes what browsers do to names (WHATWG HTML, section 4.10.22.8).
var browserName = strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n")

func short(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}

func firstLine(body []byte) string {
	line, _, _ := bytes.Cut(body, []byte("\n"))
	return "`" + short(strings.ToValidUTF8(strings.TrimRight(string(line), "\r"), "\uFFFD")) + "`"
}
