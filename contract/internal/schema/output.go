package schema

import (
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Unit is what a keyword, or a schema as a whole, came to (JSON Schema
// 2020-12, section 12.3), with what it is made of.
type Unit struct {
	Valid      bool
	Keyword    string // the way to it through the schemas, references included
	URI        string // where it stands; empty if that has no address
	Instance   string // the JSON Pointer of the value
	Error      string
	Annotation []byte // JSON; nil if there is none
	Units      []Unit

	free bool // what it came to does not count for the schema around it
}

// mostOutput bounds what one value can make us write, in bytes of the places
// that units name: beyond it schemas are judged, and not taken apart.
const mostOutput = 8 << 20

// Trace applies a schema keyword by keyword. Unlike Explain it leaves nothing
// out, branches that were not meant included. The map is that of the Builder.
func (p *Program) Trace(m *Map, id ID, body []byte) Unit {
	valid := p.Valid(id, body)
	s := p.get()
	defer p.put(s)
	root := Unit{URI: m.uri(id)}
	if err := tape.Parse(&s.tape, body, p.limits()); err == nil {
		s.eval.begin(p.forms, &s.tape)
		t := tracer{eval: &s.eval, p: p, m: m, left: mostOutput, uris: map[ID]string{}}
		root = t.schema(id, 0, spot{})
	} else {
		root.Error = syntaxViolation(err).Message
	}
	if root.Valid && !valid {
		// A key that stands twice, or a limit: no keyword says it.
		root.Valid = false
		if list := p.Explain(id, body); len(list) > 0 {
			root.Error = list[0].Message
		}
	}
	return root
}

// A tracer walks schemas and a tape in step.
type tracer struct {
	*eval
	p    *Program
	m    *Map
	left int // bytes that may still be written
	uris map[ID]string
}

// A spot is where a tracer is.
type spot struct{ keyword, instance string }

func (s spot) under(keyword string) spot {
	s.keyword += "/" + faultline.EscapePointer(keyword)
	return s
}

func (s spot) at(part string) spot {
	s.instance += "/" + faultline.EscapePointer(part)
	return s
}

const subschemas = "a subschema had errors"

func (t *tracer) schema(id ID, token int, at spot) Unit {
	s := site{tracer: t, id: id, f: &t.forms[id], origin: t.m.origins[id], token: token, kind: t.t.Tokens[token].Kind, at: at, uri: t.uri(id)}
	u := Unit{Valid: true, Keyword: at.keyword, URI: s.uri, Instance: at.instance}
	if t.spend(&u); t.left < 0 {
		if u.Valid = t.branch(id, token); !u.Valid {
			u.Error = subschemas + " that are too many to be listed"
		}
		return u
	}
	if s.f.never {
		u.Valid, u.Error = false, "no value is allowed here"
		return u
	}
	if s.f.nullable && s.kind == tape.Null {
		return u
	}
	for i := range s.origin.node.Members {
		m := &s.origin.node.Members[i]
		if s.origin.mode.dialect.aloneRefs() && m.Key != "$ref" && s.origin.node.Get("$ref") != nil {
			continue
		}
		part, said := s.keyword(m)
		if !said {
			continue
		}
		u.Units = append(u.Units, part)
		u.Valid = u.Valid && (part.Valid || part.free)
	}
	if !u.Valid {
		u.Error = subschemas
	}
	return u
}

func (t *tracer) spend(u *Unit) {
	const names = 100 // of the members of a unit
	t.left -= len(u.Keyword) + len(u.URI) + len(u.Instance) + names
}

func (t *tracer) uri(id ID) string {
	uri, known := t.uris[id]
	if !known {
		uri = t.m.uri(id)
		t.uris[id] = uri
	}
	return uri
}

// uri is the address of a schema.
func (m *Map) uri(id ID) string {
	_, uri := m.Locate(Rule{Schema: m.origins[id].node.Pos})
	return uri
}

// A site is a schema at a value.
type site struct {
	*tracer
	id     ID
	f      *form
	origin origin
	token  int
	kind   tape.Kind
	at     spot
	uri    string
}

// begin makes the unit of a keyword.
func (s *site) begin(keyword string) Unit {
	at := s.at.under(keyword)
	u := Unit{Valid: true, Keyword: at.keyword, Instance: at.instance}
	if s.uri != "" {
		u.URI = s.uri + "/" + escapeFragment(faultline.EscapePointer(keyword))
	}
	s.spend(&u)
	return u
}

// keyword applies one keyword. It is not said if the keyword asserts nothing of
// such a value and is no annotation either.
func (s *site) keyword(m *yaml.Member) (Unit, bool) {
	u := s.begin(m.Key)
	if !s.origin.mode.has(m.Key) {
		return s.annotation(u, m)
	}
	if said := s.apply(&u, m); said {
		return u, true
	}
	if structural[m.Key] {
		return u, false
	}
	words, asserts := s.assert(m)
	if !asserts {
		return s.annotation(u, m)
	}
	u.Valid, u.Error = words == "", words
	if m.Key == "format" && u.Valid {
		u.Annotation = AppendNode(nil, m.Value)
	}
	return u, true
}

// structural are the keywords that say nothing of a value, and the applicators
// that found nothing to apply to.
var structural = map[string]bool{
	"$id": true, "$schema": true, "$anchor": true, "$dynamicAnchor": true, "$recursiveAnchor": true, "$vocabulary": true,
	"$comment": true, "$defs": true, "definitions": true, "$ref": true, "$dynamicRef": true, "$recursiveRef": true,
	"allOf": true, "anyOf": true, "oneOf": true, "not": true, "if": true, "then": true, "else": true,
	"properties": true, "patternProperties": true, "additionalProperties": true, "propertyNames": true,
	"items": true, "prefixItems": true, "additionalItems": true, "contains": true,
	"unevaluatedItems": true, "unevaluatedProperties": true, "dependentSchemas": true,
	"nullable": true, "x-nullable": true, "discriminator": true,
}

// annotation collects the value of a keyword that asserts nothing, known or
// not. What speaks of the content of strings is said of strings alone.
func (s *site) annotation(u Unit, m *yaml.Member) (Unit, bool) {
	if structural[m.Key] || m.Key == "id" && s.origin.mode.dialect == JSONSchemaDraft4 {
		return u, false
	}
	switch m.Key {
	case "contentEncoding", "contentMediaType":
		if s.kind != tape.String {
			return u, false
		}
	case "contentSchema":
		if s.kind != tape.String || s.origin.node.Get("contentMediaType") == nil {
			return u, false
		}
	}
	u.Annotation = AppendNode(nil, m.Value)
	return u, true
}

// textList is the annotation of a keyword that applied to members.
func textList(list []string) []byte {
	out := []byte{'['}
	for i, name := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = tape.AppendQuoted(out, name)
	}
	return append(out, ']')
}

// indexList is the annotation of one that applied to items.
func indexList(list []int) []byte {
	out := []byte{'['}
	for i, n := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	return append(out, ']')
}

// Relevant reports whether a unit, or one below it, is a reason for what the
// whole came to: one that failed, or was kept. Branches that may fail are
// neither.
func (u *Unit) Relevant(valid bool) bool { return u.Valid == valid && (u.Valid || !u.free) }

// Said reports whether the unit failed by itself or in more than one part.
func (u *Unit) Said() bool {
	failed := 0
	for i := range u.Units {
		if u.Units[i].Relevant(false) {
			failed++
		}
	}
	return failed != 1
}
