package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
)

// A runner drives the verdict program over the bytes of a body, in one pass.
// Its methods return the offset behind a value, or fail.
type runner struct {
	v   *verdict
	s   *state
	src []byte

	noting bool // what the body says of failure is noted
	fails  bool // a member says that the call failed
	blind  bool // a part was judged without looking for such members

	looked int // bytes that were looked at ahead, for a member that picks
	slow   int // what patterns that have to go back have cost
}

const fail = -1

// run reports whether the whole body is one value that keeps the node.
func (r *runner) run(node int32, depth int) bool {
	r.s.keys.reset()
	end := r.value(node, tape.SkipSpace(r.src, 0), depth)
	return end >= 0 && tape.SkipSpace(r.src, end) == len(r.src)
}

func (r *runner) value(node int32, i, depth int) int {
	if i >= len(r.src) {
		return fail
	}
	kinds := &r.v.nodes[node].kinds
	switch r.src[i] {
	case '"':
		return r.text(kinds[tape.String], node, i)
	case '{':
		return r.object(kinds[tape.Object], node, i, depth)
	case '[':
		return r.array(kinds[tape.Array], node, i, depth)
	case 't', 'f', 'n':
		return r.literal(node, i, depth)
	}
	return r.number(kinds[tape.Number], node, i)
}

func (r *runner) literal(node int32, i, depth int) int {
	end, ok := tape.ScanLiteral(r.src, i)
	if !ok {
		return fail
	}
	c := r.src[i]
	kind := tape.Bool
	if c == 'n' {
		kind = tape.Null
	}
	code := r.v.nodes[node].kinds[kind]
	if code == accept || code == onlyTrue && c == 't' || code == onlyFalse && c == 'f' || code == viaTape && r.onTape(node, i, depth) == end {
		return end
	}
	return fail
}

// onTape judges the value at i by the set of the node on a tape of its own.
func (r *runner) onTape(node int32, i, depth int) int {
	r.blind = true
	t := &r.s.tape
	end, ok := tape.ParseAt(t, r.src, i, depth)
	if !ok {
		return fail
	}
	e := &r.s.eval
	e.begin(e.forms, t)
	for _, id := range r.v.sets[node] {
		if !e.valid(id, 0) {
			return fail
		}
	}
	if e.spent || e.costly || e.twins() {
		return fail
	}
	return end
}

func (r *runner) array(code, node int32, i, depth int) int {
	if depth == 0 || code == refuse {
		return fail
	}
	if code == viaTape {
		return r.onTape(node, i, depth)
	}
	if code == accept {
		return r.anyArray(i, depth-1)
	}
	v := &r.v.arrays[code]
	base := len(r.s.items)
	end := r.items(v, i, depth-1)
	if v.unique && end >= 0 && r.twice(base, i, depth) {
		end = fail
	}
	r.s.items = r.s.items[:base]
	return end
}

// items goes over the items of the array at i; depth is what is left for them.
func (r *runner) items(v *varray, i, depth int) int {
	src := r.src
	n := 0
	i = tape.SkipSpace(src, i+1)
	if i < len(src) && src[i] == ']' {
		if v.min > 0 {
			return fail
		}
		return i + 1
	}
	for {
		start := i
		if n < len(v.prefix) {
			i = r.value(v.prefix[n], i, depth)
		} else {
			i = r.of(&v.each, i, depth)
		}
		if i < 0 {
			return fail
		}
		if v.unique && n <= fewItems {
			r.s.items = append(r.s.items, item{start, i})
		}
		n++
		if i = tape.SkipSpace(src, i); i >= len(src) {
			return fail
		}
		switch src[i] {
		case ',':
			i = tape.SkipSpace(src, i+1)
		case ']':
			if n < v.min || n > v.max {
				return fail
			}
			return i + 1
		default:
			return fail
		}
	}
}
