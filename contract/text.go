package contract

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// charsetOf reads the charset that a Content-Type names.
func charsetOf(contentType string) string {
	name, _ := typeParameter(contentType, "charset")
	return name
}

func isLatin1(charset string) bool {
	return equalFold(charset, "iso-8859-1") || equalFold(charset, "latin1") || equalFold(charset, "us-ascii")
}

// unreadText says why a text is not judged: its characters are not known.
func unreadText(contentType string, data []byte) string {
	switch charset := charsetOf(contentType); {
	case isUTF8(charset), isLatin1(charset):
		return ""
	case charset != "":
		return "the charset `" + short(charset) + "` is not supported"
	case !utf8.Valid(data):
		return "the text is not in UTF-8 and its charset is not said"
	}
	return ""
}

// bodyText is a text in UTF-8, without the byte order mark that some senders
// put before it (WHATWG Encoding, section 6).
func bodyText(contentType string, data []byte) (text []byte, ok bool) {
	text = bytes.TrimPrefix(data, byteOrderMark)
	if utf8.Valid(text) {
		return text, true
	}
	if !isLatin1(charsetOf(contentType)) {
		return text, false
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	for _, c := range data {
		out = utf8.AppendRune(out, rune(c))
	}
	return out, true
}

var byteOrderMark = []byte("\xEF\xBB\xBF")

func (c *Contract) validText(m *media, contentType string, data []byte) bool {
	if unreadText(contentType, data) != "" {
		return true
	}
	text, ok := bodyText(contentType, data)
	return ok && c.program.ValidText(m.id, text)
}

func (c *Contract) explainText(m *media, contentType string, data []byte) []Violation {
	if unreadText(contentType, data) != "" {
		return nil
	}
	text, ok := bodyText(contentType, data)
	if !ok {
		return []Violation{notUTF8(faultline.RequestSide, data, charsetOf(contentType), m.source)}
	}
	list := c.program.ExplainText(m.id, text)
	out := make([]Violation, 0, len(list))
	for i := range list {
		v := fromSchema(&list[i])
		v.At = faultline.Location{In: faultline.InBody, Pointer: list[i].Pointer, Span: spanOf(data, 0, len(data))}
		out = append(out, v)
	}
	return out
}

// validLength holds bytes to the bounds of their length: for bytes it is the
// number of octets (OpenAPI 3.1.1, section 4.8.14.4.2).
func (c *Contract) validLength(m *media, data []byte) bool {
	return keepsLength(c.program, m.id, len(data))
}

func (c *Contract) explainLength(m *media, data []byte) []Violation {
	if c.validLength(m, data) {
		return nil
	}
	v := c.lengthViolation(m.id, len(data), m.source)
	v.At = faultline.Location{In: faultline.InBody, Span: spanOf(data, 0, len(data))}
	return []Violation{v}
}

func (c *Contract) lengthViolation(id schema.ID, length int, at faultline.Source) Violation {
	least, most := c.program.Length(id)
	keyword, want := "maxLength", fmt.Sprintf("at most %d bytes", most)
	if length < least {
		keyword, want = "minLength", fmt.Sprintf("at least %d bytes", least)
	}
	return Violation{
		Kind:    Value,
		Keyword: keyword,
		Message: "the content must have " + want,
		Want:    want,
		Found:   fmt.Sprintf("%d bytes", length),
		Source:  at,
		Schema:  c.schemaName(id),
	}
}
