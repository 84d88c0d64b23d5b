package schema

import "github.com/faultline-http/faultline/internal/tape"

// number judges the number at i. What has few digits and no exponent is read as
// an integer and the count of its decimals; there is no float.
func (r *runner) number(code, node int32, i int) int {
	src := r.src
	j := i
	if src[j] == '-' {
		j++
	}
	first := j
	var m uint64
	for ; j < len(src); j++ {
		d := src[j] - '0'
		if d > 9 {
			break
		}
		m = m*10 + uint64(d)
	}
	whole := j - first
	if whole == 0 || whole > 1 && src[first] == '0' {
		return fail
	}
	decimals := 0
	if j < len(src) && src[j] == '.' {
		j++
		for ; j < len(src); j++ {
			d := src[j] - '0'
			if d > 9 {
				break
			}
			m = m*10 + uint64(d)
			decimals++
		}
		if decimals == 0 {
			return fail
		}
	}
	if code < 0 || whole+decimals > fewDigits || j < len(src) && src[j]|0x20 == 'e' {
		return r.oddNumber(code, node, i)
	}
	v := &r.v.numbers[code]
	x := int64(m)
	if first > i {
		x = -x
	}
	if decimals < v.exact {
		if s := &v.scales[decimals]; s.least <= x && x <= s.most {
			return j
		}
		return fail
	}
	if !v.holds(src[i:j]) {
		return fail
	}
	return j
}

// oddNumber judges numbers of many digits or with an exponent, and those that
// no rule is for.
func (r *runner) oddNumber(code, node int32, i int) int {
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
