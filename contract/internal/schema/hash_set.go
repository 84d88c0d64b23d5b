package schema

import "math/bits"

// A hashSet finds among many things those of one hash, in the order in which
// they are added. Hashes are seeded, so that a sender cannot make them meet.
type hashSet struct{ table []uint32 } // 1 + number of the thing

// begin makes room for n things.
func (h *hashSet) begin(n int) {
	size := 1 << bits.Len(uint(2*n))
	if cap(h.table) < size {
		h.table = make([]uint32, size)
		return
	}
	h.table = h.table[:size]
	clear(h.table)
}

// add puts in number i and returns the first of those of its hash that were
// added before and same holds for, or -1.
func (h *hashSet) add(hashes []uint64, i int, same func(j int) bool) int {
	mask := len(h.table) - 1
	for at := int(hashes[i]>>32) & mask; ; at = (at + 1) & mask {
		j := int(h.table[at]) - 1
		if j < 0 {
			h.table[at] = uint32(i + 1)
			return -1
		}
		if hashes[j] == hashes[i] && same(j) {
			return j
		}
	}
}
