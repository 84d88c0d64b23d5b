package schema

import (
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// A choice is the branch of oneOf or anyOf that the sender meant.
type choice struct {
	branch ID // None: it cannot be told
	tag    string
}

// branches explains a value that fits no branch, or more than one of oneOf.
func (x *explainer) branches(f *form, keyword string, list []ID, token int) {
	fits := 0
	var names []string
	for _, id := range list {
		if x.branch(id, token) {
			fits++
			names = append(names, x.branchName(id))
		}
	}
	if fits > 1 {
		x.add(f, Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(token) + " fits " + plural(fits, "form") + " of which only one may fit: " + ticked(names),
			Want:    "exactly one of " + ticked(x.branchNames(list)),
			Found:   x.found(token),
		}, token)
		return
	}
	if x.union(f, keyword, list, token) || x.alone(f, keyword, list, token) {
		return
	}
	if x.discriminated(f, list, token) {
		return
	}
	c := x.choose(list, token)
	if c.tag != "" {
		x.wrongTag(f, keyword, list, c.tag, token)
		return
	}
	before, filed := x.count, len(x.out)
	x.unmeant(len(list)-1, func() { x.value(c.branch, token) })
	if len(x.out) == filed+1 {
		x.alternatives(&x.out[filed], list, token)
	}
	if x.count == before {
		x.add(f, Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(token) + " fits none of " + plural(len(list), "form"),
			Want:    "one of " + ticked(x.branchNames(list)),
			Found:   x.found(token),
		}, token)
	}
}

func (x *explainer) branchNames(list []ID) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = x.branchName(id)
	}
	return out
}

// branchName is the component that a branch is, else its words.
func (x *explainer) branchName(id ID) string {
	if name := x.componentName(id); name != "" {
		return name
	}
	return x.p.Describe(id)
}

// componentName is the component that a schema is or refers to, if any.
func (x *explainer) componentName(id ID) string {
	for next, n := id, 0; next != None && n < deepestChain; next, n = x.forms[next].ref, n+1 {
		if name := x.forms[next].name; name != "" {
			return name
		}
	}
	return ""
}

// union explains branches that are told apart by their types or are lists of
// values: then they are one list, and nobody meant one of them.
func (x *explainer) union(f *form, keyword string, list []ID, token int) bool {
	kind := x.jsonType(token)
	var types Types
	var values []constant
	only := true
	for _, id := range list {
		surface := x.p.Types(id)
		types |= surface
		if surface&kind == 0 {
			continue
		}
		constants := x.p.constants(id)
		if constants == nil {
			only = false
		}
		values = append(values, constants...)
	}
	switch {
	case types&kind == 0:
		v := Violation{
			Kind: Type, Keyword: keyword,
			Message: x.name(token) + " must be " + withArticles(types),
			Want:    withArticles(types),
			Found:   x.found(token),
			Detail:  faultline.Detail{Types: types.Names()},
		}
		if kind == NullType {
			v.Kind = Null
			v.Message = x.name(token) + " must not be null"
		}
		x.count += x.lost(token)
		x.add(f, v, token)
		return true
	case only && len(values) > 0:
		v := Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(token) + " must be " + oneOfWords(values, 4),
			Want:    oneOfWords(values, mostListed),
			Found:   x.found(token),
		}
		for i := range values {
			v.Detail.Enum = append(v.Detail.Enum, values[i].json)
		}
		x.add(f, v, token)
		return true
	}
	return false
}

// alternatives names all fields of which one is missing, where the branches
// differ in nothing else: anyOf: [{required: [email]}, {required: [phone]}].
func (x *explainer) alternatives(v *Violation, list []ID, token int) {
	if v.Kind != Missing || v.Keyword != "required" || len(list) > mostListed || v.Span.Start != int(x.t.Tokens[token].Start) {
		return
	}
	names := []string{v.Field}
	for _, id := range list {
		if x.score(id, token) != weight {
			return
		}
		if name, ok := x.onlyMissing(id, token); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 1 {
		v.Message = "one of " + ticked(names) + " must be there"
	}
}

// onlyMissing is the required member that an object lacks, if it is one.
func (x *explainer) onlyMissing(id ID, token int) (name string, ok bool) {
	n := 0
	x.p.surely(id, func(f *form) bool {
		for i := 0; f.obj != nil && i < len(f.obj.slots); i++ {
			if s := &f.obj.slots[i]; s.required && x.eval.member(token, s.name) < 0 {
				name, n = s.name, n+1
			}
		}
		return true
	})
	return name, n == 1
}

// alone explains a list of one value, or an object around one, where the value
// itself fits: that is one edit, whatever the branches say of the rest.
func (x *explainer) alone(f *form, keyword string, list []ID, token int) bool {
	tok := &x.t.Tokens[token]
	inner, around := token+1, "a list of it"
	switch {
	case tok.Count != 1 || token != x.root.token:
		return false
	case tok.Kind == tape.Array && x.t.Tokens[inner].Kind == tape.Array:
		return false // either of the two lists is one too many
	case tok.Kind == tape.Object:
		inner, around = token+2, "an object around it"
		if _, declared := x.property(x.root.id, x.text(token+1)); declared || x.nearDeclared(x.root.id, token+1) {
			return false
		}
	}
	if !x.worth(inner) || !x.branch(x.root.id, inner) {
		return false
	}
	x.add(f, Violation{
		Kind: Type, Keyword: keyword,
		Message: x.name(token) + " must be the value itself, not " + around,
		Want:    "one of " + ticked(x.branchNames(list)),
		Found:   x.found(token),
	}, token)
	return true
}

// discriminated explains a text of the discriminator's property that names no
// branch, where the branches do not say so themselves.
func (x *explainer) discriminated(f *form, list []ID, token int) bool {
	if f.disc == nil || f.disc.base || x.t.Tokens[token].Kind != tape.Object {
		return false
	}
	value := x.eval.member(token, f.disc.property)
	if value >= 0 && x.t.Tokens[value].Kind != tape.String {
		return false
	}
	if tags := x.tagged(list, f.disc.property); tags != nil {
		return false // choose does it, with the values of the branches
	}
	texts := f.disc.order
	if value >= 0 && !f.disc.strict {
		if texts = x.ownTexts(list, f.disc.property); texts == nil || slices.Contains(texts, x.t.Text(value)) {
			return false // the branches say themselves which texts they have
		}
	}
	if value < 0 {
		s := &slot{name: f.disc.property, schema: None, then: None, source: f.places.of("discriminator")}
		x.unmeant(len(list), func() { x.missing(f, s, token, "discriminator", nil) })
		return true
	}
	x.tagViolation(f, "discriminator", texts, len(list), value)
	return true
}

// ownTexts are the texts that the branches fix a property to; nil unless each
// fixes it.
func (x *explainer) ownTexts(list []ID, property string) []string {
	var out []string
	for _, id := range list {
		texts := x.p.fixedTexts(id, property)
		if texts == nil {
			return nil
		}
		for _, text := range texts {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// tagViolation files a value that should tell the branches apart.
func (x *explainer) tagViolation(f *form, keyword string, texts []string, others, value int) {
	list := make([]constant, len(texts))
	for i, text := range texts {
		list[i] = constant{kind: tape.String, text: text, json: tape.Quote(text)}
	}
	x.path = append(x.path, step{key: value - 1})
	x.unmeant(others, func() {
		v := Violation{
			Kind: Value, Keyword: keyword,
			Message: x.name(value) + " must be " + oneOfWords(list, 4),
			Want:    oneOfWords(list, mostListed),
			Found:   x.found(value),
			Detail:  faultline.Detail{Types: []string{"string"}},
		}
		if x.t.Tokens[value].Kind != tape.String {
			v.Kind = Type
		}
		for i := range list {
			v.Detail.Enum = append(v.Detail.Enum, list[i].json)
		}
		x.add(f, v, value)
	})
	x.path = x.path[:len(x.path)-1]
}

// wrongTag explains a property that all branches fix to a value of their own,
// and that has none of these.
func (x *explainer) wrongTag(f *form, keyword string, list []ID, tag string, token int) {
	value := x.eval.member(token, tag)
	texts := x.tagTexts(list, tag)
	if value >= 0 {
		x.tagViolation(f, keyword, texts, len(list), value)
		return
	}
	member, _ := x.p.Property(list[0], tag)
	s := &slot{name: tag, schema: None, then: None, source: f.places.of(keyword)}
	x.unmeant(len(list), func() { x.missing(f, s, token, "required", nil) })
	if x.quiet && x.hasNear(token, tag) {
		x.count -= weight - weightOfName
	}
	if member != None && !x.quiet && len(x.out) > 0 {
		v := &x.out[len(x.out)-1]
		if v.Kind == Missing && v.Field == tag {
			v.Want = "one of " + ticked(texts) + " (required)"
			v.Detail.Enum = nil
			for _, text := range texts {
				v.Detail.Enum = append(v.Detail.Enum, tape.Quote(text))
			}
		}
	}
}

// choose finds the branch that the sender meant: by a property that the
// branches fix to different texts, else by the type, else by the fewest
// violations.
func (x *explainer) choose(list []ID, token int) choice {
	key := memoKey{list[0], int32(token)}
	if c, known := x.chosen[key]; known {
		return c
	}
	x.chosen[key] = choice{branch: list[0]} // while we look
	c := x.chooseByTag(list, token)
	if c.branch == None && c.tag == "" {
		c = x.chooseByScore(list, token)
	}
	x.chosen[key] = c
	return c
}

func (x *explainer) chooseByTag(list []ID, token int) choice {
	if x.t.Tokens[token].Kind != tape.Object {
		return choice{branch: None}
	}
	var objects []ID
	for _, id := range list {
		if x.p.Types(id)&ObjectType != 0 {
			objects = append(objects, id)
		}
	}
	if len(objects) == 1 {
		return choice{branch: objects[0]}
	}
	for _, property := range x.p.Properties(objects[0]) {
		tags := x.tagged(objects, property.Name)
		if tags == nil {
			continue
		}
		value := x.eval.member(token, property.Name)
		if value < 0 || x.t.Tokens[value].Kind != tape.String {
			return choice{branch: None, tag: property.Name}
		}
		if id, ok := tags[string(x.text(value))]; ok {
			return choice{branch: id}
		}
		return choice{branch: None, tag: property.Name}
	}
	return choice{branch: None}
}

// tagged maps the texts that a property is fixed to in the branches to the
// branches; nil unless each branch that takes objects requires it and they are
// all different.
func (x *explainer) tagged(list []ID, property string) map[string]ID {
	tags := map[string]ID{}
	for _, id := range list {
		if x.p.Types(id)&ObjectType == 0 {
			continue
		}
		texts := x.p.fixedTexts(id, property)
		if texts == nil {
			return nil
		}
		for _, text := range texts {
			if _, taken := tags[text]; taken {
				return nil
			}
			tags[text] = id
		}
	}
	return tags
}

func (x *explainer) tagTexts(list []ID, property string) []string {
	var out []string
	for _, id := range list {
		out = append(out, x.p.fixedTexts(id, property)...)
	}
	return out
}

// fixedTexts are the texts that a schema fixes one of its properties to.
func (p *Program) fixedTexts(id ID, property string) []string {
	member, declared := p.Property(id, property)
	if !declared {
		return nil
	}
	var out []string
	for _, c := range p.constants(member) {
		if c.kind != tape.String {
			return nil
		}
		out = append(out, c.text)
	}
	return out
}

// constants are the values that a schema lists, or nil.
func (p *Program) constants(id ID) []constant {
	var out []constant
	p.surely(id, func(f *form) bool {
		if f.constant != nil {
			out = []constant{*f.constant}
		} else if f.enum != nil {
			out = f.enum
		}
		return out == nil
	})
	return out
}

const (
	// scored is how many branches are tried out in full.
	scored = 24
	// compared is how many are compared by their fixed texts.
	compared = 256
)

func (x *explainer) chooseByScore(list []ID, token int) choice {
	kind := x.jsonType(token)
	candidates := slices.DeleteFunc(slices.Clone(list), func(id ID) bool { return x.p.Types(id)&kind == 0 })
	if len(candidates) == 0 {
		candidates = list
	}
	candidates = x.agreeing(candidates, token)
	best, least := candidates[0], -1
	if len(candidates) > 1 && len(x.out) < mostSlips {
		speaks := -1 // for the best one; only asked where the violations do not tell
		for _, id := range candidates[:min(scored, len(candidates))] {
			switch n := x.score(id, token) + weight*x.undeclared(id, token); {
			case least < 0 || n < least:
				best, least, speaks = id, n, -1
			case n == least:
				if speaks < 0 {
					speaks = x.evidence(best, token)
				}
				if more := x.evidence(id, token); more > speaks {
					best, speaks = id, more
				}
			}
		}
	}
	return choice{branch: best}
}

// agreeing keeps the branches that fix the most of the texts that were sent:
// what is shared with a list of values is no accident.
func (x *explainer) agreeing(list []ID, token int) []ID {
	if len(list) < 2 || x.t.Tokens[token].Kind != tape.Object || x.t.Tokens[token].Count > mostWeighed {
		return list
	}
	var out []ID
	most := 0
	for _, id := range list[:min(compared, len(list))] {
		n := x.agreements(id, token)
		if n > most {
			out, most = out[:0], n
		}
		if n == most {
			out = append(out, id)
		}
	}
	return out
}

// agreements counts the members whose text is one that the schema lists.
func (x *explainer) agreements(id ID, token int) int {
	n := 0
	for key := token + 1; key < int(x.t.Tokens[token].Next); key = int(x.t.Tokens[key+1].Next) {
		if x.t.Tokens[key+1].Kind != tape.String {
			continue
		}
		member, declared := x.property(id, x.text(key))
		if declared && x.p.constants(member) != nil && x.branch(member, key+1) {
			n++
		}
	}
	return n
}

// score weighs the violations of a value against a branch.
func (x *explainer) score(id ID, token int) int {
	quiet, count, others := x.quiet, x.count, x.others
	x.quiet, x.count = true, 0
	x.value(id, token)
	n := x.count
	x.quiet, x.count, x.others = quiet, count, others
	return n
}

func ticked(names []string) string {
	var room [256]byte
	out := room[:0]
	for i, name := range names {
		if i > 0 {
			out = append(out, ", "...)
		}
		if i == mostListed {
			out = append(out, "and more"...)
			break
		}
		out = append(tape.AppendPrintable(append(out, '`'), name, longestName), '`')
	}
	return string(out)
}
