package schema

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
)

func (x *explainer) object(f *form, token int) {
	r := f.obj
	tok := &x.t.Tokens[token]
	n := int(tok.Count)
	fail := func(keyword, words string) { x.refuse(f, token, keyword, " must have ", words, "") }
	switch {
	case n < r.min:
		fail("minProperties", "at least "+plural(r.min, "member")+", it has "+strconv.Itoa(n))
	case r.max >= 0 && n > r.max:
		fail("maxProperties", "at most "+plural(r.max, "member")+", it has "+strconv.Itoa(n))
	}
	seen := x.pushBits(len(r.slots))
	defer seen.pop()
	for key := token + 1; key < int(tok.Next); key = int(x.t.Tokens[key+1].Next) {
		if r.names != None && !x.branch(r.names, key) {
			x.badName(f, key)
		}
		x.member(f, seen, key)
	}
	for i := range r.slots {
		s := &r.slots[i]
		if !seen.has(int32(i)) {
			if s.required {
				x.missing(f, s, token, "required", nil)
				if x.quiet {
					x.renamed(f, token, s)
				}
			}
			continue
		}
		for _, need := range s.needs {
			if !seen.has(need) {
				x.missing(f, &r.slots[need], token, "dependentRequired", s)
			}
		}
		if s.then != None {
			before := x.reason
			x.reason = reason{token: token, with: s}
			x.value(s.then, token)
			x.reason = before
		}
	}
}

// member explains one member.
func (x *explainer) member(f *form, seen slotBits, key int) {
	r := f.obj
	s := step{key: key}
	declared := false
	if i := int32(r.finder.find(x.text(key))); i >= 0 {
		seen.set(i)
		if id := r.slots[i].schema; id != None {
			declared = true
			x.checkPart(id, key+1, s)
		}
	}
	for i := range r.patterns {
		if x.matches(r.patterns[i].pattern, key) {
			declared = true
			x.checkPart(r.patterns[i].schema, key+1, s)
		}
	}
	if declared || r.rest == None {
		return
	}
	if x.forms[r.rest].never {
		x.path = append(x.path, s)
		x.unknown(f, key, "additionalProperties")
		x.path = x.path[:len(x.path)-1]
		return
	}
	x.checkPart(r.rest, key+1, s)
}

func (x *explainer) checkPart(id ID, token int, s step) {
	if !x.fits(id, token) {
		x.part(id, token, s)
	}
}

// unknown files a member that is not allowed; the path leads to it.
func (x *explainer) unknown(f *form, key int, keyword string) {
	if x.count += x.lost(key + 1); x.unread() {
		return
	}
	x.keep(f, x.unknownMember(key, keyword), key+1)
}

func (x *explainer) unknownMember(key int, keyword string) Violation {
	tok := &x.t.Tokens[key]
	name := x.t.Text(key)
	v := Violation{
		Kind: Unknown, Keyword: keyword,
		Pointer: x.pointer(),
		Field:   name,
		Span:    x.span(int(tok.Start), int(tok.End)),
		Key:     x.inside(key),
		Found:   tape.Printable(name, longestName) + ", " + Article(x.typeName(key+1)),
	}
	v.Message = v.shown() + " is not a field of " + x.owner()
	v.Undeclared, v.Declared = x.neighbours()
	v.Want = "no field of this name"
	if keyword == "false" {
		v.Message = v.shown() + " is not allowed here"
	} else if len(v.Declared) > 0 {
		v.Want = "one of " + ticked(v.Declared)
	}
	return v
}

// shown is the name of the member as messages write it.
func (v *Violation) shown() string {
	return tick(v.Field, longestName)
}

// owner names the object around the end of the path.
func (x *explainer) owner() string {
	if x.schema != "" {
		return x.schema
	}
	if len(x.path) < 2 {
		return "the body"
	}
	last := x.path[len(x.path)-1]
	x.path = x.path[:len(x.path)-1]
	defer func() { x.path = append(x.path, last) }()
	return x.name(x.root.token)
}

// missing files a member that should be there: because of another one, if with
// is set.
func (x *explainer) missing(f *form, s *slot, token int, keyword string, with *slot) {
	if x.unread() {
		return
	}
	tok := &x.t.Tokens[token]
	show := tick(s.name, longestName)
	member, declared := x.p.Property(x.root.id, s.name)
	v := Violation{
		Kind: Missing, Keyword: keyword,
		Pointer: x.pointer(),
		Field:   s.name,
		Span:    x.span(int(tok.Start), int(tok.Start)+1),
		Message: show + " is missing",
		Want:    "a value (required)",
		Found:   "nothing",
		Source:  s.source,
	}
	if n := len(x.path); n > 0 && x.path[n-1].key >= 0 {
		v.Key = x.inside(x.path[n-1].key)
	}
	because := x.because(token)
	if with != nil {
		because = with.words()
	}
	if because != "" {
		v.Message += ": an object " + because + " must have it"
	}
	if member != None {
		v.Want = x.p.describeMember(member) + " (required)"
		v.Detail = x.p.detail(member)
		if declared && s.schema == None {
			v.Source = x.forms[member].places.pos
		}
	}
	v.Detail.Field, v.Detail.Required = s.name, true
	v.Undeclared, v.Declared = x.neighbours()
	x.keep(f, v, token)
}

// badName files a name that propertyNames refuses.
func (x *explainer) badName(f *form, key int) {
	inner := explainer{eval: x.eval, p: x.p, schema: x.schema, chosen: x.chosen, scores: x.scores, around: x.around, places: x.places, root: object{f.obj.names, key}, quiet: x.quiet}
	inner.value(f.obj.names, key)
	x.count += max(1, inner.count)
	if x.quiet || len(x.out) >= mostViolations {
		return
	}
	tok := &x.t.Tokens[key]
	name := x.t.Text(key)
	show := tick(name, longestName)
	v := Violation{
		Kind: Unknown, Keyword: "propertyNames",
		Field:   name,
		Span:    x.span(int(tok.Start), int(tok.End)),
		Key:     x.inside(key),
		Message: show + " is not allowed as a name here",
		Want:    "a name: " + strings.TrimPrefix(x.p.Describe(f.obj.names), "any value, "),
		Found:   x.found(key),
	}
	if len(inner.out) > 0 {
		v.Source = inner.out[0].Source
		if words, ok := strings.CutPrefix(inner.out[0].Message, "the body "); ok {
			v.Message += ": it " + words
		}
	}
	x.path = append(x.path, step{key: key})
	v.Pointer = x.pointer()
	v.Undeclared, v.Declared = x.neighbours()
	x.keep(f, v, key+1)
	x.path = x.path[:len(x.path)-1]
}
