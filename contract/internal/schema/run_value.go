package schema

import (
	"math/bits"

	"github.com/faultline-http/faultline/internal/tape"
)

// of judges the value at i, as members does with the values of slots.
func (r *runner) of(s *vvalue, i, depth int) int {
	if i >= len(r.src) {
		return fail
	}
	switch c := r.src[i]; {
	case c == '"':
		return r.sent(s, i)
	case c == '{':
		if s.members != nil && depth > 0 {
			return r.members(s.members, i, depth-1)
		}
		return r.object(s.object, s.node, i, depth)
	case c-'0' <= 9:
		return r.number(s.number, s.node, i)
	}
	return r.value(s.node, i, depth)
}

// sent judges the string at i as it is sent, if that will do.
func (r *runner) sent(s *vvalue, at int) int {
	src := r.src
	i := at + 1
	if s.way != byLength || i > len(src)-8 {
		return r.text(s.text, s.node, at)
	}
	odd := tape.NotPlain(tape.Eight(src, i))
	for odd == 0 && i < len(src)-16 {
		i += 8
		odd = tape.NotPlain(tape.Eight(src, i))
	}
	i += bits.TrailingZeros64(odd) >> 3
	if n := i - at - 1; i < len(src) && src[i] == '"' && s.min <= n && n <= s.max {
		return i + 1
	}
	return r.ofLength(s.min, s.max, at, i)
}

// freeMembers goes over the members of an object of which no name is declared,
// and nothing is said of names.
func (r *runner) freeMembers(v *vobject, i, depth int) int {
	src := r.src
	i = tape.SkipSpace(src, i+1)
	if i < len(src) && src[i] == '}' {
		return r.close(v, 0, i, 0)
	}
	for others := 1; ; others++ {
		end, escaped, ok := r.key(i)
		if !ok {
			return fail
		}
		r.s.keys.push(src, i+1, end-1, escaped)
		if i = r.colon(end); i < 0 {
			return fail
		}
		r.noteAny(end-1, i)
		if i = r.of(&v.other, i, depth); i < 0 {
			return fail
		}
		if i = tape.SkipSpace(src, i); i >= len(src) {
			return fail
		}
		switch src[i] {
		case ',':
			i = tape.SkipSpace(src, i+1)
		case '}':
			return r.close(v, 0, i, others)
		default:
			return fail
		}
	}
}
