package contract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/xml"
)

// unreadXML says why a document is not judged.
func unreadXML(contentType string, data []byte) string {
	if charset := xmlCharset(contentType, data); charset != "" {
		return "the charset `" + short(charset) + "` is not supported"
	}
	var x xml.Doc
	if !utf8.Valid(data) {
		return ""
	}
	if err := x.Parse(data); err != nil && err.Unread {
		return err.Msg
	}
	return ""
}

// xmlCharset returns the charset of a document that is not read in it: the one of
// the Content-Type before the one of its own declaration (RFC 7303, section 3).
func xmlCharset(contentType string, data []byte) string {
	switch {
	case bytes.HasPrefix(data, byteOrderMark):
		return ""
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return "utf-16"
	}
	charset := charsetOf(contentType)
	if charset == "" {
		charset = declaredCharset(data)
	}
	if charset == "" || isUTF8(charset) || equalFold(charset, "us-ascii") {
		return ""
	}
	return charset
}

// declaredCharset reads the encoding of <?xml version="1.0" encoding="..."?>.
func declaredCharset(data []byte) string {
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		return ""
	}
	end := bytes.Index(data[:min(len(data), 200)], []byte("?>"))
	if end < 0 {
		return ""
	}
	_, rest, found := strings.Cut(string(data[:end]), "encoding")
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if !found || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	charset, _, _ := strings.Cut(rest[1:], rest[:1])
	return charset
}

func (c *Contract) validXML(m *media, contentType string, data []byte, s *scratch) bool {
	if xmlCharset(contentType, data) != "" {
		return true
	}
	if !utf8.Valid(data) {
		return false
	}
	x := xmlReaders.Get().(*xmlReader)
	defer x.release()
	if err := x.doc.Parse(data); err != nil {
		return err.Unread
	}
	x.read(c, m.id, &s.value)
	return !x.bad && c.program.Valid(m.id, s.value.json)
}

func (c *Contract) explainXML(m *media, contentType string, data []byte) []Violation {
	if xmlCharset(contentType, data) != "" {
		return nil
	}
	if !utf8.Valid(data) {
		return []Violation{notUTF8(faultline.RequestSide, data, charsetOf(contentType), m.source)}
	}
	var x xmlReader
	if err := x.doc.Parse(data); err != nil {
		if err.Unread {
			return nil
		}
		return []Violation{notXML(err, data, m.source)}
	}
	s := explaining()
	x.read(c, m.id, &s.value)
	var out []Violation
	for i := range x.faults {
		out = append(out, x.faults[i].violation(data, m.source, c.schemaName(m.id)))
	}
	if len(s.value.json) == 0 {
		return out
	}
	for _, v := range inAssembly(c.program.Explain(m.id, s.value.json), &s.value, data) {
		if !x.misplaced(v.At.Pointer) {
			out = append(out, v)
		}
	}
	return out
}

// misplaced reports whether a value belongs to an element that should not stand
// where it does: what the schema of another one says of it helps nobody.
func (x *xmlReader) misplaced(pointer string) bool {
	for i := range x.faults {
		rest, within := strings.CutPrefix(pointer, x.faults[i].pointer)
		if within && x.faults[i].kind == Unknown && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

func notXML(err *xml.Error, data []byte, at faultline.Source) Violation {
	return Violation{
		Kind:    Syntax,
		At:      faultline.Location{In: faultline.InBody, Span: spanOf(data, err.Start, err.End)},
		Message: err.Msg,
		Want:    err.Want,
		Found:   err.Found,
		Source:  at,
	}
}

func (f *xmlFault) violation(data []byte, at faultline.Source, name string) Violation {
	return Violation{
		Kind:    f.kind,
		Keyword: "xml",
		At:      faultline.Location{In: faultline.InBody, Pointer: f.pointer, Span: spanOf(data, f.start, f.end)},
		Field:   f.name,
		Message: f.message,
		Want:    f.want,
		Found:   f.found,
		Detail:  faultline.Detail{Field: f.name, Found: &faultline.Value{Field: f.name, Type: "string", Text: f.name}},
		Source:  at,
		Schema:  name,
	}
}
