package schema

import (
	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/contract/internal/snapshot"
)

// codeVerdict writes the verdict program, or reads it. What its rules share
// with the forms is referred to; what follows from the rest is worked out anew.
func (p *Program) codeVerdict(c *snapshot.Coder) {
	v, parts := p.verdict, newParts(p.forms)
	snapshot.List(c, &v.nodes, func(c *snapshot.Coder, n *vnode) {
		for kind := range n.kinds {
			snapshot.Int(c, &n.kinds[kind])
		}
	})
	snapshot.List(c, &v.sets, snapshot.Ints[ID])
	snapshot.Map(c, &v.roots, snapshot.Int[ID], snapshot.Int[int32])
	snapshot.List(c, &v.numbers, parts.number)
	snapshot.List(c, &v.strings, parts.text)
	snapshot.List(c, &v.arrays, codeVarray)
	snapshot.List(c, &v.objects, parts.object)
	snapshot.Int(c, &v.guesses)
}

// parts are what the rules of the verdict share with the forms, in the order of
// the forms.
type parts struct {
	rules    []*numRule
	patterns []*pattern
	formats  []string

	ruleAt    map[*numRule]int
	patternAt map[*pattern]int
	formatAt  map[*format.Format]int
}

func newParts(forms []form) *parts {
	p := &parts{ruleAt: map[*numRule]int{}, patternAt: map[*pattern]int{}, formatAt: map[*format.Format]int{}}
	for i := range forms {
		f := &forms[i]
		if f.num != nil {
			p.ruleAt[f.num] = len(p.rules)
			p.rules = append(p.rules, f.num)
		}
		if f.str != nil {
			p.addPattern(f.str.pattern)
			if _, known := p.formatAt[f.str.format]; !known && f.str.format != nil {
				p.formatAt[f.str.format] = len(p.formats)
				p.formats = append(p.formats, f.str.name)
			}
		}
		if f.obj != nil {
			for k := range f.obj.patterns {
				p.addPattern(f.obj.patterns[k].pattern)
			}
		}
	}
	return p
}

func (p *parts) addPattern(one *pattern) {
	if one != nil {
		p.patternAt[one] = len(p.patterns)
		p.patterns = append(p.patterns, one)
	}
}

// refer codes a reference to one of list.
func refer[T comparable](c *snapshot.Coder, one *T, list []T, at map[T]int) {
	i := at[*one]
	snapshot.Int(c, &i)
	if !c.Reading() {
		return
	}
	if i < 0 || i >= len(list) {
		c.Fail()
		return
	}
	*one = list[i]
}

func (p *parts) pattern(c *snapshot.Coder, one **pattern) { refer(c, one, p.patterns, p.patternAt) }

func (p *parts) format(c *snapshot.Coder, one **format.Format) {
	i := p.formatAt[*one]
	snapshot.Int(c, &i)
	if !c.Reading() {
		return
	}
	if i < 0 || i >= len(p.formats) {
		c.Fail()
		return
	}
	*one = format.Lookup(p.formats[i])
}

func (p *parts) number(c *snapshot.Coder, v *vnumber) {
	c.Bool(&v.whole)
	snapshot.List(c, &v.rules, func(c *snapshot.Coder, r **numRule) { refer(c, r, p.rules, p.ruleAt) })
	snapshot.List(c, &v.lists, func(c *snapshot.Coder, list *[]constant) { snapshot.List(c, list, codeConstant) })
	if c.Reading() && !c.Failed() {
		v.scale()
	}
}

func (p *parts) text(c *snapshot.Coder, v *vstring) {
	snapshot.Int(c, &v.min)
	snapshot.Int(c, &v.max)
	snapshot.List(c, &v.patterns, p.pattern)
	snapshot.List(c, &v.formats, p.format)
	snapshot.List(c, &v.lists, codeNames)
	if c.Reading() && !c.Failed() {
		v.settle()
	}
}

func codeVarray(c *snapshot.Coder, v *varray) {
	snapshot.Int(c, &v.min)
	snapshot.Int(c, &v.max)
	snapshot.Ints(c, &v.prefix)
	snapshot.Int(c, &v.items)
	c.Bool(&v.unique)
}

func (p *parts) object(c *snapshot.Coder, v *vobject) {
	snapshot.Pointer(c, &v.pick, codePick)
	if v.pick != nil {
		return
	}
	codeNames(c, &v.names)
	if c.Reading() && !c.Failed() {
		v.slots = make([]vslot, len(v.names.list))
	}
	for i := range v.slots {
		snapshot.Int(c, &v.slots[i].node)
	}
	snapshot.Ints(c, &v.required)
	c.Uint64(&v.needed)
	snapshot.List(c, &v.deps, func(c *snapshot.Coder, d *vdep) {
		snapshot.Int(c, &d.slot)
		snapshot.Ints(c, &d.needs)
	})
	snapshot.Int(c, &v.min)
	snapshot.Int(c, &v.max)
	snapshot.List(c, &v.patterns, p.pattern)
	snapshot.Ints(c, &v.rest)
	snapshot.Int(c, &v.naming)
	snapshot.Int(c, &v.guess)
	if c.Reading() && !c.Failed() {
		v.settle()
	}
}

func codePick(c *snapshot.Coder, p *vpick) {
	c.Text(&p.property)
	snapshot.Map(c, &p.table, (*snapshot.Coder).Text, snapshot.Int[int32])
	snapshot.Int(c, &p.other)
	if c.Reading() {
		p.key = newKey(p.property)
	}
}

// codeNames keeps the multiplier that was found, not the table that it fills.
func codeNames(c *snapshot.Coder, n **names) {
	if c.Reading() {
		*n = new(names)
	}
	set := *n
	snapshot.Texts(c, &set.list)
	c.Uint64(&set.factor)
	snapshot.Int(c, &set.shift)
	if !c.Reading() || c.Failed() {
		return
	}
	if set.shift > 64 || set.shift < 64-maxTableBits {
		c.Fail()
		return
	}
	set.fill()
}
