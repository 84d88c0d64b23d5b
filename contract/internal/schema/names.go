package schema

import (
	"encoding/binary"
	"math/bits"
)

// names is a set of texts that answers which of them a text is, mostly by a
// perfect hash of its first and last bytes and its length.
type names struct {
	list   []string
	hashes []uint64
	table  []int32 // 1 + index in list, by hash
	factor uint64
	shift  uint8
	index  map[string]int32 // if no perfect hash was found
}

const (
	// maxTableBits is more than any table has: lists are bounded long before.
	maxTableBits = 32
	// factors are how many multipliers are tried for a table of one size.
	factors = 64
	// firstFactor is 2^64 divided by the golden ratio.
	firstFactor = uint64(0x9e3779b97f4a7c15)
)

// nextFactor is the next multiplier to try: Knuth's linear congruential
// generator, made odd.
func nextFactor(factor uint64) uint64 {
	return (factor*6364136223846793005 + 1442695040888963407) | 1
}

func newNames(list []string) *names {
	n := &names{list: list}
	n.hash()
	size := bits.Len(uint(2 * len(list)))
	factor := firstFactor
	for ; size <= bits.Len(uint(len(list)))+3; size++ {
		for range factors {
			if n.try(factor, size) {
				return n
			}
			factor = nextFactor(factor)
		}
	}
	n.factor = 0
	n.fill()
	return n
}

func (n *names) hash() {
	n.hashes = make([]uint64, len(n.list))
	for i, text := range n.list {
		n.hashes[i] = hashText([]byte(text))
	}
}

// fill makes the table for a multiplier that was found, or the index if none was.
func (n *names) fill() {
	n.hash()
	if n.factor != 0 && n.try(n.factor, 64-int(n.shift)) {
		return
	}
	n.table, n.index = nil, make(map[string]int32, len(n.list))
	for i, text := range n.list {
		n.index[text] = int32(i)
	}
}

func (n *names) try(factor uint64, size int) bool {
	n.factor, n.shift = factor, uint8(64-size)
	n.table = make([]int32, 1<<size)
	for i, hash := range n.hashes {
		at := &n.table[hash*factor>>n.shift]
		if *at != 0 {
			return false
		}
		*at = int32(i + 1)
	}
	return true
}

// find is the index of text in the list, or -1.
func (n *names) find(text []byte) int {
	if n.index != nil {
		if i, ok := n.index[string(text)]; ok {
			return int(i)
		}
		return -1
	}
	hash := hashText(text)
	i := int(n.table[hash*n.factor>>n.shift]) - 1
	if i < 0 || n.hashes[i] != hash || len(n.list[i]) != len(text) || len(text) > 7 && n.list[i] != string(text) {
		return -1
	}
	return i
}

// hashText tells texts of different beginnings or ends apart, and all texts of
// one length up to seven bytes. It is no defence against a sender who wants
// texts to collide.
func hashText(text []byte) uint64 {
	n := len(text)
	var head, tail uint64
	switch {
	case n >= 8:
		head, tail = binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[n-8:])
	case n >= 4:
		head, tail = uint64(binary.LittleEndian.Uint32(text)), uint64(binary.LittleEndian.Uint32(text[n-4:]))
	case n > 0:
		head = uint64(text[0]) | uint64(text[n/2])<<8 | uint64(text[n-1])<<16
	}
	return (head^bits.RotateLeft64(tail, 32))*0xff51afd7ed558ccd ^ uint64(n)
}
