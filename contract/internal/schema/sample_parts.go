package schema

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

// mostSampleItems and mostSampleMembers are how many an array or an object has
// beyond what it must.
const (
	mostSampleItems   = 3
	mostSampleMembers = 12
	longestSampleList = 1000
)

func (s *sampler) array(w *wish, depth int) bool {
	least, most := 0, -1
	unique := false
	var need []ID
	for _, f := range w.forms {
		r := f.arr
		if r == nil {
			continue
		}
		least = max(least, r.min, len(r.prefix))
		if r.max >= 0 && (most < 0 || r.max < most) {
			most = r.max
		}
		unique = unique || r.unique
		if r.contains != None {
			for range min(r.minContains, longestSampleList) {
				need = append(need, r.contains)
			}
		}
	}
	n := max(least, len(need))
	if !w.deep {
		n += s.r.IntN(mostSampleItems)
	}
	if most >= 0 {
		n = min(n, most)
	}
	if n > longestSampleList || n < least {
		return false
	}
	return s.items(w, n, need, unique, depth)
}

func (s *sampler) items(w *wish, n int, need []ID, unique bool, depth int) bool {
	s.write("[")
	var seen [][]byte
	for i := range n {
		if i > 0 {
			s.write(",")
		}
		ids := w.item(i)
		if k := n - i; k <= len(need) {
			ids = append(ids, need[len(need)-k])
		}
		before := len(s.out)
		if !s.value(ids, depth+1) {
			return false
		}
		for try := 0; unique && slices.ContainsFunc(seen, func(o []byte) bool { return bytes.Equal(o, s.out[before:]) }); try++ {
			s.out = s.out[:before]
			if try > 2*localTries || !s.value(ids, depth+1) {
				return false
			}
		}
		seen = append(seen, s.out[before:])
	}
	s.write("]")
	return true
}

// item is what the wish says of the item at an index.
func (w *wish) item(i int) []ID {
	var ids []ID
	for _, f := range w.forms {
		switch {
		case f.arr == nil:
		case i < len(f.arr.prefix):
			ids = append(ids, f.arr.prefix[i])
		case f.arr.items != None:
			ids = append(ids, f.arr.items)
		}
	}
	return ids
}

func (s *sampler) object(w *wish, depth int) bool {
	names, ok := s.names(w)
	if !ok {
		return false
	}
	s.write("{")
	for i, name := range names {
		if i > 0 {
			s.write(",")
		}
		s.quoted(name)
		s.write(":")
		if text, fixed := w.fixed[name]; fixed {
			s.quoted(text)
			continue
		}
		if !s.value(w.member(name), depth+1) {
			return false
		}
	}
	s.write("}")
	return true
}

// names chooses the members of an object.
func (s *sampler) names(w *wish) ([]string, bool) {
	var names, optional []string
	most := -1
	least := 0
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, f := range w.forms {
		if f.disc != nil && w.fixed[f.disc.property] != "" {
			add(f.disc.property)
		}
		if f.obj == nil {
			continue
		}
		least = max(least, f.obj.min)
		if f.obj.max >= 0 && (most < 0 || f.obj.max < most) {
			most = f.obj.max
		}
		for i := range f.obj.slots {
			switch slot := &f.obj.slots[i]; {
			case slot.required:
				add(slot.name)
			case slot.schema != None && w.possible(slot.name):
				optional = append(optional, slot.name)
			}
		}
	}
	s.r.Shuffle(len(optional), func(i, j int) { optional[i], optional[j] = optional[j], optional[i] })
	wanted := max(least, len(names))
	if !w.deep {
		wanted += s.r.IntN(mostSampleMembers + 1)
	}
	if most >= 0 {
		wanted = min(wanted, most)
	}
	for _, name := range optional {
		if len(names) < wanted {
			add(name)
		}
	}
	if w.isMap() || len(names) < least {
		for i := 0; len(names) < min(wanted, max(least, 2)); i++ {
			name, ok := s.freeName(w, i)
			if !ok {
				return nil, false
			}
			add(name)
		}
	}
	for i := 0; i < len(names); i++ { // names grows
		if !w.dependents(names[i], add) {
			return nil, false
		}
	}
	return names, len(names) >= least && (most < 0 || len(names) <= most) && len(names) <= longestSampleList
}

// dependents are what dependentRequired and dependentSchemas ask for beside a
// member.
func (w *wish) dependents(name string, add func(string)) bool {
	for _, f := range slices.Clone(w.forms) {
		if f.obj == nil {
			continue
		}
		i, ok := f.obj.slotOf([]byte(name))
		if !ok {
			continue
		}
		for _, need := range f.obj.slots[i].needs {
			add(f.obj.slots[need].name)
		}
		before := len(w.forms)
		if !w.add(f.obj.slots[i].then) {
			return false
		}
		for _, added := range w.forms[before:] {
			if added.obj == nil {
				continue
			}
			for j := range added.obj.slots {
				if added.obj.slots[j].required {
					add(added.obj.slots[j].name)
				}
			}
		}
	}
	return true
}

// isMap reports whether the names of members are left to the sender, and
// something is said of their values.
func (w *wish) isMap() bool {
	return slices.ContainsFunc(w.forms, func(f *form) bool {
		return f.obj != nil && len(f.obj.slots) == 0 && (len(f.obj.patterns) > 0 || f.obj.rest != None && !w.s.p.forms[f.obj.rest].never)
	})
}

// freeName makes up the name of a member that is not declared.
func (s *sampler) freeName(w *wish, i int) (string, bool) {
	for _, f := range w.forms {
		if f.obj == nil {
			continue
		}
		if f.obj.names != None {
			before := len(s.out)
			ok := s.value([]ID{f.obj.names}, deepestSample) && s.out[before] == '"'
			name := ""
			if ok {
				name = string(tape.AppendUnescaped(nil, s.out[before+1:len(s.out)-1]))
			}
			s.out = s.out[:before]
			return name, ok
		}
		if len(f.obj.patterns) > 0 {
			return s.matching(f.obj.patterns[s.r.IntN(len(f.obj.patterns))].pattern, 0, -1)
		}
	}
	return fmt.Sprintf("%s_%d", [...]string{"region", "batch", "source"}[s.r.IntN(3)], i), true
}

// possible reports whether a member of the name may be there at all.
func (w *wish) possible(name string) bool {
	return !slices.ContainsFunc(w.member(name), func(id ID) bool { return w.s.p.forms[id].never })
}

// member is what the wish says of the member with a name.
func (w *wish) member(name string) []ID {
	var ids []ID
	for _, f := range w.forms {
		r := f.obj
		if r == nil {
			continue
		}
		declared := false
		if i, ok := r.slotOf([]byte(name)); ok && r.slots[i].schema != None {
			ids = append(ids, r.slots[i].schema)
			declared = true
		}
		for i := range r.patterns {
			if ok, _ := r.patterns[i].pattern.match([]byte(name)); ok {
				ids = append(ids, r.patterns[i].schema)
				declared = true
			}
		}
		if !declared && r.rest != None {
			ids = append(ids, r.rest)
		}
	}
	return ids
}
