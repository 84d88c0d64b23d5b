package schema

import (
	"math"
	"math/bits"
	"strings"

	"github.com/faultline-http/faultline/internal/signs"
)

// object makes the rule for objects, with a table of branches in front if there
// are any.
func (j *conjunction) object() int32 {
	if j.group == nil {
		return j.members()
	}
	pick, ok := j.pick()
	if !ok {
		return viaTape
	}
	pick.key = newKey(pick.property)
	j.c.v.objects = append(j.c.v.objects, vobject{pick: pick})
	return int32(len(j.c.v.objects) - 1)
}

// members makes the rule for members that are judged one after the other.
func (j *conjunction) members() int32 {
	v := vobject{max: -1, naming: refuse}
	var declared []string
	var nameSet []ID
	known, required := map[string]bool{}, map[string]bool{}
	said := false
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		said = true
		v.min, v.max = max(v.min, r.min), least(v.max, r.max)
		for i := range r.slots {
			s := &r.slots[i]
			if !known[s.name] {
				known[s.name] = true
				declared = append(declared, s.name)
			}
			if s.required {
				required[s.name] = true
			}
		}
		for i := range r.patterns {
			v.patterns = append(v.patterns, r.patterns[i].pattern)
		}
		if r.names != None {
			nameSet = append(nameSet, r.names)
		}
	}
	if !said {
		return accept
	}
	if len(v.patterns) > mostPatterns {
		return viaTape
	}
	if len(nameSet) > 0 {
		v.naming = j.c.node(nameSet)
	}
	v.names = newNames(declared)
	v.slots = make([]vslot, 0, len(declared))
	for _, name := range declared {
		i := int32(len(v.slots))
		v.slots = append(v.slots, vslot{vvalue: vvalue{node: j.c.node(j.schemasOf(name))}})
		if required[name] {
			if v.required = append(v.required, i); i < 64 {
				v.needed |= 1 << i
			}
		}
	}
	j.dependencies(&v)
	for mask := range 1 << len(v.patterns) {
		v.rest = append(v.rest, j.c.node(j.undeclared(mask)))
	}
	if v.max < 0 {
		v.max = math.MaxInt
	}
	v.guess = j.c.v.guesses
	v.settle()
	j.c.v.guesses += len(v.slots) + 1
	j.c.v.objects = append(j.c.v.objects, v)
	return int32(len(j.c.v.objects) - 1)
}

// settle works out what follows from the rest.
func (v *vobject) settle() {
	v.counted = v.min > 0 || v.max < math.MaxInt
	for i := range v.slots {
		s := &v.slots[i]
		s.key, s.bit, s.word, s.memory = newKey(v.names.list[i]), 1<<(i&63), i>>6, v.guess+1+i
		s.sign = signs.Telling(v.names.list[i])
	}
}

func (j *conjunction) dependencies(v *vobject) {
	for _, f := range j.atoms {
		if f.obj == nil {
			continue
		}
		for i := range f.obj.slots {
			s := &f.obj.slots[i]
			if len(s.needs) == 0 {
				continue
			}
			dep := vdep{slot: int32(v.slotOf([]byte(s.name)))}
			for _, need := range s.needs {
				dep.needs = append(dep.needs, int32(v.slotOf([]byte(f.obj.slots[need].name))))
			}
			v.deps = append(v.deps, dep)
		}
	}
}

func isPlain(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0xfffd })
}

// schemasOf are the schemas of a member whose name is declared somewhere.
func (j *conjunction) schemasOf(name string) []ID {
	var set []ID
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		declared := false
		if i, ok := r.slotOf([]byte(name)); ok && r.slots[i].schema != None {
			declared = true
			set = append(set, r.slots[i].schema)
		}
		for i := range r.patterns {
			if ok, _ := r.patterns[i].pattern.match([]byte(name)); ok {
				declared = true
				set = append(set, r.patterns[i].schema)
			}
		}
		if !declared && r.rest != None {
			set = append(set, r.rest)
		}
	}
	return set
}

// undeclared are the schemas of a member that only the patterns of the mask
// speak of.
func (j *conjunction) undeclared(mask int) []ID {
	var set []ID
	n := 0
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		own := mask >> n & (1<<len(r.patterns) - 1)
		n += len(r.patterns)
		if own == 0 {
			if r.rest != None {
				set = append(set, r.rest)
			}
			continue
		}
		for ; own != 0; own &= own - 1 {
			set = append(set, r.patterns[bits.TrailingZeros(uint(own))].schema)
		}
	}
	return set
}
