package schema

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func (x *explainer) wrongType(f *form, token int) {
	if x.count += x.lost(token); f.types&^(ArrayType|ObjectType) == 0 {
		x.count++ // a scalar where a container should be, or one for the other
	}
	if x.unread() {
		return
	}
	v := Violation{
		Kind: Type, Keyword: "type",
		Message: x.name(token) + " must be " + withArticles(f.types),
		Want:    x.want(f, token),
		Found:   x.found(token),
		Detail:  x.detail(f),
	}
	if x.t.Tokens[token].Kind == tape.Null {
		v.Kind = Null
		v.Message = x.name(token) + " must not be null"
	}
	x.file(f, v, token)
}

// want is what the form alone says, in words. A form that says nothing of the
// type means that of the value, for which it says something.
func (x *explainer) want(f *form, token int) string {
	var d describer
	if d.form(x.p, f); f.types == AnyType && f.enum == nil && f.constant == nil {
		d = describer{types: kindTypes(x.t.Tokens[token].Kind)}
		d.rules(x.p, f)
		d.setNoun()
	}
	return d.String()
}

// detail is what the form says, for machines.
func (x *explainer) detail(f *form) faultline.Detail {
	d := faultline.Detail{}
	if f.types != AnyType {
		d.Types = f.types.Names()
		if f.nullable {
			d.Types = append(d.Types, "null")
		}
	}
	if f.str != nil {
		d.Format = f.str.name
	}
	if f.num != nil && d.Format == "" {
		d.Format = f.num.format
	}
	d.Enum = x.enum(f)
	if f.constant != nil {
		d.Enum = []string{f.constant.json}
	}
	return d
}

// enum is the enum of a form as JSON. Violations share that of a long one.
func (x *explainer) enum(f *form) []string {
	if list := x.enums[f]; list != nil {
		return list
	}
	list := texts(f.enum)
	if f.among != nil {
		if x.enums == nil {
			x.enums = map[*form][]string{}
		}
		x.enums[f] = list
	}
	return list
}

// texts are constants as JSON.
func texts(list []constant) []string {
	var out []string
	if len(list) > 0 {
		out = make([]string, len(list))
	}
	for i := range list {
		out[i] = list[i].json
	}
	return out
}

func (x *explainer) notInEnum(f *form, token int) {
	x.notAmong(f, "enum", f.enum, token)
}

func (x *explainer) notConstant(f *form, token int) {
	x.notAmong(f, "const", []constant{*f.constant}, token)
}

func (x *explainer) notAmong(f *form, keyword string, list []constant, token int) {
	if x.unread() {
		return
	}
	v := Violation{
		Kind: Value, Keyword: keyword,
		Message: x.name(token) + " must be " + oneOfWords(list, 4),
		Want:    oneOfWords(list, mostListed),
		Found:   x.found(token),
		Detail:  x.detail(f),
	}
	switch {
	case x.t.Tokens[token].Kind == tape.Null:
		v.Kind = Null
		v.Message = x.name(token) + " must not be null"
	case typesOf(list)&x.jsonType(token) == 0 && f.types == AnyType:
		v.Kind = Type
	}
	if len(list) == 0 {
		v.Message = x.name(token) + " cannot have any value: the list of allowed ones is empty"
	}
	x.file(f, v, token)
}

func (x *explainer) number(f *form, token int) {
	r := f.num
	if r.plain && !isPlainInteger(x.t.Bytes(token)) {
		x.wrongType(f, token)
		return
	}
	d := parseDecimal(x.t.Bytes(token))
	fail := func(keyword, words string) { x.refuse(f, token, keyword, " must be ", words, "") }
	for i := range r.bounds {
		if b := &r.bounds[i]; !b.holds(&d) {
			fail(b.keyword, b.words())
		}
	}
	if r.divisor.given() && !r.divisor.divides(&d) {
		fail("multipleOf", "a multiple of "+r.step)
	}
	if r.format != "" && !r.inRange(&d) {
		if r.whole && !d.integer() {
			fail("format", "a number without a fraction ("+r.format+")")
		} else {
			fail("format", "within the range of "+r.format)
		}
	}
}

func (x *explainer) string(f *form, token int) {
	r := f.str
	fail := func(keyword, words string) { x.refuse(f, token, keyword, " ", words, "") }
	n := utf8.RuneCount(x.text(token))
	switch {
	case n < r.min && n == 0:
		fail("minLength", "must not be empty")
	case n < r.min:
		fail("minLength", "must have at least "+plural(r.min, "character")+", it has "+strconv.Itoa(n))
	case r.max >= 0 && n > r.max:
		fail("maxLength", "must have at most "+plural(r.max, "character")+", it has "+strconv.Itoa(n))
	}
	if r.pattern != nil {
		ok, err := x.match(r.pattern, x.text(token))
		switch {
		case errors.Is(err, errCostly):
			fail("pattern", "takes too long to compare with the pattern `"+r.pattern.show()+"`")
		case !ok:
			fail("pattern", "must match `"+r.pattern.show()+"`")
		}
	}
	if r.content != nil {
		if keyword := x.brokenContent(r.content, x.text(token)); keyword != "" {
			fail(keyword, r.content.words(keyword))
		}
	}
	if r.format != nil {
		if _, why := r.format.Fault(x.text(token)); why != "" {
			x.refuse(f, token, "format", " must be ", r.format.Words()+", such as `"+r.format.Example()+"`", why)
		}
	}
}

func (x *explainer) neverAllowed(f *form, token int) {
	v := Violation{
		Kind: Unknown, Keyword: "false",
		Message: x.name(token) + " is not allowed here",
		Want:    "nothing",
		Found:   x.found(token),
	}
	if n := len(x.path); n == 0 || x.path[n-1].key < 0 {
		v.Kind = Value
		x.add(f, v, token)
		return
	}
	x.unknown(f, x.path[len(x.path)-1].key, "false")
}
