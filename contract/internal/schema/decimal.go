package schema

import "bytes"

// A decimal is a number as it is written: never a float, so that 19.99 is a
// multiple of 0.01, and 2^53+1 is not 2^53. Its value is 0.DDD × 10^exp, where
// DDD are the digits of head and then those of tail, without zeros at either
// end. Nothing is expanded: 1e10000000 costs as much as 1e1.
type decimal struct {
	neg        bool
	head, tail []byte
	exp        int64
}

// hugeExp is where exponents stop being told apart. Bodies are far shorter, so
// digits alone cannot get near it.
const hugeExp = int64(1) << 50

// parseDecimal reads a number that is sound JSON. The decimal refers to text.
func parseDecimal(text []byte) decimal {
	var d decimal
	if text[0] == '-' {
		d.neg = true
		text = text[1:]
	}
	for i, c := range text {
		if c|0x20 == 'e' {
			d.exp = parseExp(text[i+1:])
			text = text[:i]
			break
		}
	}
	d.head, d.tail, _ = bytes.Cut(text, []byte{'.'})
	d.exp += int64(len(d.head))
	for len(d.head) > 0 && d.head[0] == '0' {
		d.head = d.head[1:]
		d.exp--
	}
	if len(d.head) == 0 {
		for len(d.tail) > 0 && d.tail[0] == '0' {
			d.tail = d.tail[1:]
			d.exp--
		}
	}
	d.tail = bytes.TrimRight(d.tail, "0")
	if len(d.tail) == 0 {
		d.head = bytes.TrimRight(d.head, "0")
	}
	if d.zero() {
		return decimal{}
	}
	return d
}

func parseExp(text []byte) int64 {
	neg := text[0] == '-'
	if neg || text[0] == '+' {
		text = text[1:]
	}
	var exp int64
	for _, c := range text {
		if exp = exp*10 + int64(c-'0'); exp > hugeExp {
			exp = hugeExp
		}
	}
	if neg {
		return -exp
	}
	return exp
}

func (d *decimal) zero() bool { return len(d.head)+len(d.tail) == 0 }

func (d *decimal) len() int { return len(d.head) + len(d.tail) }

func (d *decimal) digit(i int) byte {
	if i < len(d.head) {
		return d.head[i]
	}
	return d.tail[i-len(d.head)]
}

// integer reports whether there is no fraction: 1.0 and 1e3 are integers.
func (d *decimal) integer() bool { return d.exp >= int64(d.len()) }

// compare returns -1, 0 or 1.
func (d *decimal) compare(o *decimal) int {
	if d.zero() || o.zero() {
		return o.sign()*-1 + d.sign()
	}
	if d.neg != o.neg {
		return d.sign()
	}
	return d.sign() * d.compareMagnitude(o)
}

func (d *decimal) sign() int {
	switch {
	case d.zero():
		return 0
	case d.neg:
		return -1
	}
	return 1
}

func (d *decimal) compareMagnitude(o *decimal) int {
	if d.exp != o.exp {
		if d.exp < o.exp {
			return -1
		}
		return 1
	}
	n := min(d.len(), o.len())
	for i := range n {
		if a, b := d.digit(i), o.digit(i); a != b {
			if a < b {
				return -1
			}
			return 1
		}
	}
	switch {
	case d.len() < o.len():
		return -1
	case d.len() > o.len():
		return 1
	}
	return 0
}
