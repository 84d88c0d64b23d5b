package schema

import (
	"math"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

func (j *conjunction) boolean() int32 {
	canTrue, canFalse := true, true
	narrow := func(list []constant) {
		has := func(json string) bool {
			return slices.ContainsFunc(list, func(c constant) bool { return c.json == json })
		}
		canTrue, canFalse = canTrue && has("true"), canFalse && has("false")
	}
	for _, f := range j.atoms {
		if f.enum != nil {
			narrow(f.enum)
		}
		if f.constant != nil {
			narrow([]constant{*f.constant})
		}
	}
	switch {
	case canTrue && canFalse:
		return accept
	case canTrue:
		return onlyTrue
	case canFalse:
		return onlyFalse
	}
	return refuse
}

// lists are the enums and constants of the atoms.
func (j *conjunction) lists() [][]constant {
	var out [][]constant
	for _, f := range j.atoms {
		if f.enum != nil {
			out = append(out, f.enum)
		}
		if f.constant != nil {
			out = append(out, []constant{*f.constant})
		}
	}
	return out
}

func (j *conjunction) number() int32 {
	v := vnumber{whole: j.whole}
	for _, list := range j.lists() {
		v.lists = append(v.lists, numbersOf(list))
	}
	for _, f := range j.atoms {
		if f.num != nil {
			v.rules = append(v.rules, f.num)
		}
	}
	if !v.whole && len(v.rules)+len(v.lists) == 0 {
		return accept
	}
	v.scale()
	j.c.v.numbers = append(j.c.v.numbers, v)
	return int32(len(j.c.v.numbers) - 1)
}

// numbersOf are the numbers among constants, sorted.
func numbersOf(list []constant) []constant {
	var out []constant
	for i := range list {
		if list[i].kind == tape.Number {
			out = append(out, list[i])
		}
	}
	slices.SortFunc(out, func(a, b constant) int { return a.num.compare(&b.num) })
	return out
}

// scale makes the scales of a rule.
func (v *vnumber) scale() {
	for decimals := range v.scales {
		s := &v.scales[decimals]
		s.least, s.most = -beyond, beyond
		for _, r := range v.rules {
			for i := range r.bounds {
				s.narrow(&r.bounds[i], decimals)
			}
			if r.format != "" {
				s.narrow(&bound{keyword: "minimum", value: *r.least}, decimals)
				s.narrow(&bound{keyword: "maximum", value: *r.most}, decimals)
			}
		}
	}
	plain := len(v.lists) == 0
	whole := v.whole
	for _, r := range v.rules {
		plain = plain && !r.divisor.given()
		whole = whole || r.format != "" && r.whole
	}
	switch {
	case plain && whole:
		v.exact = 1
	case plain:
		v.exact = len(v.scales)
	}
}

func (j *conjunction) text() int32 {
	v := vstring{max: -1}
	for _, list := range j.lists() {
		v.lists = append(v.lists, textsOf(list))
	}
	said := len(v.lists) > 0
	for _, f := range j.atoms {
		r := f.str
		if r == nil {
			continue
		}
		said = true
		v.min, v.max = max(v.min, r.min), least(v.max, r.max)
		if r.pattern != nil {
			v.patterns = append(v.patterns, r.pattern)
		}
		if r.format != nil {
			v.formats = append(v.formats, r.format)
		}
	}
	if !said {
		return accept
	}
	if v.max < 0 {
		v.max = math.MaxInt
	}
	v.settle()
	j.c.v.strings = append(j.c.v.strings, v)
	return int32(len(j.c.v.strings) - 1)
}

// settle works out what follows from the rest.
func (v *vstring) settle() {
	v.more = len(v.lists)+len(v.patterns)+len(v.formats) > 0
	if len(v.patterns) == 1 && len(v.lists)+len(v.formats) == 0 {
		v.runs = newClassRuns(v.patterns[0].re.Runs(), v.min, v.max)
	}
	if len(v.lists) == 1 && len(v.patterns)+len(v.formats) == 0 && v.min == 0 && v.max == math.MaxInt {
		v.short = newShortTexts(v.lists[0].list)
	}
	if len(v.formats) == 1 && len(v.lists)+len(v.patterns) == 0 && v.formats[0].Sends() {
		v.sent = v.formats[0]
	}
}

// textsOf are the strings of a list.
func textsOf(list []constant) *names {
	var out []string
	seen := make(map[string]bool, len(list))
	for i := range list {
		if c := &list[i]; c.kind == tape.String && !seen[c.text] {
			seen[c.text] = true
			out = append(out, c.text)
		}
	}
	return newNames(out)
}

// least is the smaller of two maxima; -1 is none.
func least(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

func (j *conjunction) array() int32 {
	v := varray{max: -1}
	said := false
	longest := 0
	for _, f := range j.atoms {
		if r := f.arr; r != nil {
			said = true
			v.min, v.max = max(v.min, r.min), least(v.max, r.max)
			v.unique = v.unique || r.unique
			longest = max(longest, len(r.prefix))
		}
	}
	if !said {
		return accept
	}
	for i := range longest {
		v.prefix = append(v.prefix, j.c.node(j.items(i)))
	}
	v.items = j.c.node(j.items(longest))
	if v.max < 0 {
		v.max = math.MaxInt
	}
	j.c.v.arrays = append(j.c.v.arrays, v)
	return int32(len(j.c.v.arrays) - 1)
}

// items are the schemas of the item with an index.
func (j *conjunction) items(i int) []ID {
	var set []ID
	for _, f := range j.atoms {
		switch {
		case f.arr == nil:
		case i < len(f.arr.prefix):
			set = append(set, f.arr.prefix[i])
		case f.arr.items != None:
			set = append(set, f.arr.items)
		}
	}
	return set
}
