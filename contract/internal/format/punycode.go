package format

import "math"

// The parameters of RFC 3492, section 5.
const (
	base        = 36
	tMin        = 1
	tMax        = 26
	skew        = 38
	damp        = 700
	initialBias = 72
	initialN    = 128
)

// decode undoes punycode (RFC 3492, section 6.2) into u.
func (u *uLabel) decode(b []byte) bool {
	u.n = 0
	start := 0
	for i, c := range b {
		if c == '-' {
			start = i
		}
	}
	for _, c := range b[:start] {
		u.runes[u.n] = rune(lower(c))
		u.n++
	}
	if start > 0 {
		start++
	}
	n, i, bias := initialN, 0, initialBias
	for at := start; at < len(b); {
		old, weight := i, 1
		for k := base; ; k += base {
			if at == len(b) {
				return false
			}
			d := digitValue(b[at])
			at++
			if d < 0 || d > (math.MaxInt32-i)/weight {
				return false
			}
			i += d * weight
			t := threshold(k, bias)
			if d < t {
				break
			}
			if weight > math.MaxInt32/(base-t) {
				return false
			}
			weight *= base - t
		}
		u.n++
		bias = adapt(i-old, u.n, old == 0)
		n += i / u.n
		i %= u.n
		if n > 0x10ffff || n >= 0xd800 && n < 0xe000 {
			return false
		}
		copy(u.runes[i+1:u.n], u.runes[i:u.n-1])
		u.runes[i] = rune(n)
		i++
	}
	return true
}

// encode writes the punycode of u (RFC 3492, section 6.3) and returns its
// length; -1 if it does not fit into dst.
func (u *uLabel) encode(dst *[longestLabel]byte) int {
	out := 0
	put := func(c byte) bool {
		if out == len(dst) {
			return false
		}
		dst[out] = c
		out++
		return true
	}
	for _, r := range u.runes[:u.n] {
		if r < initialN && !put(byte(r)) {
			return -1
		}
	}
	done := out
	basic := out
	if basic > 0 && !put('-') {
		return -1
	}
	n, delta, bias := rune(initialN), 0, initialBias
	for done < u.n {
		next := rune(math.MaxInt32)
		for _, r := range u.runes[:u.n] {
			if r >= n {
				next = min(next, r)
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range u.runes[:u.n] {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := threshold(k, bias)
				if q < t {
					break
				}
				if !put(digitOf(t + (q-t)%(base-t))) {
					return -1
				}
				q = (q - t) / (base - t)
			}
			if !put(digitOf(q)) {
				return -1
			}
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return out
}

func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (base-tMin)*tMax/2 {
		delta /= base - tMin
		k += base
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}

func threshold(k, bias int) int { return min(max(k-bias, tMin), tMax) }

func digitValue(c byte) int {
	switch {
	case digit(c):
		return int(c-'0') + 26
	case letter(c):
		return int(c|0x20) - 'a'
	}
	return -1
}

func digitOf(d int) byte {
	if d < 26 {
		return 'a' + byte(d)
	}
	return '0' + byte(d-26)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}
