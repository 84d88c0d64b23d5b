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
// scanned or looked up. This is where the time goes; a loop by labels saves the
// first round a question, and what is written in line a tenth of it all.
func (r *runner) members(v *vobject, i, depth int) int {
	src, guess := r.src, r.s.guess
	memory := &guess[v.guess]
	base := len(r.s.keys.spans)
	var seen uint64
	var s *vslot
	var name found
	others, at := 0, 0
	goto member // nothing stands before the first
another:
	if i < 0 || i >= len(src) {
		return fail
	}
	if src[i] != ',' {
		if src[i] == '}' {
			if v.easy && others == 0 && seen&v.needed == v.needed {
				return i + 1
			}
			return r.close(v, seen, i, base, others)
		}
		goto unexpected
	}
member:
	s, at = *memory, i+1
	if at <= len(src)-keyReach && s.key.begins(src[at:at+keyReach:at+keyReach]) {
		if s.key.rest == "" || s.key.ends(src, at) {
			at += s.key.size
			goto declared
		}
	}
unexpected:
	if i = r.next(i, seen == 0 && others == 0); i < 0 {
		return fail
	}
	if src[i] == '}' {
		return r.close(v, seen, i, base, others)
	}
	if s, name = r.lookUp(v, i); name.value < 0 {
		return fail
	}
	if s == nil {
		others++
		i = r.undeclared(v, name, depth)
		goto another
	}
	at = name.value
	*memory = s
declared:
	if seen&s.bit != 0 || at >= len(src) {
		return fail // the same key twice
	}
	seen |= s.bit
	memory = &guess[s.memory]
	switch c := src[at]; {
	case c == '"':
		if !s.short {
			i = r.text(s.text, s.node, at)
			goto another
		}
		for i = at + 1; i <= len(src)-8; i += 8 {
			if odd := tape.NotPlain(tape.Eight(src, i)); odd != 0 {
				i += bits.TrailingZeros64(odd) >> 3
				break
			}
		}
		if n := i - at - 1; i < len(src) && src[i] == '"' && s.min <= n && n <= s.max {
			i++
			goto another
		}
		i = r.text(s.text, s.node, at)
	case c-'0' <= 9:
		i = r.number(s.number, s.node, at)
	case c == '{':
		if s.object >= 0 && depth > 0 {
			if o := &r.v.objects[s.object]; o.plain {
				i = r.members(o, at, depth-1)
				goto another
			}
		}
		i = r.object(s.object, s.node, at, depth)
	default:
		i = r.value(s.node, tape.SkipSpace(src, at), depth)
	}
	goto another
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
