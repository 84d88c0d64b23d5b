package schema

import "fmt"

// A size is the range that the forms leave to a length or a count.
type size struct {
	min, max         int // max -1: none
	minForm, maxForm *form
}

// narrow takes the bounds of one form into account.
func (s *size) narrow(f *form, least, most int) {
	if least > s.min || s.minForm == nil && least > 0 {
		s.min, s.minForm = least, f
	}
	if most >= 0 && (s.max < 0 || most < s.max) {
		s.max, s.maxForm = most, f
	}
}

// clash says that nothing lies between the bounds, or is nil.
func (s *size) clash(c *critic, owner *form, what, least, most string) *Contradiction {
	if s.max < 0 || s.min <= s.max {
		return nil
	}
	return &Contradiction{
		Clash: ClashBounds, Schema: c.node(owner), Pos: c.place(owner, s.maxForm, most),
		Msg:    fmt.Sprintf("no %s keeps both `%s: %d` and `%s: %d`%s", what, least, s.min, most, s.max, whereWords(owner, s.minForm, s.maxForm)),
		Remedy: fmt.Sprintf("let `%s` be at most `%s`", least, most),
	}
}

// strings looks for lengths that no string has.
func (c *critic) strings(owner *form, set []*form, _ Types, _ int, say func(*Contradiction)) *Contradiction {
	s := size{max: -1}
	for _, f := range set {
		if f.str != nil {
			s.narrow(f, f.str.min, f.str.max)
		}
	}
	out := s.clash(c, owner, "string", "minLength", "maxLength")
	for _, f := range set {
		if out == nil && f.str != nil && f.str.pattern != nil {
			out = c.pattern(owner, f, &s)
		}
	}
	if out != nil {
		say(out)
	}
	return out
}

// pattern looks for a pattern that no string of the length matches.
func (c *critic) pattern(owner, f *form, s *size) *Contradiction {
	re := f.str.pattern.re
	out := &Contradiction{Clash: ClashPattern, Schema: c.node(owner), Pos: c.place(owner, f, "pattern")}
	if empty, known := re.Empty(); known && empty {
		if owner != f {
			return nil // said there
		}
		out.Msg = "no string matches the pattern `" + f.str.pattern.show() + "`"
		out.Remedy = "correct the pattern: `^` and `$` stand for the ends of the text"
		return out
	}
	if s.min == 0 && s.max < 0 || s.min > longestFit || s.max > longestFit {
		return nil
	}
	if fits, known := re.Fits(s.min, s.max); fits || !known {
		return nil
	}
	least, most := re.Fits(s.min, -1)
	bound, by := fmt.Sprintf("`maxLength: %d`", s.max), s.maxForm
	if most && !least {
		bound, by = fmt.Sprintf("`minLength: %d`", s.min), s.minForm
	}
	out.Msg = fmt.Sprintf("no string keeps both %s and the pattern `%s`%s", bound, f.str.pattern.show(), whereWords(owner, f, by))
	out.Remedy = "let the pattern match strings of a length that is allowed"
	return out
}

// longestFit is up to which length patterns are asked for a string.
const longestFit = 4096

// arrays looks for counts that no array has.
func (c *critic) arrays(owner *form, set []*form, _ Types, _ int, say func(*Contradiction)) *Contradiction {
	s := size{max: -1}
	for _, f := range set {
		if f.arr != nil {
			s.narrow(f, f.arr.min, f.arr.max)
		}
	}
	out := s.clash(c, owner, "array", "minItems", "maxItems")
	for _, f := range set {
		if out == nil && f.arr != nil {
			out = c.items(owner, f, set, &s)
		}
	}
	if out != nil {
		say(out)
	}
	return out
}

// items looks at what one form says of the items, where some must be there.
func (c *critic) items(owner, f *form, set []*form, s *size) *Contradiction {
	r := f.arr
	out := &Contradiction{Clash: ClashItems, Schema: c.node(owner)}
	switch {
	case r.contains != None && r.maxContains >= 0 && r.minContains > r.maxContains:
		out.Pos = c.place(owner, f, "maxContains")
		out.Msg = fmt.Sprintf("no array keeps both `minContains: %d` and `maxContains: %d`", r.minContains, r.maxContains)
		out.Remedy = "let `minContains` be at most `maxContains`"
	case r.contains != None && s.max >= 0 && r.minContains > s.max:
		out.Pos = c.place(owner, f, "contains")
		out.Msg = fmt.Sprintf("%s must keep `contains`, and `maxItems` allows %d", plural(r.minContains, "item"), s.max)
		out.Remedy = "allow more items"
	case r.items != None && c.p.forms[r.items].never && s.min > len(r.prefix):
		out.Pos = c.place(owner, s.minForm, "minItems")
		out.Msg = fmt.Sprintf("`minItems: %d` asks for more items than `items: false` allows", s.min)
		out.Remedy = "lower `minItems`, or allow further items"
	case s.min > 0 && r.items != None && len(r.prefix) == 0 && distinct(set):
		n, known := c.choices(r.items)
		if !known || n >= s.min {
			return nil
		}
		out.Pos = c.place(owner, f, "uniqueItems")
		out.Msg = fmt.Sprintf("`minItems: %d` asks for more items than there are different values: %d", s.min, n)
		out.Remedy = "lower `minItems`, or leave `uniqueItems` out"
	default:
		return nil
	}
	return out
}

func distinct(set []*form) bool {
	for _, f := range set {
		if f.arr != nil && f.arr.unique {
			return true
		}
	}
	return false
}

// choices is how many different values a schema has, if they are listed.
func (c *critic) choices(id ID) (int, bool) {
	set, ok := c.together([]ID{id})
	if !ok {
		return 0, false
	}
	if from := enumOf(set); from != nil {
		values := from.values()
		if len(values) > mostTried {
			return 0, false
		}
		n := 0
		for i := range values {
			if !listedBefore(values, i) && c.passes(set, &values[i]) {
				n++
			}
		}
		return n, true
	}
	switch types := c.types(set); types {
	case BoolType:
		return 2, true
	case NullType:
		return 1, true
	case BoolType | NullType:
		return 3, true
	}
	return 0, false
}

// listedBefore reports whether a value of a list stands in it earlier, as it is
// written.
func listedBefore(values []constant, i int) bool {
	for j := range i {
		if values[j].json == values[i].json {
			return true
		}
	}
	return false
}
