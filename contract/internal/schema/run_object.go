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
// scanned or looked up.
func (r *runner) members(v *vobject, i, depth int) int {
	src, slots := r.src, v.slots
	guess := r.s.guess[v.guess : int(v.guess)+len(slots)+1]
	base := len(r.s.keys.spans)
	var seen uint64
	last, others := 0, 0
	for c := byte(','); ; c = src[i] { // nothing stands before the first
		slot, at := int(guess[last]), i+1
		if c == ',' && slot < len(slots) && at <= len(src)-keyReach && slots[slot].key.begins(src[at:at+keyReach:at+keyReach]) && slots[slot].key.ends(src, at) {
			at += slots[slot].key.size
		} else {
			if c == '}' {
				return r.close(v, seen, i, base, others)
			}
			start := r.next(i, seen == 0 && others == 0)
			if start < 0 {
				return fail
			}
			if src[start] == '}' {
				return r.close(v, seen, start, base, others)
			}
			if slot, at = r.lookUp(v, start); at < 0 {
				return fail
			}
			if slot < 0 {
				if i = r.undeclared(v, start, at, depth); i < 0 || i >= len(src) {
					return fail
				}
				others++
				continue
			}
			guess[last] = int32(slot)
		}
		bit := uint64(1) << (slot & 63)
		if seen&bit != 0 {
			return fail // the same key twice
		}
		seen |= bit
		last = slot + 1
		if at >= len(src) {
			return fail
		}
		s := &slots[slot]
		switch c := src[at]; {
		case c == '"':
			if i = at + 1; s.short {
				for ; i <= len(src)-8; i += 8 {
					if odd := tape.NotPlain(tape.Eight(src, i)); odd != 0 {
						i += bits.TrailingZeros64(odd) >> 3
						break
					}
				}
			}
			if n := i - at - 1; s.short && i < len(src) && src[i] == '"' && s.min <= n && n <= s.max {
				i++
			} else {
				i = r.text(s.text, s.node, at)
			}
		case c-'0' <= 9:
			i = r.number(s.number, s.node, at)
		case c == '{':
			i = r.object(s.object, s.node, at, depth)
		default:
			i = r.value(s.node, tape.SkipSpace(src, at), depth)
		}
		if i < 0 || i >= len(src) {
			return fail
		}
	}
}

// next goes on from the opening bracket, or behind a value, to the quote of the
// next key or to the closing bracket.
func (r *runner) next(i int, opening bool) int {
	src := r.src
	if !opening {
		if i = tape.SkipSpace(src, i); i >= len(src) || src[i] != ',' && src[i] != '}' {
			return fail
		}
		if src[i] == '}' {
			return i
		}
	}
	i = tape.SkipSpace(src, i+1)
	if i < len(src) && (src[i] == '"' || opening && src[i] == '}') {
		return i
	}
	return fail
}

// lookUp finds the slot of the key at i, or -1 if it has none, and where its
// value begins; at is negative if there is no key.
func (r *runner) lookUp(v *vobject, i int) (slot, at int) {
	end, escaped, ok := r.key(i)
	if !ok {
		return 0, fail
	}
	at = r.colon(end)
	name := r.src[i+1 : end-1]
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], name)
		name = r.s.text
	}
	return v.slotOf(name), at
}

// undeclared judges the member at i, whose value begins at at, and returns the
// end.
func (r *runner) undeclared(v *vobject, i, at, depth int) int {
	end, escaped, _ := r.key(i)
	r.s.keys.push(r.src, i+1, end-1, escaped)
	mask := 0
	if len(v.patterns) > 0 {
		name := r.src[i+1 : end-1]
		if escaped {
			r.s.text = tape.AppendUnescaped(r.s.text[:0], name)
			name = r.s.text
		}
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
	if v.naming != refuse && !r.named(v, i) {
		return fail
	}
	return r.value(v.rest[mask], at, depth)
}

// named judges the name of the member at i by propertyNames.
func (r *runner) named(v *vobject, i int) bool {
	return r.text(r.v.nodes[v.naming].kinds[tape.String], v.naming, i) >= 0
}

// close judges an object as a whole, whose closing bracket stands at i. others
// is how many members were not declared; their names are on the stack.
func (r *runner) close(v *vobject, seen uint64, i, base, others int) int {
	if others > 0 {
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
