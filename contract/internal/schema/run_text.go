package schema

import (
	"math/bits"
	"unicode/utf8"

	"github.com/faultline-http/faultline/internal/tape"
)

// plainString finds the end of the string at i if it is ASCII without escapes.
// It leaves the last bytes of a text, and all else, to tape.ScanString.
func plainString(src []byte, i int) (end int, plain bool) {
	for i++; i+8 <= len(src); i += 8 {
		if odd := tape.NotPlain(tape.Eight(src, i)); odd != 0 {
			i += bits.TrailingZeros64(odd) >> 3
			return i + 1, src[i] == '"'
		}
	}
	return i, false
}

// text judges the string at i.
func (r *runner) text(code, node int32, i int) int {
	src := r.src
	if code >= 0 {
		v := &r.v.strings[code]
		if v.short != nil {
			if end := v.short.find(src, i+1); end > 0 {
				return end
			}
		}
		if v.runs != nil {
			if end := v.runs.find(src, i+1); end > 0 {
				return end
			}
		}
		end, plain := plainString(src, i)
		if !plain {
			return r.oddText(code, i)
		}
		if n := end - i - 2; n < v.min || n > v.max {
			return fail
		}
		if v.more && !r.holds(v, src[i+1:end-1]) {
			return fail
		}
		return end
	}
	end, plain := plainString(src, i)
	if !plain {
		var fault tape.Fault
		if end, _, fault = tape.ScanString(src, i); fault != tape.NoFault {
			return fail
		}
	}
	switch code {
	case accept:
		return end
	case viaTape:
		return r.onTape(node, i, 0)
	}
	return fail
}

// ofLength judges the string at i of which only the length is said, and of
// which the bytes before from are plain. A code point has one to four bytes,
// twelve if it is a pair of escapes.
func (r *runner) ofLength(least, most, i, from int) int {
	end, escaped, fault := tape.ScanRest(r.src, from)
	if fault != tape.NoFault {
		return fail
	}
	content := r.src[i+1 : end-1]
	n := len(content)
	if n <= most && n/12 >= least {
		return end
	}
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], content)
		content = r.s.text
	}
	if !lengthFits(content, least, most) {
		return fail
	}
	return end
}

// oddText judges a string with escapes, or beyond ASCII.
func (r *runner) oddText(code int32, i int) int {
	end, escaped, fault := tape.ScanString(r.src, i)
	if fault != tape.NoFault {
		return fail
	}
	content := r.src[i+1 : end-1]
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], content)
		content = r.s.text
	}
	v := &r.v.strings[code]
	if !lengthFits(content, v.min, v.max) || !r.holds(v, content) {
		return fail
	}
	return end
}

// holds reports whether a string whose escapes are undone keeps what a rule
// says besides its length.
func (r *runner) holds(v *vstring, text []byte) bool {
	for _, list := range v.lists {
		if list.find(text) < 0 {
			return false
		}
	}
	for _, p := range v.patterns {
		if ok, err := r.match(p, text); !ok || err != nil {
			return false
		}
	}
	for _, f := range v.formats {
		if !f.Valid(text) {
			return false
		}
	}
	return true
}

// match asks a pattern.
func (r *runner) match(p *pattern, text []byte) (bool, error) {
	return p.within(text, &r.slow)
}

// lengthFits compares lengths, by bytes where these decide: a code point has
// one to four of them.
func lengthFits(text []byte, least, most int) bool {
	n := len(text)
	if n < least || n/4 > most {
		return false
	}
	if n >= 4*least && n <= most {
		return true
	}
	n = utf8.RuneCount(text)
	return n >= least && n <= most
}
