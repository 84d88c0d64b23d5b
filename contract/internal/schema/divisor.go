package schema

import (
	"math/big"
	"math/bits"
	"strconv"
)

// A divisor is what multipleOf names: mantissa × 10^exp, without zeros at the
// end of the mantissa.
type divisor struct {
	mantissa uint64
	wide     []uint64 // the mantissa if 64 bits do not hold it, least word first
	zeros    int64    // as many zeros behind a number add a factor of wide; more add none
	exp      int64
}

// longestDivisor is how many digits the mantissa of a divisor may have, and
// wideWords the words of 64 bits that they need.
const (
	longestDivisor = 300
	wideWords      = 16
)

// newDivisor is false for zero, and for a number of more than longestDivisor
// digits.
func newDivisor(d *decimal) (divisor, bool) {
	v := divisor{exp: d.exp - int64(d.len())}
	if d.zero() || d.len() > longestDivisor {
		return v, false
	}
	text := string(d.head) + string(d.tail)
	m, err := strconv.ParseUint(text, 10, 64)
	if err == nil {
		v.mantissa = m
		return v, true
	}
	wide, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return v, false
	}
	raw := wide.FillBytes(make([]byte, wideWords*8))
	for end := len(raw); end >= 8; end -= 8 {
		v.wide = append(v.wide, new(big.Int).SetBytes(raw[end-8:end]).Uint64())
	}
	v.wide = v.wide[:(wide.BitLen()+63)/64]
	v.zeros = max(int64(wide.TrailingZeroBits()), fives(wide))
	return v, true
}

// fives is how often five is a factor of n.
func fives(n *big.Int) int64 {
	five, rest := big.NewInt(5), new(big.Int)
	for count := int64(0); ; count++ {
		n, rest = new(big.Int).QuoRem(n, five, rest)
		if rest.Sign() != 0 {
			return count
		}
	}
}

// given reports whether there is a divisor at all.
func (v *divisor) given() bool { return v.mantissa > 0 || v.wide != nil }

// divides reports whether d is an integral multiple. With d = m × 10^e, both
// mantissas ending in no zero: a smaller e than ours leaves a fraction; else m ×
// 10^(e-exp) must be a multiple of our mantissa.
func (v *divisor) divides(d *decimal) bool {
	if d.zero() {
		return true
	}
	e := d.exp - int64(d.len())
	if e < v.exp {
		return false
	}
	if v.wide != nil {
		return v.dividesWide(d, e-v.exp)
	}
	var rest uint64
	for i := range d.len() {
		hi, lo := bits.Mul64(rest, 10)
		lo, carry := bits.Add64(lo, uint64(d.digit(i)-'0'), 0)
		rest = bits.Rem64(hi+carry, lo, v.mantissa)
	}
	// 64 bits hold no more than 63 factors of two, or 27 of five: further
	// powers of ten add none that count.
	return mulMod(rest, powMod(10, uint64(min(e-v.exp, 64)), v.mantissa), v.mantissa) == 0
}

// dividesWide is divides for a wide mantissa: long division, digit by digit,
// with zeros digits of nothing behind those of d.
func (v *divisor) dividesWide(d *decimal, zeros int64) bool {
	// The remainder takes a word more than the divisor, for the digit.
	var room [wideWords + 1]uint64
	rest := room[:len(v.wide)+1]
	for i := range d.len() {
		v.push(rest, uint64(d.digit(i)-'0'))
	}
	for range min(zeros, v.zeros) {
		v.push(rest, 0)
	}
	for _, word := range rest {
		if word != 0 {
			return false
		}
	}
	return true
}

// push puts a digit behind the remainder and takes the divisor off as often as
// it goes: less than ten times.
func (v *divisor) push(rest []uint64, digit uint64) {
	carry := digit
	for i, word := range rest {
		hi, lo := bits.Mul64(word, 10)
		var more uint64
		rest[i], more = bits.Add64(lo, carry, 0)
		carry = hi + more
	}
	for v.within(rest) {
		var borrow uint64
		for i, word := range v.wide {
			rest[i], borrow = bits.Sub64(rest[i], word, borrow)
		}
		rest[len(v.wide)] -= borrow
	}
}

// within reports whether the divisor is no more than the remainder.
func (v *divisor) within(rest []uint64) bool {
	if rest[len(v.wide)] > 0 {
		return true
	}
	for i := len(v.wide) - 1; i >= 0; i-- {
		if rest[i] != v.wide[i] {
			return rest[i] > v.wide[i]
		}
	}
	return true
}

func mulMod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a%m, b%m)
	return bits.Rem64(hi, lo, m)
}

func powMod(base, exp, m uint64) uint64 {
	out := 1 % m
	for base %= m; exp > 0; exp >>= 1 {
		if exp&1 == 1 {
			out = mulMod(out, base, m)
		}
		base = mulMod(base, base, m)
	}
	return out
}
