package schema

import "github.com/faultline-http/faultline/internal/tape"

// pick looks ahead for the member that picks the rule. Senders tend to write it
// first. Looking ahead at every level of a deep body would cost its square, so
// what it may cost in all is bounded, and the tape takes over.
func (r *runner) pick(p *vpick, i, depth int) int32 {
	const fewAhead = 4
	if r.looked > fewAhead*len(r.src) {
		return viaTape
	}
	src := r.src
	start := i
	if p.key.at(src, i+1) {
		at := i + 1 + int(p.key.size)
		if at < len(src) && src[at] <= ' ' {
			at = tape.SkipSpace(src, at)
		}
		return r.picked(p, at)
	}
	i = tape.SkipSpace(src, i+1)
	for i < len(src) && src[i] == '"' {
		end, escaped, ok := r.key(i)
		if !ok {
			return refuse
		}
		match := string(src[i+1:end-1]) == p.property
		if escaped {
			r.s.text = tape.AppendUnescaped(r.s.text[:0], src[i+1:end-1])
			match = string(r.s.text) == p.property
		}
		if i = r.colon(end); i < 0 {
			return refuse
		}
		if match {
			r.looked += i - start
			return r.picked(p, i)
		}
		if i = skip(src, i, depth); i < 0 {
			return refuse
		}
		if i = tape.SkipSpace(src, i); i >= len(src) || src[i] != ',' {
			break
		}
		i = tape.SkipSpace(src, i+1)
	}
	r.looked += i - start
	return p.other
}

func (r *runner) picked(p *vpick, i int) int32 {
	if i >= len(r.src) || r.src[i] != '"' {
		return p.other
	}
	end, escaped, fault := tape.ScanString(r.src, i)
	if fault != tape.NoFault {
		return refuse
	}
	text := r.src[i+1 : end-1]
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], text)
		text = r.s.text
	}
	if code, ok := p.table[string(text)]; ok {
		return code
	}
	return p.other
}

// skip finds the end of a value by its brackets and strings. What is in between
// is read again, and refused then if it is no JSON.
func skip(src []byte, i, depth int) int {
	open := 0
	for i < len(src) {
		switch src[i] {
		case '"':
			end, _, fault := tape.ScanString(src, i)
			if fault != tape.NoFault {
				return fail
			}
			i = end
		case '{', '[':
			if open++; open > depth {
				return fail
			}
			i++
			continue
		case '}', ']':
			if open == 0 {
				return i
			}
			open--
			i++
		case ',':
			if open == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if open == 0 {
			return i
		}
	}
	return fail
}
