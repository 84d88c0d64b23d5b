package schema

import "github.com/faultline-http/faultline/internal/tape"

// anyValue goes over a value of which nothing is asked but that it is JSON
// without a key that stands twice.
func (r *runner) anyValue(i, depth int) int {
	if i >= len(r.src) {
		return fail
	}
	switch r.src[i] {
	case '"':
		if end, plain := plainString(r.src, i); plain {
			return end
		}
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
		r.noteAny(end-1, i)
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
	if end, plain := plainString(r.src, i); plain {
		return end, false, true
	}
	end, escaped, fault := tape.ScanString(r.src, i)
	return end, escaped, fault == tape.NoFault
}

// colon goes over the colon and the white space around it.
func (r *runner) colon(i int) int {
	if i < len(r.src) && r.src[i] != ':' {
		i = tape.SkipSpace(r.src, i)
	}
	if i >= len(r.src) || r.src[i] != ':' {
		return fail
	}
	return tape.SkipSpace(r.src, i+1)
}
