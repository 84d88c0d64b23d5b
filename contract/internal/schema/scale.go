package schema

// fewDigits is how many digits always fit in 64 bits.
const fewDigits = 18

// beyond is more than any number of few digits.
const beyond int64 = 1e18

// A scale is a rule for numbers with a certain count of decimals: the number
// without its point must be from least to most.
type scale struct{ least, most int64 }

// narrow adds a bound.
func (s *scale) narrow(b *bound, decimals int) {
	whole, fraction := b.value.shifted(decimals)
	below, above := whole, whole // the integers on both sides of the bound
	switch {
	case fraction && b.value.neg:
		below, above = -whole-1, -whole
	case fraction:
		above++
	case b.value.neg:
		below, above = -whole, -whole
	}
	switch b.keyword {
	case "minimum":
		s.least = max(s.least, above)
	case "maximum":
		s.most = min(s.most, below)
	case "exclusiveMinimum":
		s.least = max(s.least, below+1)
	default:
		s.most = min(s.most, above-1)
	}
}

// shifted is the magnitude of d × 10^by without its fraction, no more than
// beyond, and whether there is a fraction.
func (d *decimal) shifted(by int) (whole int64, fraction bool) {
	places := d.exp + int64(by)
	if d.zero() || places <= 0 {
		return 0, !d.zero()
	}
	if places > fewDigits {
		return beyond, false
	}
	for i := range int(places) {
		whole *= 10
		if i < d.len() {
			whole += int64(d.digit(i) - '0')
		}
	}
	return whole, int64(d.len()) > places
}
