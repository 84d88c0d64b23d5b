package contract

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

func (op *Operation) explainParams(r *faultline.Request, p *Params) []Violation {
	var out []Violation
	in := columns{target: r.Target}
	for i := range op.params {
		q := &op.params[i]
		list := op.explainParam(q, op.gather(q, r, p, nil), r)
		for j := range list {
			in.locate(&list[j])
		}
		out = append(out, list...)
	}
	return out
}

// columns counts columns of a request target, on from the place before: a
// thousand items of a list are counted like one.
type columns struct {
	target    string
	at, count int
}

// locate counts the column of a place in the request target.
func (c *columns) locate(v *Violation) {
	if v.At.Span.IsZero() || v.At.In != faultline.InQuery && v.At.In != faultline.InPath {
		return
	}
	start := min(v.At.Span.Start, len(c.target))
	if start < c.at {
		c.at, c.count = 0, 0
	}
	c.count += utf8.RuneCountInString(c.target[c.at:start])
	c.at = start
	v.At.Span.Line, v.At.Span.Column = 1, c.count+1
}

// explainParam lists what is wrong with a parameter; nothing exactly if
// validParam takes it.
func (op *Operation) explainParam(q *parameter, pieces []piece, r *faultline.Request) []Violation {
	s := explaining()
	if op.validParam(q, pieces, s) {
		return nil
	}
	if found := op.reread(q, pieces, r); found != nil {
		return []Violation{op.serialization(q, found)}
	}
	if len(pieces) == 0 {
		return []Violation{op.paramMissing(q)}
	}
	var room [maxReadings]reading
	how := q.readings(pieces, room[:0])
	if len(how) == 0 {
		return []Violation{op.paramStyle(q, pieces)}
	}
	got := op.read(q, how[0], pieces, s)
	switch {
	case got.notUTF8:
		return []Violation{op.paramNotUTF8(q, pieces)}
	case len(pieces) > 1 && (how[0] == asScalar || how[0] == asJoined || how[0] == asContent):
		return []Violation{op.paramTwice(q, pieces)}
	case got.wrong:
		return []Violation{op.paramStyle(q, pieces)}
	case got.scalar:
		return op.explainText(q, got.from, got.text)
	}
	return op.explainValue(q, pieces, s)
}

// explainText is about a single value: its place is all of it.
func (op *Operation) explainText(q *parameter, p piece, text []byte) []Violation {
	list := op.contract.program.ExplainText(q.id, text)
	out := make([]Violation, 0, len(list))
	for i := range list {
		v := op.inParam(q, &list[i])
		v.At.Span = faultline.Span{Start: p.at, End: p.end(), Line: 1, Column: p.at + 1}
		v.At.Pointer = ""
		v.unquote()
		v.Found = foundText(string(text))
		v.Detail.Found = &faultline.Value{Field: q.name, Type: "string", Text: short(string(text))}
		out = append(out, v)
	}
	return out
}

func foundText(text string) string {
	if text == "" {
		return "an empty value"
	}
	return `"` + short(text) + `"`
}

// explainValue is about a value that was put together from parts.
func (op *Operation) explainValue(q *parameter, pieces []piece, s *scratch) []Violation {
	list := op.contract.program.Explain(q.id, s.value.json)
	out := make([]Violation, 0, len(list))
	var beside shared
	for i := range list {
		v := op.inParam(q, &list[i])
		v.Undeclared = beside.members(list[i].Undeclared, s.value.inLine)
		v.At.Pointer = list[i].Pointer
		start, end, ok := s.value.wire(list[i].Span.Start, list[i].Span.End)
		if v.Kind == Missing || !ok {
			start, end = around(pieces)
		} else if s.value.asText(list[i].Span.Start) && (v.Kind == Type || v.Kind == Value || v.Kind == Null) {
			v.unquote()
			v.Found = foundText(rawAt(q.in, pieces, start, end))
		}
		v.At.Span = faultline.Span{Start: start, End: end, Line: 1, Column: start + 1}
		out = append(out, v)
	}
	return out
}

// inLine is where a range of the assembled JSON stands in a part of one line.
func (a *assembly) inLine(s faultline.Span) faultline.Span {
	start, end, ok := a.wire(s.Start, s.End)
	if !ok {
		return faultline.Span{}
	}
	return faultline.Span{Start: start, End: end, Line: 1, Column: start + 1}
}

// around is the range of all pieces together; of a single one, of its value.
func around(pieces []piece) (start, end int) {
	start, end = pieces[0].at, pieces[0].end()
	if len(pieces) == 1 && start < end {
		return start, end
	}
	for i := range pieces {
		p := &pieces[i]
		if p.key != "" {
			start = min(start, p.keyAt)
		}
		start, end = min(start, p.at), max(end, p.end())
	}
	return start, end
}

// rawAt is the text of the wire in a range that lies in one of the pieces.
// Those of a query are in its order; fields of a header each begin with 0.
func rawAt(in faultline.Part, pieces []piece, start, end int) string {
	if in == faultline.InQuery {
		pieces = pieces[sort.Search(len(pieces), func(i int) bool { return end <= pieces[i].end() }):]
		pieces = pieces[:min(1, len(pieces))]
	}
	for i := range pieces {
		p := pieces[i]
		if start >= p.at && end <= p.end() {
			p.raw = p.raw[start-p.at : end-p.at]
			return p.text()
		}
	}
	return ""
}

// inParam is what the engine says of a parameter's value, without its bytes.
func (op *Operation) inParam(q *parameter, v *schema.Violation) Violation {
	out := fromSchema(v)
	out.At = faultline.Location{In: q.in, Name: q.name}
	out.Message = about(out.Message, q.name)
	if out.Field == "" {
		out.Field = q.name
	}
	if out.Detail.Field == "" {
		out.Detail.Field = q.name
	}
	if out.Source.Line == 0 {
		out.Source = q.source
	}
	return out
}

func (op *Operation) paramViolation(q *parameter, kind Kind, keyword, message, want, found string) Violation {
	v := Violation{
		Kind:    kind,
		Keyword: keyword,
		At:      faultline.Location{In: q.in, Name: q.name},
		Field:   q.name,
		Message: message,
		Want:    want,
		Found:   found,
		Detail:  faultline.Detail{Field: q.name, Types: q.types.Names(), Required: q.required},
		Source:  q.source,
	}
	if q.id != schema.None {
		v.Detail.Enum = op.contract.program.Enum(q.id)
		v.Schema = op.contract.schemaName(q.id)
	}
	return v
}

func (op *Operation) paramMissing(q *parameter) Violation {
	what := "parameter"
	if q.in == faultline.InHeader || q.in == faultline.InCookie {
		what = string(q.in)
	}
	want := op.describe(q)
	if q.style == deepObject {
		want = "`" + q.name + "[…]` parameters: " + want
	}
	return op.paramViolation(q, Missing, "required",
		fmt.Sprintf("the required %s `%s` is absent", what, q.name), want, "nothing")
}

// describe puts the value of a parameter into words.
func (op *Operation) describe(q *parameter) string {
	if q.id != schema.None {
		if words := op.contract.program.Describe(q.id); words != "" {
			return words
		}
	}
	return "any text"
}

func (op *Operation) paramTwice(q *parameter, pieces []piece) Violation {
	v := op.paramViolation(q, Duplicate, "type", fmt.Sprintf("`%s` is given %d times and takes one value", q.name, len(pieces)),
		op.describe(q)+", once", fmt.Sprintf("%d values", len(pieces)))
	second := pieces[1]
	start := second.at
	if q.in == faultline.InQuery || q.in == faultline.InCookie {
		start = second.keyAt
	}
	v.At.Span = faultline.Span{Start: start, End: second.end(), Line: 1, Column: start + 1}
	return v
}

func (op *Operation) paramStyle(q *parameter, pieces []piece) Violation {
	start, end := around(pieces)
	v := op.paramViolation(q, Serialization, "style", fmt.Sprintf("`%s` is not in the style `%s`%s", q.name, q.style, exploded(q)),
		q.pattern(), foundText(pieces[0].raw))
	if len(pieces) > 1 {
		v.Found = fmt.Sprintf("%d values", len(pieces))
	}
	v.At.Span = faultline.Span{Start: start, End: end, Line: 1, Column: start + 1}
	return v
}

func exploded(q *parameter) string {
	if q.style == content || q.style == deepObject {
		return ""
	}
	if q.explode {
		return " with explode"
	}
	return " without explode"
}

// pattern shows the parameter's style with made-up values.
func (q *parameter) pattern() string {
	isObject, isArray := q.types&schema.ObjectType != 0, q.types&schema.ArrayType != 0
	name := q.name
	switch {
	case q.style == content:
		return "JSON text"
	case q.style == matrix && !isObject && !isArray:
		return "`;" + name + "=value`"
	case q.style == deepObject:
		return "`" + name + "[key]=value`"
	case q.style == matrix && q.explode && isObject:
		return "`;key=value;key=value`"
	case q.style == matrix && q.explode:
		return "`;" + name + "=value;" + name + "=value`"
	case q.style == label && q.explode && isObject:
		return "`.key=value.key=value`"
	case q.style == label && isObject:
		return "`.key,value`"
	case q.style == label && !isArray:
		return "`.value`"
	case q.style == label && !q.explode:
		return "`.value,value`"
	case q.style == label:
		return "`.value.value`"
	case isObject && q.explode:
		return "`key=value" + q.joint() + "key=value`"
	case isObject:
		return "`" + q.prefix() + "key" + q.joint() + "value`"
	}
	if q.explode && q.repeats() {
		return "`" + q.prefix() + "value" + q.ampersand() + q.prefix() + "value`"
	}
	return "`" + q.prefix() + "value" + q.joint() + "value`"
}

func (op *Operation) paramNotUTF8(q *parameter, pieces []piece) Violation {
	start, end := around(pieces)
	v := op.paramViolation(q, Value, "schema", fmt.Sprintf("`%s` is not valid UTF-8 once its percent-encoding is removed", q.name),
		"text in UTF-8", foundText(strings.ToValidUTF8(pieces[0].raw, "\uFFFD")))
	v.At.Span = faultline.Span{Start: start, End: end, Line: 1, Column: start + 1}
	return v
}

func (op *Operation) serialization(q *parameter, found *reread) Violation {
	v := op.paramViolation(q, Serialization, "style", fmt.Sprintf("`%s` is sent %s", q.name, found.style),
		"`"+found.want+"`", "`"+short(found.sent)+"`")
	v.At.Span = faultline.Span{Start: found.start, End: found.end, Line: 1, Column: found.start + 1}
	v.Detail.Found = &faultline.Value{Field: q.name, Type: "string", Text: short(found.sent)}
	return v
}
