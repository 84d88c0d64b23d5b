package schema

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// mostViolations bounds what one body can make us say. Nobody reads on for so
// long.
const mostViolations = 1000

// Explain lists everything that is wrong with body; nothing exactly when Valid
// is true.
func (p *Program) Explain(id ID, body []byte) []Violation {
	if p.Valid(id, body) {
		return nil
	}
	out := p.explain(id, body)
	if len(out) == 0 {
		// The verdict stopped at a limit that explaining did not reach.
		out = []Violation{p.tooCostly(body)}
	}
	return out
}

func (p *Program) tooCostly(body []byte) Violation {
	return Violation{
		Kind:    Value,
		Span:    tape.SpanOf(body, 0, min(1, len(body))),
		Message: "the body takes too many steps to be checked",
		Want:    "a body that can be checked with fewer steps",
		Found:   "a body of " + strconv.Itoa(len(body)) + " bytes",
	}
}

// ExplainText lists everything that is wrong with the text of a parameter.
// Spans are bytes of the text.
func (p *Program) ExplainText(id ID, text []byte) []Violation {
	if p.ValidText(id, text) {
		return nil
	}
	out := p.Explain(id, p.AppendJSON(nil, id, text))
	for i := range out {
		v := &out[i]
		v.Span, v.Key = faultline.Span{End: len(text), Line: 1, Column: 1}, faultline.Span{}
		if v.Kind == Null {
			v.Kind = Type
		}
	}
	return out
}

// explain is Explain without the verdict before it.
func (p *Program) explain(id ID, body []byte) []Violation {
	s := p.get()
	defer p.put(s)
	if err := tape.Parse(&s.tape, body, p.limits()); err != nil {
		return []Violation{syntaxViolation(err)}
	}
	s.eval.begin(p.forms, &s.tape)
	x := explainer{eval: &s.eval, p: p, chosen: map[memoKey]choice{}, scores: map[memoKey]int{}, around: map[object]neighbours{}}
	x.out, x.at, x.path = s.out[:0], s.at[:0], s.path[:0]
	ahead := p.get()
	defer p.put(ahead)
	x.look = newGlance(p, ahead, &s.tape)
	x.root = object{id: id, token: 0}
	if !x.wrapped(id, 0) {
		x.value(id, 0)
	}
	if x.twins() {
		x.twice()
	}
	if s.eval.costly || s.eval.spent {
		x.out = append(x.out, p.tooCostly(body))
	}
	s.out, s.at, s.path = x.out, x.at, x.path
	return slices.Clone(x.out)
}

func syntaxViolation(err error) Violation {
	v := Violation{Kind: Syntax, Message: err.Error(), Syntax: err}
	var bad *tape.SyntaxError
	if errors.As(err, &bad) {
		v.Message, v.Want, v.Found, v.Caret, v.Span = bad.Message, bad.Want, bad.Found, bad.Caret, bad.Span
	}
	return v
}

// An explainer walks all keywords over a tape and writes down each departure.
type explainer struct {
	*eval
	p      *Program
	out    []Violation
	at     []int // the tokens that they are of
	path   []step
	schema string // the component nearest above
	root   object // the object that is being explained, and its schema
	parent object // the one around it
	others int    // branches around that were not meant
	chosen map[memoKey]choice
	quiet  bool // only counting
	count  int
	scores map[memoKey]int
	draft  Violation
	places *tape.Places
	tables map[ID]table
	reason reason
	look   *glance // nil where keys are explained
	around map[object]neighbours
	enums  map[*form][]string // long ones, as JSON
}

// A step is the way from a container to a part of it.
type step struct {
	key   int // token of the key, or -1
	index int // of an item
}

// An object is a value and the outermost schema that speaks of it: what it
// declares is known only there.
type object struct {
	id    ID
	token int
}

// value explains the whole of a value under a schema.
func (x *explainer) value(id ID, token int) {
	if !x.quiet && len(x.out) >= mostViolations {
		return
	}
	f := &x.forms[id]
	if x.steps--; x.steps < 0 {
		x.spent = true
		return
	}
	if x.quiet && x.t.Tokens[token].Next-uint32(token) >= fewTokens {
		// Branches inside branches are counted once, however often they are asked.
		key := memoKey{id, int32(token)}
		if n, known := x.scores[key]; known {
			x.count += n
			return
		}
		defer func(before int) { x.scores[key] = x.count - before }(x.count)
	}
	if f.name != "" {
		defer func(before string) { x.schema = before }(x.schema)
		x.schema = f.name
	}
	if f.never {
		x.neverAllowed(f, token)
		return
	}
	kind := x.t.Tokens[token].Kind
	if f.nullable && kind == tape.Null {
		return
	}
	if f.types != AnyType && !x.hasType(f.types, token) {
		x.wrongType(f, token)
		return
	}
	if f.enum != nil && !x.inEnum(f, token) {
		x.notInEnum(f, token)
		return
	}
	if f.constant != nil && !x.equals(f.constant, token) {
		x.notConstant(f, token)
		return
	}
	switch kind {
	case tape.Number:
		if f.num != nil {
			x.number(f, token)
		}
	case tape.String:
		if f.str != nil {
			x.string(f, token)
		}
	case tape.Array:
		if f.arr != nil {
			x.array(f, token)
		}
	case tape.Object:
		if f.obj != nil {
			x.object(f, token)
		}
	}
	x.inPlace(f, token)
	x.rest(id, f, token)
}

// part explains a part of a value: a member with the token of its key, or an
// item with its index.
func (x *explainer) part(id ID, token int, s step) {
	before := x.root
	x.path = append(x.path, s)
	outer := x.parent
	x.root, x.parent = object{id: id, token: token}, before
	if !x.wrapped(id, token) {
		x.value(id, token)
	}
	x.path = x.path[:len(x.path)-1]
	x.root, x.parent = before, outer
}

func (x *explainer) inPlace(f *form, token int) {
	if f.ref != None {
		x.value(f.ref, token)
	}
	for _, id := range f.allOf {
		x.value(id, token)
	}
	if f.disc != nil {
		if id, picked := x.pick(f.disc, token); picked {
			if !x.branch(id, token) {
				x.unmeant(len(f.disc.order)-1, func() { x.value(id, token) })
			}
			x.conditions(f, token)
			return
		}
		if f.disc.strict && x.unnamed(f.disc, token) {
			x.tagViolation(f, "discriminator", f.disc.order, len(f.disc.order), x.eval.member(token, f.disc.property))
			x.conditions(f, token)
			return
		}
	}
	if f.anyOf != nil && !x.validAny(f.anyOf, token) {
		x.branches(f, "anyOf", f.anyOf, token)
	}
	if f.oneOf != nil && !x.validOne(f.oneOf, token) {
		x.branches(f, "oneOf", f.oneOf, token)
	}
	x.conditions(f, token)
}

// unmeant explains a branch while the others are only counted.
func (x *explainer) unmeant(others int, explain func()) {
	if x.others != 0 {
		explain()
		return
	}
	x.others = max(others, 0)
	explain()
	x.others = 0
}

func (x *explainer) conditions(f *form, token int) {
	if f.not != None && x.branch(f.not, token) {
		x.add(f, Violation{
			Kind: Value, Keyword: "not",
			Message: x.name(token) + " must not be " + x.p.describeItem(f.not),
			Want:    "not " + x.p.describeItem(f.not),
			Found:   x.found(token),
		}, token)
	}
	if f.when == None || f.yes == None && f.no == None {
		return
	}
	next := f.no
	if x.branch(f.when, token) {
		next = f.yes
	}
	if next == None {
		return
	}
	before := x.reason
	if next == f.yes {
		x.reason = reason{token: token, when: f}
	}
	x.value(next, token)
	x.reason = before
}

// A reason says why something must be there that is not required at all times.
type reason struct {
	token int   // of the object
	when  *form // whose condition it keeps
	with  *slot // or a member that it has
}

// because puts the reason into words, if there is one for the object at a token.
func (x *explainer) because(token int) string {
	switch r := &x.reason; {
	case r.token != token:
		return ""
	case r.with != nil:
		return r.with.words()
	case r.when != nil:
		return x.p.conditionWords(r.when.when)
	}
	return ""
}

// words are about an object that has the member.
func (s *slot) words() string { return "with " + tick(s.name, longestName) }

// What a violation weighs where branches are compared: how much would have to
// change. A name that is near to the missing one is the smallest change.
const (
	weight       = 2
	weightOfName = 1
)

// unread counts a violation and reports whether nobody will read it: then its
// words need not be found.
func (x *explainer) unread() bool {
	x.count += weight
	return x.quiet || len(x.out) >= mostViolations
}

// add completes a violation of the value at a token and keeps it.
func (x *explainer) add(f *form, v Violation, token int) {
	if !x.unread() {
		x.file(f, v, token)
	}
}

// file is add for a violation that is counted already.
func (x *explainer) file(f *form, v Violation, token int) {
	tok := &x.t.Tokens[token]
	v.Pointer = x.pointer()
	v.Span = x.span(int(tok.Start), int(tok.End))
	if n := len(x.path); n > 0 && x.path[n-1].key >= 0 {
		v.Key = x.inside(x.path[n-1].key)
		v.Field = x.t.Text(x.path[n-1].key)
	}
	v.Spare = v.Kind == Null && x.spare(v.Field)
	x.draft = v // a violation of its own would be moved to the heap
	x.recognise(&x.draft, token)
	x.keep(f, x.draft, token)
}

// keep files a violation whose place is known. What is said of one value, by two
// keywords or two members of allOf, is one violation.
func (x *explainer) keep(f *form, v Violation, token int) {
	if v.Source == (yaml.Pos{}) {
		v.Source = f.places.of(v.Keyword)
	}
	v.Schema = x.schema
	v.Rule = Rule{Schema: f.places.pos, Keyword: f.places.word(v.Keyword)}
	if v.Rule.Keyword != "" {
		v.Keyword = v.Rule.Keyword
	}
	v.Others = x.others
	if v.Detail.Found == nil && v.Kind != Missing {
		v.Detail.Found = x.foundValue(token, v.Field)
	}
	for i := range x.out {
		if x.at[i] == token && x.merge(&x.out[i], &v) {
			return
		}
	}
	x.at = append(x.at, token)
	x.out = append(x.out, v)
}

func (x *explainer) span(start, end int) faultline.Span {
	if x.places == nil {
		x.places = tape.NewPlaces(x.t.Src)
	}
	return x.places.Span(start, end)
}

// inside is the span of a string between its quotes.
func (x *explainer) inside(token int) faultline.Span {
	return x.span(int(x.t.Tokens[token].Start)+1, int(x.t.Tokens[token].End)-1)
}

func (x *explainer) pointer() string {
	var room [128]byte
	out := room[:0]
	for _, s := range x.path {
		out = append(out, '/')
		if s.key >= 0 {
			out = appendStep(out, x.text(s.key))
		} else {
			out = strconv.AppendInt(out, int64(s.index), 10)
		}
	}
	return string(out)
}

// appendStep is [faultline.EscapePointer] without a string for each name: few
// have anything to escape.
func appendStep(dst, name []byte) []byte {
	if !bytes.ContainsAny(name, "~/") {
		return append(dst, name...)
	}
	return append(dst, faultline.EscapePointer(string(name))...)
}

// twice files the keys that stand twice in one object.
func (x *explainer) twice() {
	in, pointer := -1, "" // of the object: one object may have thousands
	for _, twin := range x.t.Duplicates(mostViolations) {
		if len(x.out) >= mostViolations {
			return
		}
		if twin.In != in {
			in, pointer = twin.In, x.t.Pointer(twin.In)
		}
		name := x.t.Text(twin.Second)
		show := tick(name, longestName)
		first, second := x.t.Tokens[twin.First], x.t.Tokens[twin.Second]
		span := x.span(int(second.Start), int(second.End))
		was := x.span(int(first.Start), int(first.End))
		x.at = append(x.at, twin.Second)
		x.out = append(x.out, Violation{
			Kind:    Duplicate,
			Pointer: pointer + "/" + faultline.EscapePointer(name),
			Field:   name,
			Span:    span,
			Key:     x.inside(twin.Second),
			Message: show + " stands twice in one object",
			Want:    "each name once",
			Found:   show + " in line " + strconv.Itoa(was.Line) + " and again in line " + strconv.Itoa(span.Line),
			Detail:  faultline.Detail{Field: name, Found: x.foundValue(twin.Second+1, "")},
			Source:  x.forms[x.root.id].places.pos,
		})
	}
}

// refuse files that a value of the right type breaks a keyword: "`n`", verb and
// words are the message.
func (x *explainer) refuse(f *form, token int, keyword, verb, words, caret string) {
	if x.unread() {
		return
	}
	x.file(f, Violation{
		Kind: Value, Keyword: keyword,
		Message: x.name(token) + verb + words,
		Want:    x.want(f, token),
		Found:   x.found(token),
		Caret:   caret,
		Detail:  x.detail(f),
	}, token)
}
