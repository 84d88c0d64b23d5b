package schema

import (
	"slices"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func (x *explainer) array(f *form, token int) {
	r := f.arr
	tok := &x.t.Tokens[token]
	n := int(tok.Count)
	fail := func(keyword, words string) {
		x.add(f, Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(token) + " must have " + words,
			Want:    x.want(f),
			Found:   x.found(token),
			Detail:  f.detail(),
		}, token)
	}
	switch {
	case n < r.min:
		fail("minItems", "at least "+plural(r.min, "item")+", it has "+strconv.Itoa(n))
	case r.max >= 0 && n > r.max:
		fail("maxItems", "at most "+plural(r.max, "item")+", it has "+strconv.Itoa(n))
	}
	i := 0
	for item := token + 1; item < int(tok.Next); item = int(x.t.Tokens[item].Next) {
		id := r.items
		if i < len(r.prefix) {
			id = r.prefix[i]
		}
		if id == None {
			break
		}
		if x.forms[id].never && i >= len(r.prefix) {
			fail("items", "at most "+plural(len(r.prefix), "item")+", it has "+strconv.Itoa(n))
			break
		}
		if !x.branch(id, item) {
			x.part(id, item, step{key: -1, index: i})
		}
		i++
	}
	if r.contains != None {
		x.contains(f, token, fail)
	}
	if r.unique {
		x.unique(f, token)
	}
}

func (x *explainer) contains(f *form, token int, fail func(keyword, words string)) {
	r := f.arr
	fits := x.contained(r, token)
	what := " that is " + x.p.Describe(r.contains)
	switch {
	case fits < r.minContains && r.minContains == 1:
		fail("contains", "at least 1 item"+what)
	case fits < r.minContains:
		fail("minContains", "at least "+plural(r.minContains, "item")+what)
	case r.maxContains >= 0 && fits > r.maxContains:
		fail("maxContains", "at most "+plural(r.maxContains, "item")+what)
	}
}

func (x *explainer) unique(f *form, token int) {
	second := x.twin(token)
	if second < 0 {
		return
	}
	index := 0
	for item := token + 1; item < second; item = int(x.t.Tokens[item].Next) {
		index++
	}
	name := x.name(token)
	x.path = append(x.path, step{key: -1, index: index})
	x.add(f, Violation{
		Kind: Value, Keyword: "uniqueItems",
		Message: name + " must not hold the same item twice",
		Want:    x.want(f),
		Found:   x.found(second) + " a second time",
		Detail:  f.detail(),
	}, second)
	x.path = x.path[:len(x.path)-1]
}

func (x *explainer) object(f *form, token int) {
	r := f.obj
	tok := &x.t.Tokens[token]
	n := int(tok.Count)
	fail := func(keyword, words string) {
		x.add(f, Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(token) + " must have " + words,
			Want:    x.want(f),
			Found:   x.found(token),
			Detail:  f.detail(),
		}, token)
	}
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
				x.missing(f, s, token, "required", "")
			}
			continue
		}
		for _, need := range s.needs {
			if !seen.has(need) {
				x.missing(f, &r.slots[need], token, "dependentRequired", s.name)
			}
		}
		if s.then != None {
			x.value(s.then, token)
		}
	}
}

// member explains one member.
func (x *explainer) member(f *form, seen slotBits, key int) {
	r := f.obj
	s := step{key: key}
	declared := false
	if i, ok := r.index[string(x.text(key))]; ok {
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
	if !x.branch(id, token) {
		x.part(id, token, s)
	}
}

// unknown files a member that is not allowed; the path leads to it.
func (x *explainer) unknown(f *form, key int, keyword string) {
	x.count++
	if x.quiet || len(x.out) >= mostViolations {
		return
	}
	tok := &x.t.Tokens[key]
	name := x.t.Text(key)
	show := "`" + tape.Printable([]byte(name), longestName) + "`"
	owner := x.owner()
	v := Violation{
		Kind: Unknown, Keyword: keyword,
		Pointer: x.pointer(),
		Field:   name,
		Span:    x.span(int(tok.Start), int(tok.End)),
		Key:     x.inside(key),
		Message: show + " is not a field of " + owner,
		Found:   tape.Printable([]byte(name), longestName) + ", " + article(x.typeName(key+1)),
	}
	v.Undeclared, v.Declared = x.neighbours()
	v.Want = "no field of this name"
	if len(v.Declared) > 0 {
		v.Want = "one of " + ticked(v.Declared)
	}
	x.keep(f, v, key+1)
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

// missing files a member that should be there.
func (x *explainer) missing(f *form, s *slot, token int, keyword, because string) {
	x.count++
	if x.quiet || len(x.out) >= mostViolations {
		return
	}
	tok := &x.t.Tokens[token]
	show := "`" + tape.Printable([]byte(s.name), longestName) + "`"
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
	if because != "" {
		v.Message += ": an object with `" + tape.Printable([]byte(because), longestName) + "` must have it"
	}
	if member != None {
		v.Want = x.p.describeMember(member) + " (required)"
		v.Detail = x.p.detail(member)
		if declared && s.schema == None {
			v.Source = x.forms[member].node.Pos
		}
	}
	v.Detail.Field, v.Detail.Required = s.name, true
	v.Undeclared, v.Declared = x.neighbours()
	x.keep(f, v, token)
}

// neighbours are the members of an object that its schemas do not declare, and
// the names that they do. All violations of the object share them.
type neighbours struct {
	undeclared []Member
	declared   []string
}

func (x *explainer) neighbours() (undeclared []Member, declared []string) {
	n, known := x.around[x.root]
	if !known && x.t.Tokens[x.root.token].Kind == tape.Object {
		n.undeclared, n.declared = x.lookAround()
		x.around[x.root] = n
	}
	return n.undeclared, n.declared
}

// mostNeighbours is how many undeclared members a violation tells of.
const mostNeighbours = 256

func (x *explainer) lookAround() (undeclared []Member, declared []string) {
	object := x.root.token
	names := map[string]bool{}
	x.declares(x.root.id, object, func(name string) {
		if !names[name] {
			names[name] = true
			declared = append(declared, name)
		}
	}, map[ID]bool{})
	for key := object + 1; key < int(x.t.Tokens[object].Next) && len(undeclared) < mostNeighbours; key = int(x.t.Tokens[key+1].Next) {
		name := x.t.Text(key)
		if names[name] {
			continue
		}
		value := x.t.Tokens[key+1]
		undeclared = append(undeclared, Member{
			Name:  name,
			Key:   x.inside(key),
			Value: x.span(int(value.Start), int(value.End)),
			Type:  x.typeName(key + 1),
		})
	}
	return undeclared, declared
}

// declares goes over the names that the schemas of an object declare. Of
// branches it takes those that fit, else the one that was chosen, else all.
func (x *explainer) declares(id ID, token int, visit func(string), seen map[ID]bool) {
	if id == None || seen[id] {
		return
	}
	seen[id] = true
	f := &x.forms[id]
	if f.obj != nil {
		for i := range f.obj.slots {
			if f.obj.slots[i].schema != None && !x.forms[f.obj.slots[i].schema].never {
				visit(f.obj.slots[i].name)
			}
		}
	}
	x.declares(f.ref, token, visit, seen)
	for _, next := range f.allOf {
		x.declares(next, token, visit, seen)
	}
	if f.disc != nil {
		if next, picked := x.pick(f.disc, token); picked {
			x.declares(next, token, visit, seen)
			return
		}
	}
	for _, list := range [...][]ID{f.anyOf, f.oneOf} {
		for _, next := range x.relevant(list, token) {
			x.declares(next, token, visit, seen)
		}
	}
	x.declares(f.yes, token, visit, seen)
	x.declares(f.no, token, visit, seen)
	if f.obj != nil {
		for i := range f.obj.slots {
			x.declares(f.obj.slots[i].then, token, visit, seen)
		}
	}
}

func (x *explainer) relevant(list []ID, token int) []ID {
	if len(list) == 0 {
		return nil
	}
	if c, ok := x.chosen[memoKey{list[0], int32(token)}]; ok && c.branch != None {
		return []ID{c.branch}
	}
	var fit []ID
	for _, id := range list {
		if x.branch(id, token) {
			fit = append(fit, id)
		}
	}
	if fit != nil {
		return fit
	}
	return list
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
	show := "`" + tape.Printable([]byte(name), longestName) + "`"
	v := Violation{
		Kind: Unknown, Keyword: "propertyNames",
		Field:   name,
		Span:    x.span(int(tok.Start), int(tok.End)),
		Key:     x.inside(key),
		Message: show + " is not allowed as a name here",
		Want:    "a name that is " + x.p.Describe(f.obj.names),
		Found:   x.found(key),
	}
	if len(inner.out) > 0 {
		v.Source = inner.out[0].Source
	}
	x.path = append(x.path, step{key: key})
	v.Pointer = x.pointer()
	v.Undeclared, v.Declared = x.neighbours()
	x.keep(f, v, key+1)
	x.path = x.path[:len(x.path)-1]
}

// rest explains unevaluatedProperties and unevaluatedItems.
func (x *explainer) rest(id ID, f *form, token int) {
	next := x.restOf(f, token)
	if next == None {
		return
	}
	marks := x.evaluated(id, token, true)
	evaluated := slices.Clone(x.marks[marks:])
	x.marks = x.marks[:marks]
	isObject := x.t.Tokens[token].Kind == tape.Object
	n := -1
	x.parts(token, func(value int) bool {
		n++
		if evaluated[n] || x.branch(next, value) {
			return true
		}
		switch {
		case isObject && x.forms[next].never:
			x.path = append(x.path, step{key: value - 1})
			x.unknown(f, value-1, "unevaluatedProperties")
			x.path = x.path[:len(x.path)-1]
		case isObject:
			x.part(next, value, step{key: value - 1})
		case x.forms[next].never:
			x.add(f, Violation{
				Kind: Value, Keyword: "unevaluatedItems",
				Message: x.name(token) + " must have at most " + plural(n, "item") + ", it has " + strconv.Itoa(int(x.t.Tokens[token].Count)),
				Want:    "at most " + plural(n, "item"),
				Found:   x.found(token),
				Detail:  faultline.Detail{Types: []string{"array"}},
			}, token)
			return false
		default:
			x.part(next, value, step{key: -1, index: n})
		}
		return true
	})
}
