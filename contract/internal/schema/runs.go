package schema

import "github.com/faultline-http/faultline/contract/internal/ecma"

// classRuns is a pattern of nothing but runs of character classes that is
// looked for on the text of a string as it is sent: from behind the opening
// quote to the closing one. No class has a character that JSON escapes.
type classRuns struct {
	class    [256]uint8 // the classes that a byte is in, as bits
	head     []uint8    // the class of each byte of the leading runs of fixed length
	rest     []classRun
	min, max int // length
}

type classRun struct {
	bit      uint8
	min, max int
}

// newClassRuns is nil for patterns that have to be found after the scan.
func newClassRuns(runs []ecma.Run, least, most int) *classRuns {
	if len(runs) == 0 {
		return nil
	}
	out := &classRuns{min: least, max: most}
	var known [][2]uint64
	for i := range runs {
		r := &runs[i]
		bit := uint8(0)
		for k, class := range known {
			if class == r.Class {
				bit = 1 << k
			}
		}
		if bit == 0 {
			if len(known) == 8 || r.Class[0]&0xffffffff != 0 || r.Has('"') || r.Has('\\') {
				return nil
			}
			bit = 1 << len(known)
			known = append(known, r.Class)
			for c := range 128 {
				if r.Has(byte(c)) {
					out.class[c] |= bit
				}
			}
		}
		if len(out.rest) == 0 && r.Min == r.Max && len(out.head)+r.Min <= longestHead {
			for range r.Min {
				out.head = append(out.head, bit)
			}
			continue
		}
		out.rest = append(out.rest, classRun{bit: bit, min: r.Min, max: r.Max})
	}
	return out
}

// longestHead is how many bytes are listed one by one.
const longestHead = 64

// find returns the offset behind the closing quote, or fail. A text that has
// escapes fails although it may match.
func (c *classRuns) find(src []byte, i int) int {
	start := i
	if len(src)-i < len(c.head) {
		return fail
	}
	text := src[i : i+len(c.head)]
	for k, bit := range c.head {
		if c.class[text[k]]&bit == 0 {
			return fail
		}
	}
	i += len(c.head)
	for k := range c.rest {
		r := &c.rest[k]
		from := i
		for i < len(src) && c.class[src[i]]&r.bit != 0 && i-from < r.max {
			i++
		}
		if i-from < r.min {
			return fail
		}
	}
	if i >= len(src) || src[i] != '"' || i-start < c.min || i-start > c.max {
		return fail
	}
	return i + 1
}
