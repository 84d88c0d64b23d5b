package schema

import (
	"unicode/utf8"

	"github.com/faultline-http/faultline/internal/tape"
)

// A runner drives the verdict program over the bytes of a body, in one pass.
// Its methods return the offset behind a value, or fail.
type runner struct {
	v   *verdict
	s   *state
	src []byte

	looked int // bytes that were looked at ahead, for a member that picks
	slow   int // patterns that have to go back, as they were asked
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
	switch c := r.src[i]; c {
	case '"':
		return r.text(kinds[tape.String], node, i)
	case '{':
		code := kinds[tape.Object]
		if depth == 0 || code == refuse {
			return fail
		}
		return r.object(code, node, i, depth-1)
	case '[':
		return r.array(kinds[tape.Array], node, i, depth)
	case 't', 'f', 'n':
		end, ok := tape.ScanLiteral(r.src, i)
		if !ok {
			return fail
		}
		kind := tape.Bool
		if c == 'n' {
			kind = tape.Null
		}
		code := kinds[kind]
		if code == accept || code == onlyTrue && c == 't' || code == onlyFalse && c == 'f' || code == viaTape && r.onTape(node, i, depth) == end {
			return end
		}
		return fail
	}
	return r.number(kinds[tape.Number], node, i)
}

func (r *runner) number(code, node int32, i int) int {
	end, ok := tape.ScanNumber(r.src, i)
	if !ok || code == refuse {
		return fail
	}
	switch {
	case code == accept:
		return end
	case code == viaTape:
		return r.onTape(node, i, 0)
	case !r.v.numbers[code].holds(r.src[i:end]):
		return fail
	}
	return end
}

func (r *runner) text(code, node int32, i int) int {
	end, escaped, fault := tape.ScanString(r.src, i)
	if fault != tape.NoFault || code == refuse {
		return fail
	}
	if code == accept {
		return end
	}
	if code == viaTape {
		return r.onTape(node, i, 0)
	}
	content := r.src[i+1 : end-1]
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], content)
		content = r.s.text
	}
	if !r.holds(&r.v.strings[code], content) {
		return fail
	}
	return end
}

// holds reports whether a string whose escapes are undone keeps a rule.
func (r *runner) holds(v *vstring, text []byte) bool {
	if (v.min > 0 || v.max >= 0) && !v.fits(text) {
		return false
	}
	for _, list := range v.lists {
		if !textIn(list, text) {
			return false
		}
	}
	for _, p := range v.patterns {
		if ok, err := r.match(p, text); !ok || err != nil {
			return false
		}
	}
	for _, f := range v.formats {
		if !f.check(text) {
			return false
		}
	}
	return true
}

// match asks a pattern, those that have to go back not too often.
func (r *runner) match(p *pattern, text []byte) (bool, error) {
	if p.slow != nil {
		if r.slow++; r.slow > mostSlow {
			return false, errCostly
		}
	}
	return p.match(text)
}

// fits compares lengths, by bytes where these decide: a code point has one to
// four of them.
func (v *vstring) fits(text []byte) bool {
	n := len(text)
	if n < v.min || v.max >= 0 && n > 4*v.max {
		return false
	}
	if n >= 4*v.min && (v.max < 0 || n <= v.max) {
		return true
	}
	n = utf8.RuneCount(text)
	return n >= v.min && (v.max < 0 || n <= v.max)
}

// onTape judges the value at i by the set of the node on a tape of its own.
func (r *runner) onTape(node int32, i, depth int) int {
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
	n := 0
	i = tape.SkipSpace(r.src, i+1)
	if i < len(r.src) && r.src[i] == ']' {
		if v.min > 0 {
			return fail
		}
		return i + 1
	}
	for {
		next := v.items
		if n < len(v.prefix) {
			next = v.prefix[n]
		}
		if i = r.value(next, i, depth-1); i < 0 {
			return fail
		}
		n++
		if i = tape.SkipSpace(r.src, i); i >= len(r.src) {
			return fail
		}
		switch r.src[i] {
		case ',':
			i = tape.SkipSpace(r.src, i+1)
		case ']':
			if n < v.min || v.max >= 0 && n > v.max {
				return fail
			}
			return i + 1
		default:
			return fail
		}
	}
}

// anyValue goes over a value of which nothing is asked but that it is JSON
// without a key that stands twice.
func (r *runner) anyValue(i, depth int) int {
	if i >= len(r.src) {
		return fail
	}
	switch r.src[i] {
	case '"':
		end, _, fault := tape.ScanString(r.src, i)
		if fault != tape.NoFault {
			return fail
		}
		return end
	case '{':
		if depth == 0 {
			return fail
		}
		return r.anyObject(i, depth-1)
	case '[':
		if depth == 0 {
			return fail
		}
		return r.anyArray(i, depth-1)
	case 't', 'f', 'n':
		end, ok := tape.ScanLiteral(r.src, i)
		if !ok {
			return fail
		}
		return end
	}
	end, ok := tape.ScanNumber(r.src, i)
	if !ok {
		return fail
	}
	return end
}

func (r *runner) anyArray(i, depth int) int {
	i = tape.SkipSpace(r.src, i+1)
	if i < len(r.src) && r.src[i] == ']' {
		return i + 1
	}
	for {
		if i = r.anyValue(i, depth); i < 0 {
			return fail
		}
		if i = tape.SkipSpace(r.src, i); i >= len(r.src) {
			return fail
		}
		switch r.src[i] {
		case ',':
			i = tape.SkipSpace(r.src, i+1)
		case ']':
			return i + 1
		default:
			return fail
		}
	}
}

func (r *runner) anyObject(i, depth int) int {
	keys := &r.s.keys
	base := len(keys.spans)
	i = tape.SkipSpace(r.src, i+1)
	if i < len(r.src) && r.src[i] == '}' {
		return i + 1
	}
	for {
		start := i
		end, escaped, ok := r.key(i)
		if !ok {
			return fail
		}
		keys.push(r.src, start+1, end-1, escaped)
		if i = r.colon(end); i < 0 {
			return fail
		}
		if i = r.anyValue(i, depth); i < 0 {
			return fail
		}
		if i = tape.SkipSpace(r.src, i); i >= len(r.src) {
			return fail
		}
		switch r.src[i] {
		case ',':
			i = tape.SkipSpace(r.src, i+1)
		case '}':
			if keys.pop(r.src, base) {
				return fail
			}
			return i + 1
		default:
			return fail
		}
	}
}

func (r *runner) key(i int) (end int, escaped, ok bool) {
	if i >= len(r.src) || r.src[i] != '"' {
		return i, false, false
	}
	end, escaped, fault := tape.ScanString(r.src, i)
	return end, escaped, fault == tape.NoFault
}

// colon goes over the colon and the white space around it.
func (r *runner) colon(i int) int {
	i = tape.SkipSpace(r.src, i)
	if i >= len(r.src) || r.src[i] != ':' {
		return fail
	}
	return tape.SkipSpace(r.src, i+1)
}
