package schema

import "github.com/faultline-http/faultline/internal/tape"

// manyMembers is members for more than 64 declared names: which of them were
// seen stands on a stack of bits, from words on.
func (r *runner) manyMembers(v *vobject, i, depth, words int) int {
	src := r.src
	base := len(r.s.keys.spans)
	count := 0
	i = tape.SkipSpace(src, i+1)
	if i < len(src) && src[i] == '}' {
		return r.closeMany(v, i, base, words, count)
	}
	for {
		s, name := r.lookUp(v, i)
		if name.value < 0 {
			return fail
		}
		count++
		if s == nil {
			i = r.undeclared(v, name, depth)
		} else {
			word := &r.s.bits[words+s.word]
			if *word&s.bit != 0 || v.naming != refuse && !r.named(v, i) {
				return fail
			}
			*word |= s.bit
			if s.sign != nil && r.noting {
				r.note(s.sign, name.value)
			}
			i = r.value(s.node, name.value, depth)
		}
		if i < 0 {
			return fail
		}
		if i = tape.SkipSpace(src, i); i >= len(src) {
			return fail
		}
		switch src[i] {
		case ',':
			i = tape.SkipSpace(src, i+1)
		case '}':
			return r.closeMany(v, i, base, words, count)
		default:
			return fail
		}
	}
}

func (r *runner) closeMany(v *vobject, i, base, words, count int) int {
	if r.s.keys.pop(r.src, base) || count < v.min || count > v.max {
		return fail
	}
	has := func(slot int32) bool { return r.s.bits[words+int(slot>>6)]>>(slot&63)&1 == 1 }
	for _, slot := range v.required {
		if !has(slot) {
			return fail
		}
	}
	for k := range v.deps {
		if d := &v.deps[k]; has(d.slot) {
			for _, need := range d.needs {
				if !has(need) {
					return fail
				}
			}
		}
	}
	return i + 1
}
