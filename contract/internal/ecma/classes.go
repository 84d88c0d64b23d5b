package ecma

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// classes divide the code points into those that no set of a pattern tells
// apart.
type classes struct {
	ascii  [utf8.RuneSelf]uint16
	bounds []rune   // where ranges begin
	kinds  []uint16 // the class of each range
	count  int
	words  []bool // by class: characters of \w, if anything asks
}

// of is the class of a character.
func (c *classes) of(r rune) uint16 {
	if r < utf8.RuneSelf {
		return c.ascii[r]
	}
	lo, hi := 0, len(c.bounds)
	for lo+1 < hi {
		mid := int(uint(lo+hi) / 2)
		if c.bounds[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return c.kinds[lo]
}

// at reads one character of a text: its class and its length.
func (c *classes) at(text []byte, i int) (class uint16, size int) {
	if b := text[i]; b < utf8.RuneSelf {
		return c.ascii[b], 1
	}
	r, size := utf8.DecodeRune(text[i:])
	return c.of(r), size
}

// newClasses also returns the classes that are in each of the sets, as bits.
// They are nil where there is too much to tell apart.
func newClasses(sets []set, words bool) (*classes, [][]uint64) {
	if words {
		sets = append(slices.Clip(sets), wordSet())
	}
	bounds := []rune{0}
	for _, s := range sets {
		for i := 0; i < len(s); i += 2 {
			bounds = append(bounds, s[i], s[i+1]+1)
		}
	}
	slices.Sort(bounds)
	c := &classes{bounds: slices.Compact(bounds)}
	if len(c.bounds)*len(sets) > mostComparisons {
		return nil, nil
	}
	known := map[string]uint16{}
	next := make([]int, len(sets)) // the pair of each set that is at hand
	in := make([]byte, 0, len(sets)*2)
	var members [][]uint16
	for _, r := range c.bounds {
		in = in[:0]
		var of []uint16
		for k, s := range sets {
			for next[k] < len(s) && s[next[k]+1] < r {
				next[k] += 2
			}
			if next[k] < len(s) && s[next[k]] <= r {
				in = binary.AppendUvarint(in, uint64(k))
				of = append(of, uint16(k))
			}
		}
		kind, ok := known[string(in)]
		if !ok {
			kind = uint16(len(known))
			known[string(in)] = kind
			members = append(members, of)
		}
		c.kinds = append(c.kinds, kind)
	}
	c.count = len(known)
	bits := make([][]uint64, len(sets))
	for k := range bits {
		bits[k] = make([]uint64, (c.count+63)/64)
	}
	for kind, of := range members {
		for _, k := range of {
			bits[k][kind>>6] |= 1 << (kind & 63)
		}
	}
	c.words = make([]bool, c.count)
	if words {
		last := bits[len(bits)-1]
		for kind := range c.words {
			c.words[kind] = last[kind>>6]>>(kind&63)&1 == 1
		}
	}
	i := 0
	for r := range rune(utf8.RuneSelf) {
		for i+1 < len(c.bounds) && c.bounds[i+1] <= r {
			i++
		}
		c.ascii[r] = c.kinds[i]
	}
	return c, bits
}
