package schema

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// types are those that all forms leave.
func (c *critic) types(set []*form) Types {
	types := AnyType
	for _, f := range set {
		types &= f.allowed()
	}
	for _, f := range set {
		if f.not != None {
			types &^= c.refused(f.not)
		}
	}
	return types
}

func (f *form) allowed() Types {
	if f.nullable {
		return f.types | NullType
	}
	return f.types
}

// refused are the types all of whose values keep the schema of a not.
func (c *critic) refused(id ID) Types {
	f := &c.p.forms[id]
	if !f.typesAlone() {
		return 0
	}
	types := f.allowed()
	if types&IntegerType != 0 && types&NumberType == 0 {
		types &^= IntegerType // numbers with a fraction are left, and the set cannot say so
	}
	return types
}

// typesAlone reports whether a form says nothing but which types it takes.
func (f *form) typesAlone() bool {
	return f.err == nil && !f.never && f.ref == None && len(f.allOf)+len(f.anyOf)+len(f.oneOf) == 0 && f.enum == nil && f.constant == nil &&
		f.num == nil && f.str == nil && f.arr == nil && f.obj == nil && f.not == None && f.when == None &&
		f.disc == nil && f.unevaluated == None && f.unevaluatedArr == None
}

// noType says which two forms leave no type.
func (c *critic) noType(owner *form, set []*form) *Contradiction {
	out := &Contradiction{Clash: ClashTypes, Schema: c.node(owner), Total: true, Remedy: "let both name the same type"}
	left := AnyType
	var first *form
	for _, f := range set {
		if left&f.allowed() == 0 && first != nil {
			out.Pos = c.place(owner, f, "type")
			out.Msg = fmt.Sprintf("no value is both %s and %s%s", allowedWords(first), allowedWords(f), whereWords(owner, first, f))
			return out
		}
		if left&f.allowed() != left {
			left &= f.allowed()
			first = f
		}
	}
	out.Clash = ClashNever
	out.Pos = c.keyword(owner, "not")
	out.Msg = "`not` refuses every value that the rest of the schema allows"
	out.Remedy = "let `not` name what is refused, or leave the schema out"
	return out
}

func allowedWords(f *form) string { return orList(f.allowed().spoken()) }

// place is where two forms meet: the keyword itself, if the owner has it, else
// what brings the other form in.
func (c *critic) place(owner, f *form, keyword string) yaml.Pos {
	if owner == f || c.within(owner, f) {
		return c.keyword(f, keyword)
	}
	for _, name := range [...]string{"allOf", "$ref"} {
		if c.member(owner, name) != nil {
			return c.keyword(owner, name)
		}
	}
	return c.keyword(owner, keyword)
}

// within reports whether a form stands in the text of another one, as far as
// places tell.
func (c *critic) within(owner, f *form) bool {
	all := c.member(owner, "allOf")
	if all == nil {
		return false
	}
	for _, item := range all.Value.Items {
		if item == c.node(f) {
			return true
		}
	}
	return false
}

// whereWords names the component, if one of the two is none of the owner's.
func whereWords(owner *form, forms ...*form) string {
	var names []string
	for _, f := range forms {
		if f != owner && f.name != "" {
			names = append(names, "`"+f.name+"`")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// listed tries the values of enum and const, if there are any: they decide.
func (c *critic) listed(owner *form, set []*form, say func(*Contradiction)) (why *Contradiction, decided bool) {
	from := enumOf(set)
	if from == nil {
		return nil, false
	}
	values := from.values()
	if len(values) > mostTried || len(values) == 0 {
		return nil, len(values) > 0
	}
	var bad []int
	for i := range values {
		if !c.passes(set, &values[i]) {
			bad = append(bad, i)
		}
	}
	switch {
	case len(bad) == len(values):
		why = c.noValue(owner, from, set, values)
		say(why)
		return why, true
	case from == owner && from.enum != nil && c.alone(owner):
		for _, i := range bad {
			say(c.deadValue(owner, &values[i], i))
		}
	}
	return nil, true
}

// alone reports whether what refuses a value is said by the form itself.
func (c *critic) alone(f *form) bool { return f.ref == None && len(f.allOf) == 0 }

func enumOf(set []*form) *form {
	for _, f := range set {
		if f.enum != nil || f.constant != nil {
			return f
		}
	}
	return nil
}

func (f *form) values() []constant {
	if f.constant != nil {
		return []constant{*f.constant}
	}
	return f.enum
}

// passes reports whether a value keeps all forms. Combinations that are not
// certain are left to the program.
func (c *critic) passes(set []*form, v *constant) bool {
	if tape.Parse(&c.s.tape, []byte(v.json), c.p.limits()) != nil {
		return true
	}
	c.s.eval.begin(c.p.forms, &c.s.tape)
	for _, f := range set {
		if !c.passesOne(f, v) {
			return false
		}
	}
	return true
}

// passesOne holds the value against what the form says by itself.
func (c *critic) passesOne(f *form, v *constant) bool {
	e := &c.s.eval
	if f.nullable && v.kind == tape.Null {
		return true
	}
	if f.types != AnyType && !e.hasType(f.types, 0) || f.enum != nil && !e.inEnum(f, 0) || f.constant != nil && !e.equals(f.constant, 0) {
		return false
	}
	switch v.kind {
	case tape.Number:
		return f.num == nil || e.validNumber(f.num, 0)
	case tape.String:
		return f.str == nil || e.validString(f.str, 0)
	}
	return true
}

func (c *critic) noValue(owner, from *form, set []*form, values []constant) *Contradiction {
	keyword := "enum"
	if from.constant != nil {
		keyword = "const"
	}
	out := &Contradiction{Clash: ClashEnum, Schema: c.node(owner), Total: true, Pos: c.place(owner, from, keyword)}
	out.Remedy = "let `" + keyword + "` and the keywords beside it allow the same values"
	if from == owner {
		out.Pos = c.keyword(from, keyword)
	}
	what := "no value of `enum`"
	if len(values) == 1 {
		what = "`" + tape.Printable([]byte(values[0].json), longestValue) + "`, the only value of `" + keyword + "`,"
	}
	types := c.types(set)
	if !anyHas(values, types) && types != 0 {
		out.Msg = what + " is " + Article(orList(types.spoken())) + whereWords(owner, set...)
		if len(values) == 1 {
			out.Msg = what + " is not " + Article(orList(types.spoken()))
		}
		out.Remedy = "write values of the type that the schema names"
		return out
	}
	if other := secondEnum(set, from); other != nil {
		out.Msg = "two lists of values have none in common" + whereWords(owner, from, other)
		out.Remedy = "let the lists share a value"
		return out
	}
	out.Msg = what + " keeps the rest of the schema"
	if len(values) == 1 {
		out.Msg = what + " does not keep the rest of the schema"
	}
	return out
}

func anyHas(values []constant, types Types) bool {
	for i := range values {
		if values[i].types()&types != 0 {
			return true
		}
	}
	return false
}

func secondEnum(set []*form, first *form) *form {
	for _, f := range set {
		if f != first && (f.enum != nil || f.constant != nil) {
			return f
		}
	}
	return nil
}

// deadValue is about one value of enum that nobody can send.
func (c *critic) deadValue(owner *form, v *constant, i int) *Contradiction {
	pos := c.keyword(owner, "enum")
	if m := c.member(owner, "enum"); m != nil && i < len(m.Value.Items) {
		pos = m.Value.Items[i].Pos
	}
	shown := "`" + tape.Printable([]byte(v.json), longestValue) + "` stands in `enum`, but "
	out := &Contradiction{Clash: ClashValue, Schema: c.node(owner), Pos: pos, Remedy: "take it out of `enum`, or let the rest of the schema allow it"}
	if v.types()&owner.allowed() == 0 {
		out.Msg = shown + "is not " + Article(orList(owner.allowed().spoken()))
		if v.kind == tape.Null {
			out.Msg = shown + "the type does not allow null"
		}
		return out
	}
	out.Msg = shown + "the rest of the schema refuses it"
	return out
}
