package contract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// inBody turns what the engine says of a JSON body into violations.
func inBody(list []schema.Violation, side faultline.Side) []Violation {
	out := make([]Violation, 0, len(list))
	var beside shared
	for i := range list {
		v := fromSchema(&list[i])
		v.Undeclared = beside.members(list[i].Undeclared, nil)
		v.At = faultline.Location{Side: side, In: faultline.InBody, Pointer: list[i].Pointer, Span: list[i].Span}
		out = append(out, v)
	}
	return out
}

// fromSchema is a violation without its place. The kinds of the engine are the
// first of ours.
func fromSchema(v *schema.Violation) Violation {
	out := Violation{
		Kind:     Kind(v.Kind),
		Keyword:  v.Keyword,
		Field:    v.Field,
		Message:  v.Message,
		Want:     v.Want,
		Found:    v.Found,
		Detail:   v.Detail,
		Source:   source(v.Source),
		Schema:   v.Schema,
		Declared: v.Declared,
		Caret:    v.Caret,
		Meant:    v.Meant,
		Keeps:    v.Keeps,
		Wrapped:  v.Wrapped,
		Spare:    v.Spare,
		Syntax:   v.Syntax,
		Others:   v.Others,
	}
	return out
}

// shared makes the undeclared members of an object once: all violations of the
// object have the same, up to hundreds of them.
type shared struct {
	from []schema.Member
	made []Member
}

// members translates a list; place, if any, says where a range of what was
// judged stands on the wire.
func (s *shared) members(from []schema.Member, place func(faultline.Span) faultline.Span) []Member {
	if len(from) == 0 {
		return nil
	}
	if len(from) == len(s.from) && &from[0] == &s.from[0] {
		return s.made
	}
	s.from, s.made = from, make([]Member, len(from))
	for i, m := range from {
		if place != nil {
			m.Key, m.Value = place(m.Key), place(m.Value)
		}
		s.made[i] = Member(m)
	}
	return s.made
}

// inAssembly turns what the engine says of a value that was put together into
// violations at the bytes that it was put together from. A missing member has
// none.
func inAssembly(list []schema.Violation, a *assembly, body []byte) []Violation {
	if len(list) == 0 {
		return nil
	}
	out := make([]Violation, 0, len(list))
	places := tape.NewPlaces(body)
	inWire := func(s faultline.Span) faultline.Span { return a.span(s, places) }
	var beside shared
	for i := range list {
		v := fromSchema(&list[i])
		v.Undeclared = beside.members(list[i].Undeclared, inWire)
		v.At = faultline.Location{In: faultline.InBody, Pointer: list[i].Pointer, Span: inWire(list[i].Span)}
		if a.asText(list[i].Span.Start) {
			v.unquote()
		}
		out = append(out, v)
	}
	return out
}

// unquote takes quotes out of the words about a text of the wire, which has none.
func (v *Violation) unquote() {
	if strings.HasSuffix(v.Caret, ": drop the quotes") {
		v.Caret = "did you mean `" + v.Meant + "`?"
	}
}

// span is where a range of the assembled JSON stands in the body.
func (a *assembly) span(s faultline.Span, body *tape.Places) faultline.Span {
	start, end, ok := a.wire(s.Start, s.End)
	if !ok {
		return faultline.Span{}
	}
	return body.Span(start, end)
}

// spanOf counts line and column of a range of bytes.
func spanOf(data []byte, start, end int) faultline.Span {
	start, end = min(start, len(data)), min(end, len(data))
	before := data[:start]
	line := bytes.Count(before, []byte("\n"))
	return faultline.Span{
		Start: start, End: end, Line: line + 1,
		Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
	}
}

// about puts the name of a parameter into a message that speaks of a body: to
// the engine every value is one.
func about(message, name string) string {
	for _, whole := range [...]string{"the value ", "the body "} {
		if rest, ok := strings.CutPrefix(message, whole); ok {
			return "`" + name + "` " + rest
		}
	}
	if rest, ok := strings.CutPrefix(message, "`body["); ok {
		return "`" + name + "[" + rest
	}
	if rest, ok := strings.CutSuffix(message, " of the body"); ok {
		return rest + " of `" + name + "`"
	}
	return message
}

// oneOf is "a, b or c".
func oneOf(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// schemaName is the name of the component that a schema is; empty if it is
// none.
func (c *Contract) schemaName(id schema.ID) string { return c.names[id] }
