package contract

import (
	"bytes"
	"strings"
)

// Limits on a multipart body, whose parts are each looked at.
const (
	maxParts    = 2000
	maxBoundary = 200     // RFC 2046, section 5.1.1, allows 70
	maxPartText = 1 << 20 // longer parts are files, whatever their type
)

// A formPart is one part of multipart/form-data (RFC 7578).
type formPart struct {
	name, file  string
	hasFile     bool
	contentType string
	data        []byte
	at          int // of data in the body
	nameAt      int // of the name in the body
}

// A multipartError says what is wrong with the framing of a multipart body.
type multipartError struct {
	msg, want, found string
	start, end       int
}

// boundaryOf returns the boundary parameter of a Content-Type.
func boundaryOf(contentType string) (string, bool) { return typeParameter(contentType, "boundary") }

// typeParameter returns a parameter of a Content-Type (RFC 9110, section 8.3.1).
func typeParameter(contentType, name string) (string, bool) {
	_, rest, _ := strings.Cut(contentType, ";")
	for rest != "" {
		rest = strings.TrimLeft(rest, " \t;")
		key, after, found := strings.Cut(rest, "=")
		if !found {
			return "", false
		}
		var value string
		value, rest = parameterValue(after)
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return value, true
		}
	}
	return "", false
}

func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, ';')
		if end < 0 {
			end = len(s)
		}
		return strings.TrimSpace(s[:end]), s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// splitMultipart cuts a body at its boundaries (RFC 2046, section 5.1.1).
func splitMultipart(body []byte, contentType string) ([]formPart, *multipartError) {
	boundary, ok := boundaryOf(contentType)
	if !ok || boundary == "" {
		return nil, &multipartError{
			msg:  "the Content-Type names no `boundary`, so the parts cannot be told apart",
			want: "multipart/form-data with the boundary that the body uses", found: "`" + short(contentType) + "`",
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
		if eol < 0 || len(out) >= maxParts {
			return out, cutOff(delimiter, body)
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

func parsePart(raw []byte, at int) formPart {
	p := formPart{at: at}
	rest := raw
	for len(rest) > 0 {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		text := strings.TrimRight(string(line), "\r")
		offset := at + len(raw) - len(rest)
		rest = after
		if text == "" {
			break
		}
		p.field(text, offset)
	}
	p.data = rest
	p.at = at + len(raw) - len(rest)
	return p
}

func (p *formPart) field(line string, offset int) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "content-type":
		p.contentType = value
	case "content-disposition":
		p.name, _ = typeParameter(value, "name")
		p.file, p.hasFile = typeParameter(value, "filename")
		if _, extended := typeParameter(value, "filename*"); extended {
			p.hasFile = true
		}
		p.nameAt = offset + max(strings.Index(line, p.name), 0)
	}
}

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
