package contract

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// handling is how the content of a media type is judged.
type handling uint8

const (
	asJSON      handling = iota
	asForm               // application/x-www-form-urlencoded
	asMultipart          // multipart/*
	asLines              // a JSON text on each line
	asSequence           // JSON texts behind record separators, RFC 7464
	asEvents             // text/event-stream
	asXML
	asText   // a text that is the value
	asBytes  // bytes of which the schema bounds the length
	opaque   // any bytes keep the contract
	unjudged // it has a schema, which cannot be held against it
)

// settle works out how the content is judged, once the schema is a program.
func (m *media) settle(prog *schema.Program) {
	m.types = typesOf(prog, m.id)
	m.whole = m.ofWhole(prog)
	if m.typ != "*" && m.sub != "*" {
		m.how, m.why = m.handlingOf(prog, m.typ, m.sub)
	}
	for name, e := range m.fields {
		typeHeaders(e.headers, prog)
		if types := typesOf(prog, memberOf(prog, m.id, name)); e.styled && e.style != deepObject && types&schema.ObjectType != 0 && types&scalarTypes&^schema.NullType == 0 {
			m.spread = append(m.spread, name)
		}
	}
	slices.Sort(m.spread)
	for i := range m.prefix {
		typeHeaders(m.prefix[i].headers, prog)
	}
	if m.rest != nil {
		typeHeaders(m.rest.headers, prog)
	}
}

// handling says how content of a type is judged by the entry. An entry with a
// range takes types that are judged in different ways.
func (m *media) handling(prog *schema.Program, contentType string) (handling, string) {
	if m.typ != "*" && m.sub != "*" {
		return m.how, m.why
	}
	typ, sub, _ := splitType(contentType)
	return m.handlingOf(prog, typ, sub)
}

func (m *media) handlingOf(prog *schema.Program, typ, sub string) (how handling, why string) {
	switch how = formatOf(typ, sub); {
	case how == asJSON:
		return how, ""
	case m.anySchema && (m.typ == "*" || m.sub == "*"):
		return opaque, ""
	case how == asMultipart && m.anySchema && !equalFold(sub, "form-data"):
		return opaque, ""
	case how == asText:
		return m.handlingOfText(typ, sub)
	case how == asXML:
		return m.handlingOfXML(prog)
	case how == asLines, how == asSequence, how == asEvents:
		return m.handlingOfStream(prog, how)
	case how == asBytes:
		return m.handlingOfBytes(prog, typ, sub)
	case how != unjudged:
		return how, ""
	case m.anySchema:
		return opaque, ""
	}
	return unjudged, typeName(typ, sub) + " bodies are not supported"
}

func typeName(typ, sub string) string { return strings.ToLower(typ + "/" + sub) }

// formatOf is the format of a media type, whatever its schema says; asBytes for
// those that are no text.
func formatOf(typ, sub string) handling {
	switch {
	case isJSONType(typ, sub):
		return asJSON
	case equalFold(typ, "multipart"):
		return asMultipart
	case equalFold(sub, "xml") && (equalFold(typ, "application") || equalFold(typ, "text")), hasSuffixFold(sub, "+xml"):
		return asXML
	case equalFold(typ, "text"):
		if equalFold(sub, "event-stream") {
			return asEvents
		}
		return asText
	case hasSuffixFold(sub, "json-seq"):
		return asSequence
	}
	for _, f := range applicationFormats {
		if equalFold(typ, "application") && equalFold(sub, f.sub) {
			return f.how
		}
	}
	return asBytes
}

func isJSONType(typ, sub string) bool {
	return equalFold(sub, "json") && (equalFold(typ, "application") || equalFold(typ, "text")) ||
		hasSuffixFold(sub, "+json") && !equalFold(sub, "stream+json")
}

// applicationFormats are the names under which streams of JSON texts travel;
// none but those of RFC 7464 are registered.
var applicationFormats = [...]struct {
	sub string
	how handling
}{
	{"x-www-form-urlencoded", asForm},
	{"x-ndjson", asLines},
	{"ndjson", asLines},
	{"jsonl", asLines},
	{"x-jsonl", asLines},
	{"jsonlines", asLines},
	{"x-jsonlines", asLines},
	{"json-lines", asLines},
	{"stream+json", asLines},
}

// handlingOfText: the value of a text is a string, a number or a boolean; an
// object has no form in it that a specification gives.
func (m *media) handlingOfText(typ, sub string) (handling, string) {
	switch {
	case m.anySchema:
		return opaque, ""
	case m.types&scalarTypes&^schema.NullType != 0:
		return asText, ""
	}
	return unjudged, "the schema is of " + kindsOf(m.types) + ", which " + typeName(typ, sub) + " has no form for"
}

func kindsOf(types schema.Types) string {
	switch types & (schema.ObjectType | schema.ArrayType) {
	case schema.ObjectType:
		return "an object"
	case schema.ArrayType:
		return "an array"
	}
	return "an object or an array"
}

// handlingOfStream: a schema of a string describes the stream as a text. One of an
// object without data, beside events, is of something else than events; before
// 3.2 it mostly was of the JSON in their data, but nothing says so.
func (m *media) handlingOfStream(prog *schema.Program, how handling) (handling, string) {
	switch {
	case m.item != schema.None || m.id == schema.None || m.whole:
		return how, ""
	case m.types&(schema.ObjectType|schema.ArrayType|schema.IntegerType|schema.BoolType) == 0:
		return asText, ""
	case how != asEvents:
		return how, ""
	}
	if _, declared := prog.Property(m.id, "data"); declared {
		return how, ""
	}
	return unjudged, "the schema of text/event-stream is not one of events: `itemSchema` describes them"
}

// handlingOfXML: a schema of a string that has no name for the element describes
// the document as text.
func (m *media) handlingOfXML(prog *schema.Program) (handling, string) {
	if m.anySchema {
		return opaque, ""
	}
	x := prog.XML(m.id)
	if m.types&(schema.ObjectType|schema.ArrayType) == 0 && x.Name == "" && x.Component == "" {
		return asText, ""
	}
	return asXML, ""
}

// handlingOfBytes: of bytes a schema can bound the length (OpenAPI 3.1.1, section
// 4.8.14.4.2). Where it says that they are in base64 they are a text.
func (m *media) handlingOfBytes(prog *schema.Program, typ, sub string) (handling, string) {
	if m.anySchema {
		return opaque, ""
	}
	if m.types&schema.StringType == 0 {
		return unjudged, typeName(typ, sub) + " bodies are not supported"
	}
	if name := prog.Format(m.id); name == "byte" || name == "base64" {
		return asText, ""
	}
	if least, most := prog.Length(m.id); least > 0 || most >= 0 {
		return asBytes, ""
	}
	return opaque, ""
}
