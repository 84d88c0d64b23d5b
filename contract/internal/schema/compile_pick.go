package schema

import (
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

// pick makes a table that tells the branches apart by a member.
func (j *conjunction) pick() (*vpick, bool) {
	f := j.group.form
	p := j.c.p
	pick := &vpick{table: map[string]int32{}, other: viaTape}
	if d := f.disc; d != nil {
		pick.property = d.property
		for _, text := range d.order {
			pick.table[text] = j.with(d.branches[text])
		}
		if d.other != None {
			return pick, true
		}
		if d.base {
			pick.other = j.with(None)
			return pick, true
		}
	}
	tags, property := p.tags(j.group.list, pick.property)
	if tags == nil {
		return pick, f.disc != nil
	}
	pick.property, pick.other = property, refuse
	for text, id := range tags {
		if _, taken := pick.table[text]; !taken {
			pick.table[text] = j.with(id)
		}
	}
	return pick, true
}

// tags finds a property, or takes the one given, that each branch requires and
// fixes to texts of its own.
func (p *Program) tags(list []ID, property string) (tags map[string]ID, name string) {
	for _, candidate := range p.Properties(list[0]) {
		if property != "" && candidate.Name != property {
			continue
		}
		if tags := p.tagsOf(list, candidate.Name); tags != nil {
			return tags, candidate.Name
		}
	}
	return nil, ""
}

func (p *Program) tagsOf(list []ID, property string) map[string]ID {
	tags := map[string]ID{}
	for _, id := range list {
		if !p.requires(id, property) {
			return nil
		}
		texts := p.sureTexts(id, property)
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

// settleDiscriminators lets branches that fix the discriminator's property to
// texts of their own be told apart by these.
func (p *Program) settleDiscriminators() {
	for i := range p.forms {
		d := p.forms[i].disc
		if d == nil || !d.strict {
			continue
		}
		for _, list := range [...][]ID{p.forms[i].oneOf, p.forms[i].anyOf} {
			for _, id := range list {
				d.strict = d.strict && p.sureTexts(id, d.property) == nil
			}
		}
	}
}

func (p *Program) requires(id ID, property string) bool {
	found := false
	p.surely(id, func(f *form) bool {
		if f.obj != nil {
			if i, ok := f.obj.slotOf([]byte(property)); ok && f.obj.slots[i].required {
				found = true
			}
		}
		return !found
	})
	return found
}

// sureTexts is fixedTexts of what holds without a condition.
func (p *Program) sureTexts(id ID, property string) []string {
	var out []string
	p.surely(id, func(f *form) bool {
		if f.obj == nil {
			return true
		}
		i, ok := f.obj.slotOf([]byte(property))
		if !ok || f.obj.slots[i].schema == None {
			return true
		}
		member := f.obj.slots[i].schema
		if p.Types(member) != StringType {
			return true
		}
		for _, c := range p.constants(member) {
			if c.kind == tape.String {
				out = append(out, c.text)
			}
		}
		return out == nil
	})
	return out
}

// with is the rule for objects that keep this conjunction and a branch.
func (j *conjunction) with(id ID) int32 {
	next := &conjunction{c: j.c, kind: j.kind, atoms: slices.Clone(j.atoms), seen: map[ID]bool{}}
	for seen := range j.seen {
		next.seen[seen] = true
	}
	if id != None && !next.expand(id) {
		return refuse
	}
	if next.tape || next.group != nil {
		return viaTape
	}
	return next.members()
}
