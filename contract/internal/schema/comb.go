package schema

import "github.com/faultline-http/faultline/contract/internal/ecma"

// A comb holds eight bytes at once to ranges of ASCII characters, of which each
// byte has its own.
type comb struct {
	teeth []tooth
	mask  uint64 // the high bits of the bytes that count
}

// A tooth is one range for each byte: what is added to a byte for its high bit
// to be set from the first character of the range on, and from the one behind
// the last on. Nothing is in the range of two zeros.
type tooth struct{ from, behind uint64 }

// mostTeeth is where classes have too many ranges.
const mostTeeth = 8

// add lets byte i be of a class, and reports whether it could.
func (c *comb) add(i int, class *ecma.Run) bool {
	c.mask |= 0x80 << (8 * i)
	n := 0
	for first := 0; first < 128; first++ {
		if !class.Has(byte(first)) {
			continue
		}
		last := first
		for last < 127 && class.Has(byte(last+1)) {
			last++
		}
		if n == mostTeeth {
			return false
		}
		if n == len(c.teeth) {
			c.teeth = append(c.teeth, tooth{})
		}
		c.teeth[n].from |= uint64(0x80-first) << (8 * i)
		c.teeth[n].behind |= uint64(0x7f-last) << (8 * i)
		n++
		first = last
	}
	return true
}

// misses has the high bit of each byte set, from the lowest wrong one on, that
// is in none of its ranges. What is not ASCII carries into the bytes above it.
func (c *comb) misses(w uint64) uint64 {
	var in uint64
	for k := range c.teeth {
		in |= (w + c.teeth[k].from) &^ (w + c.teeth[k].behind)
	}
	return (w | ^in) & c.mask
}
