package schema

import (
	"math/bits"

	"github.com/faultline-http/faultline/contract/internal/ecma"
	"github.com/faultline-http/faultline/internal/tape"
)

// classRuns is a pattern of nothing but runs of character classes that is
// looked for on the text of a string as it is sent: from behind the opening
// quote to the closing one, eight bytes at once. No class has a character that
// JSON escapes.
type classRuns struct {
	head     []comb // the leading characters that are always there
	size     int    // how many they are
	rest     []classRun
	min, max int // length
}

// A classRun is a class that follows itself.
type classRun struct {
	comb
	min, max int
}

// longestHead is how many characters are listed one by one.
const longestHead = 64

// newClassRuns is nil for patterns that have to be found after the scan.
func newClassRuns(runs []ecma.Run, least, most int) *classRuns {
	if len(runs) == 0 {
		return nil
	}
	out := &classRuns{min: least, max: most}
	var head []*ecma.Run // of each of its characters
	for i := range runs {
		r := &runs[i]
		if r.Class[0]&0xffffffff != 0 || r.Has('"') || r.Has('\\') {
			return nil
		}
		run := classRun{min: r.Min, max: r.Max}
		if len(out.rest) == 0 && len(head)+r.Min <= longestHead {
			for range r.Min {
				head = append(head, r)
			}
			if r.Min == r.Max {
				continue
			}
			run.min = 0
			if r.Max != ecma.Unbounded {
				run.max -= r.Min
			}
		}
		for k := range 8 {
			if !run.add(k, r) {
				return nil
			}
		}
		out.rest = append(out.rest, run)
	}
	out.size = len(head)
	out.head = make([]comb, (len(head)+7)/8)
	for i, r := range head {
		if !out.head[i/8].add(i%8, r) {
			return nil
		}
	}
	return out
}

// find returns the offset behind the closing quote, or fail. A text that has
// escapes, or stands at the very end, fails although it may match.
func (c *classRuns) find(src []byte, i int) int {
	start := i
	for k := range c.head {
		if i > len(src)-8 || c.head[k].misses(tape.Eight(src, i)) != 0 {
			return fail
		}
		i += 8
	}
	i = start + c.size
	for k := range c.rest {
		r := &c.rest[k]
		from := i
		for {
			if i > len(src)-8 {
				return fail
			}
			miss := r.misses(tape.Eight(src, i))
			i += bits.TrailingZeros64(miss) >> 3
			if miss != 0 {
				break
			}
		}
		if i-from > r.max {
			i = from + r.max
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
