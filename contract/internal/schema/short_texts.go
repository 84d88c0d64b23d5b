package schema

import (
	"math/bits"

	"github.com/faultline-http/faultline/internal/tape"
)

// shortTexts is a set of plain texts of up to seven bytes that is asked on the
// text of a string as it is sent, eight bytes at once.
type shortTexts struct {
	table  []uint64 // by hash: the bytes of a text, its length in the highest
	factor uint64
	shift  uint8
}

// newShortTexts is nil for sets that have other texts.
func newShortTexts(list []string) *shortTexts {
	packed := make([]uint64, len(list))
	for i, text := range list {
		if len(text) > 7 || !isPlain(text) {
			return nil
		}
		for k := range len(text) {
			if text[k] >= 0x80 {
				return nil
			}
			packed[i] |= uint64(text[k]) << (8 * k)
		}
		packed[i] |= uint64(len(text)+1) << 56
	}
	for size := bits.Len(uint(2 * len(list))); size <= bits.Len(uint(len(list)))+4; size++ {
		factor := firstFactor
		for range factors {
			if s := tryShortTexts(packed, factor, size); s != nil {
				return s
			}
			factor = nextFactor(factor)
		}
	}
	return nil
}

func tryShortTexts(packed []uint64, factor uint64, size int) *shortTexts {
	s := &shortTexts{table: make([]uint64, 1<<size), factor: factor, shift: uint8(64 - size)}
	for _, text := range packed {
		at := &s.table[text*factor>>s.shift]
		if *at != 0 {
			return nil
		}
		*at = text
	}
	return s
}

// find returns the offset behind the closing quote of the text at src[i], or
// fail. A text that is sent with escapes fails although it may be in the set.
func (s *shortTexts) find(src []byte, i int) int {
	if i > len(src)-8 {
		return fail
	}
	text := tape.Eight(src, i)
	return s.at(text, tape.NotPlain(text), i)
}

// at is find for the eight bytes at i and what tape.NotPlain says of them.
func (s *shortTexts) at(text, odd uint64, i int) int {
	n := bits.TrailingZeros64(odd) &^ 7 // bits before what is no plain byte
	if n == 64 || text>>n&0xff != '"' {
		return fail
	}
	text = text&(1<<n-1) | uint64(n/8+1)<<56
	if s.table[text*s.factor>>s.shift] != text {
		return fail
	}
	return i + n/8 + 1
}
