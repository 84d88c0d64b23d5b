package contract

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// unreadParts says why a multipart body is not judged: parts that have to have
// names and have none, or parts in formats that are not read.
func (c *Contract) unreadParts(m *media, contentType string, data []byte) string {
	if m.id == schema.None && m.item == schema.None {
		return ""
	}
	parts, bad := splitMultipart(data, contentType)
	if bad != nil {
		return ""
	}
	return c.unreadOf(m, contentType, parts)
}

func (c *Contract) unreadOf(m *media, contentType string, parts []formPart) string {
	_, sub, _ := splitType(contentType)
	for i := range parts {
		p := &parts[i]
		if !m.positional() && !p.hasName && !equalFold(sub, "form-data") {
			return "the parts of " + mediaTypeOf(contentType) + " have no names, and the schema is of an object"
		}
		typ, inner, _ := splitType(p.contentType)
		if how := formatOf(typ, inner); p.contentType != "" && (how == asXML || how == asMultipart || how == asForm) && c.structured(m, p, i) {
			return "a part is " + mediaTypeOf(p.contentType) + ", which is not read inside of a multipart body"
		}
	}
	return ""
}

// structured reports whether the schema of a part is of an object or an array.
func (c *Contract) structured(m *media, p *formPart, i int) bool {
	id := memberOf(c.program, m.id, p.name)
	if m.positional() {
		if id = m.item; id == schema.None {
			id = itemsOf(c.program, m.id)
		}
		if prefix := c.program.Prefix(m.id); i < len(prefix) {
			id = prefix[i]
		}
	}
	types := typesOf(c.program, id)
	return types&schema.StringType == 0 && types&(schema.ObjectType|schema.ArrayType) != 0
}

func (c *Contract) validMultipart(m *media, contentType string, data []byte, s *scratch) bool {
	parts, bad := splitMultipart(data, contentType)
	if bad != nil {
		return false
	}
	if m.id == schema.None && m.item == schema.None || c.unreadOf(m, contentType, parts) != "" {
		return true
	}
	r := c.readParts(m, parts, s)
	if s.value.bad || len(r.faults) > 0 || m.id != schema.None && !c.program.Valid(m.id, s.value.json) {
		return false
	}
	for i := 1; m.item != schema.None && i < len(r.items); i++ {
		if !c.program.Valid(m.item, s.value.json[r.items[i-1]:r.items[i]-1]) {
			return false
		}
	}
	return true
}

func (c *Contract) explainMultipart(m *media, contentType string, data []byte) []Violation {
	parts, bad := splitMultipart(data, contentType)
	if bad != nil {
		return []Violation{bad.violation(contentType, data, m.source)}
	}
	if m.id == schema.None && m.item == schema.None || c.unreadOf(m, contentType, parts) != "" {
		return nil
	}
	s := explaining()
	r := c.readParts(m, parts, s)
	var out []Violation
	told := map[string]bool{}
	for i := range r.faults[:min(len(r.faults), mostFaults)] {
		f := &r.faults[i]
		out = append(out, c.explainPart(f, data)...)
		told[f.pointer] = told[f.pointer] || f.reason == partSyntax
	}
	var rest []Violation
	if m.id != schema.None {
		rest = c.explainFields(m, s, data)
	} else if s.value.bad {
		rest = append(rest, notUTF8(faultline.RequestSide, data, "", m.source))
	}
	rest = append(rest, c.explainItems(m, r, data)...)
	for i := range rest {
		if !told[rest[i].At.Pointer] || len(out) == 0 { // a part that is no JSON is told once
			out = append(out, rest[i])
		}
	}
	return out
}

// explainItems explains each part by the schema of the items.
func (c *Contract) explainItems(m *media, r *partReader, data []byte) (out []Violation) {
	places := tape.NewPlaces(data)
	for i := 1; m.item != schema.None && i < len(r.items); i++ {
		from := r.items[i-1]
		list := c.program.Explain(m.item, r.a.json[from:r.items[i]-1])
		for j := range list {
			v := fromSchema(&list[j])
			at := list[j].Span
			at.Start, at.End = at.Start+from, at.End+from
			v.At = faultline.Location{In: faultline.InBody, Pointer: "/" + strconv.Itoa(i-1) + list[j].Pointer, Span: r.a.span(at, places)}
			out = append(out, v)
		}
	}
	return out
}

// pointerOfPart is where a part stands in the value that is judged.
func pointerOfPart(m *media, p *formPart, index int) string {
	out := ""
	if !m.positional() {
		out = "/" + faultline.EscapePointer(strings.ToValidUTF8(p.name, "\uFFFD"))
	}
	if index >= 0 {
		out += "/" + strconv.Itoa(index)
	}
	return out
}

// explainPart puts a fault of a part into words.
func (c *Contract) explainPart(f *partFault, data []byte) []Violation {
	p := f.part
	v := Violation{Field: p.name, Source: f.source, At: faultline.Location{In: faultline.InBody, Pointer: f.pointer}}
	switch f.reason {
	case partNameless:
		v.Kind, v.Keyword = Syntax, "name"
		v.At.Span = spanOf(data, p.headAt, p.headAt+len(p.head))
		v.Message, v.Want, v.Found = "a part has no name", "`Content-Disposition: form-data; name=\"...\"` in each part", "a part without it"
	case partType:
		v.Kind, v.Keyword = MediaType, "contentType"
		v.At.Span = spanOf(data, p.typeAt, p.typeAt+len(p.contentType))
		v.Message = fmt.Sprintf("the part `%s` must not be `%s`", short(p.name), short(p.contentType))
		v.Want, v.Found = oneOf(f.contentType), short(p.contentType)
		v.Detail = faultline.Detail{Field: p.name, Enum: quoted(f.contentType), Found: &faultline.Value{Field: p.name, Type: "string", Text: short(p.contentType)}}
	case partLength:
		v = c.lengthViolation(f.id, len(p.data), f.source)
		v.At = faultline.Location{In: faultline.InBody, Pointer: f.pointer, Span: spanOf(data, p.at, p.at+len(p.data))}
	case partSyntax:
		list := c.program.Explain(c.anything, p.data)
		for i := range list[:min(1, len(list))] {
			v = fromSchema(&list[i])
			v.Syntax = nil // its places are those of the part alone
			v.Message = about(v.Message, p.name)
			v.At = faultline.Location{In: faultline.InBody, Pointer: f.pointer, Span: spanOf(data, p.at+list[i].Span.Start, p.at+list[i].Span.End)}
		}
	case partHeader:
		return c.explainPartHeaders(f, data)
	}
	return []Violation{v}
}

// explainPartHeaders explains the header fields of a part; one that is missing
// at the head.
func (c *Contract) explainPartHeaders(f *partFault, data []byte) (out []Violation) {
	op := Operation{contract: c}
	for i := range f.headers {
		q := &f.headers[i]
		pieces := f.part.header(q.name)
		at := spanOf(data, f.part.headAt, f.part.headAt+len(f.part.head))
		if len(pieces) > 0 {
			at = spanOf(data, pieces[0].at, pieces[0].end())
		}
		for _, v := range op.explainParam(q, pieces, nil) {
			v.At = faultline.Location{In: faultline.InBody, Pointer: f.pointer, Span: at}
			out = append(out, v)
		}
	}
	return out
}
