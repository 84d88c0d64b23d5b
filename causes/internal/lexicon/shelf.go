package lexicon

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// A shelf holds phrases, and finds those that a text begins with: first by a hash
// of the first bytes, then by the order of the first parts. A tree of bytes would
// do the same with fifty times the memory and the time to build.
type shelf struct {
	bytes  int       // so many each phrase has at least
	shift  int       // of the hash, so that there are about twice as many as phrases
	sorted []*phrase // by hash, then by first part
	within []int32   // for each the longest other that it begins with, -1 if there is none
	heads  []int32   // where the phrases of a hash begin; they end where those of the next begin
}

// hash looks at the bytes that every phrase of the shelf has.
func (s *shelf) hash(text string) uint32 {
	h := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16
	if s.bytes == longHead {
		h = (h|uint32(text[3])<<24)*0x85ebca6b ^ (uint32(text[4])|uint32(text[5])<<8)*0xc2b2ae35
	}
	return h * 0x9e3779b1 >> s.shift
}

func newShelf(bytes int, phrases []*phrase) *shelf {
	size := bits.Len(uint(len(phrases))) + 1
	s := &shelf{bytes: bytes, shift: 32 - size, sorted: phrases, within: make([]int32, len(phrases)), heads: make([]int32, 1<<size+1)}
	slices.SortStableFunc(phrases, func(a, b *phrase) int {
		return cmp.Or(cmp.Compare(s.hash(a.first), s.hash(b.first)), cmp.Compare(a.first, b.first))
	})
	var open []int32 // phrases that the next may begin with
	for i, p := range phrases {
		for len(open) > 0 && !strings.HasPrefix(p.first, phrases[open[len(open)-1]].first) {
			open = open[:len(open)-1]
		}
		s.within[i] = -1
		if len(open) > 0 {
			s.within[i] = open[len(open)-1]
		}
		open = append(open, int32(i))
		s.heads[s.hash(p.first)+1]++
	}
	for h := range 1 << size {
		s.heads[h+1] += s.heads[h]
	}
	return s
}

// last is the place of the last phrase that does not stand behind the text in
// the order; each phrase that the text begins with is that one, or one that it
// begins with. It is -1 if there is none.
func (s *shelf) last(text string) int32 {
	if len(text) < s.bytes {
		return -1
	}
	h := s.hash(text)
	begin, end := s.heads[h], s.heads[h+1]
	if begin == end {
		return -1
	}
	return s.search(text, begin, end)
}

func (s *shelf) search(text string, begin, end int32) int32 {
	from, to := begin, end
	for from < to {
		mid := (from + to) / 2
		if first := s.sorted[mid].first; first <= text[:min(len(text), len(first))] {
			from = mid + 1
		} else {
			to = mid
		}
	}
	if from == begin {
		return -1
	}
	return from - 1
}
