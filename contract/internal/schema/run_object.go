package schema

import (
	"math/bits"

	"github.com/faultline-http/faultline/internal/tape"
)

// object judges the object at i; depth is what is left for it.
func (r *runner) object(code, node int32, i, depth int) int {
	if depth == 0 {
		return fail
	}
	depth--
	if code >= 0 {
		if pick := r.v.objects[code].pick; pick != nil {
			code = r.pick(pick, i, depth)
		}
	}
	switch code {
	case refuse:
		return fail
	case accept:
		return r.anyObject(i, depth)
	case viaTape:
		return r.onTape(node, i, depth+1)
	}
	v := &r.v.objects[code]
	if v.plain {
		return r.members(v, i, depth)
	}
	if v.free {
		return r.freeMembers(v, i, depth)
	}
	words := len(r.s.bits)
	for range (len(v.slots) + 63) / 64 {
		r.s.bits = append(r.s.bits, 0)
	}
	end := r.manyMembers(v, i, depth, words)
	r.s.bits = r.s.bits[:words]
	return end
}

// members goes over the members of an object of which few names are declared,
// and nothing is said of names.
//
// Bodies of one kind tend to have their keys in one order: the key that
// followed last time is tried first, by its bytes, so that mostly no key is
// scanned or looked up. This is where the time goes: what is written in line
// saves a tenth of it all, and so does keeping little alive over the calls. The
// text is fetched anew for each member for that reason.
func (r *runner) members(v *vobject, i, depth int) int {
	memory := &r.s.guess[v.guess]
	var seen uint64
	others := 0
	for {
		src := r.src
		s, at := *memory, i+1
		if at <= len(src)-keyReach && s.key.begins(src[at:at+keyReach:at+keyReach]) && (s.key.rest == "" || s.key.ends(src, at)) {
			at += s.key.size
		} else {
			var name found
			if s, name = r.another(v, i, seen == 0 && others == 0); name.value < 0 {
				return fail
			}
			if at = name.value; s == nil {
				if name.end == 0 {
					return r.close(v, seen, at, others)
				}
				others++
				i = r.undeclared(v, name, depth)
				goto behind
			}
			*memory = s
		}
		if seen&s.bit != 0 || at >= len(src) {
			return fail // the same key twice
		}
		seen |= s.bit
		if s.sign != nil && r.noting {
			r.note(s.sign, at)
		}
		memory = &r.s.guess[s.memory]
		switch c := src[at]; {
		case c == '"':
			if i = at + 1; i <= len(src)-8 {
				w := tape.Eight(src, i)
				odd := tape.NotPlain(w)
				switch s.way {
				case byLength:
					for odd == 0 && i < len(src)-16 {
						i += 8
						odd = tape.NotPlain(tape.Eight(src, i))
					}
					i += bits.TrailingZeros64(odd) >> 3
					if n := i - at - 1; i < len(src) && src[i] == '"' && s.min <= n && n <= s.max {
						i++
						goto behind
					}
					i = r.ofLength(s.min, s.max, at, i)
					goto behind
				case byShort:
					if i = s.rule.short.at(w, odd, i); i >= 0 {
						goto behind
					}
				case byRuns:
					if i = s.rule.runs.find(src, i); i >= 0 {
						goto behind
					}
				case byFormat:
					if i = s.rule.sent.Sent(src, i); i-at-2 >= s.min && i-at-2 <= s.max {
						goto behind
					}
				}
			}
			i = r.text(s.text, s.node, at)
		case c-'0' <= 9:
			i = r.number(s.number, s.node, at)
		case c == '{':
			if o := s.members; o != nil && depth > 0 {
				i = r.members(o, at, depth-1)
				goto behind
			}
			i = r.object(s.object, s.node, at, depth)
		case c == 't' || c == 'f':
			i = r.literal(s.node, at, depth)
		default:
			i = r.value(s.node, tape.SkipSpace(src, at), depth)
		}
	behind:
		src = r.src
		if i < 0 || i >= len(src) {
			return fail
		}
		if src[i] == ',' {
			continue
		}
		if i = tape.SkipSpace(src, i); i < len(src) && src[i] == '}' {
			if v.easy && others == 0 && seen&v.needed == v.needed {
				return i + 1
			}
			return r.close(v, seen, i, others)
		}
		if i >= len(src) || src[i] != ',' {
			return fail
		}
	}
}

// another finds the member behind the opening bracket or the comma at i the
// long way. If the object ends there, it has no slot and no end of a key.
func (r *runner) another(v *vobject, i int, opening bool) (*vslot, found) {
	i = tape.SkipSpace(r.src, i+1)
	if opening && i < len(r.src) && r.src[i] == '}' {
		return nil, found{value: i}
	}
	return r.lookUp(v, i)
}

// found is a key of a body and where its value begins, or fail.
type found struct {
	start, end, value int
	escaped           bool
}

// lookUp finds the slot of the key at i, or nil if it has none.
func (r *runner) lookUp(v *vobject, i int) (*vslot, found) {
	end, escaped, ok := r.key(i)
	if !ok {
		return nil, found{value: fail}
	}
	f := found{i, end, r.colon(end), escaped}
	if len(v.slots) > 0 {
		if slot := v.names.find(r.name(f)); slot >= 0 {
			return &v.slots[slot], f
		}
	}
	return nil, f
}

// name is a key without its quotes and escapes, good until the next text.
func (r *runner) name(f found) []byte {
	name := r.src[f.start+1 : f.end-1]
	if f.escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], name)
		name = r.s.text
	}
	return name
}

// undeclared judges a member without a slot and returns its end.
func (r *runner) undeclared(v *vobject, f found, depth int) int {
	r.noteAny(f.end-1, f.value)
	r.s.keys.push(r.src, f.start+1, f.end-1, f.escaped)
	mask := 0
	if len(v.patterns) > 0 {
		name := r.name(f)
		for k, p := range v.patterns {
			found, err := r.match(p, name)
			if err != nil {
				return fail
			}
			if found {
				mask |= 1 << k
			}
		}
	}
	if v.naming != refuse && !r.named(v, f.start) {
		return fail
	}
	return r.value(v.rest[mask], f.value, depth)
}

// named judges the name of the member at i by propertyNames.
func (r *runner) named(v *vobject, i int) bool {
	return r.text(r.v.nodes[v.naming].kinds[tape.String], v.naming, i) >= 0
}

// close judges an object as a whole, whose closing bracket stands at i. others
// is how many members were not declared; their names are on the stack.
func (r *runner) close(v *vobject, seen uint64, i, others int) int {
	if others > 0 {
		base := len(r.s.keys.spans) - others
		if others > 1 && r.s.keys.pop(r.src, base) {
			return fail
		}
		r.s.keys.drop(base)
	}
	if seen&v.needed != v.needed {
		return fail
	}
	if v.counted {
		if n := bits.OnesCount64(seen) + others; n < v.min || n > v.max {
			return fail
		}
	}
	for k := range v.deps {
		if d := &v.deps[k]; seen>>d.slot&1 == 1 {
			for _, need := range d.needs {
				if seen>>need&1 == 0 {
					return fail
				}
			}
		}
	}
	return i + 1
}
