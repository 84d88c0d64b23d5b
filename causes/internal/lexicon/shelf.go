package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// A shelf holds phrases, and finds those that a text begins with: first by a hash
// of the first bytes, then by the order of the first parts. A tree of bytes would
// do the same with fifty times the memory and the time to build.
type shelf struct {
	sorted []*phrase              // by hash, then by first part
	within []int32                // for each the longest other that it begins with, -1 if there is none
	heads  [1<<hashBits + 1]int32 // where the phrases of a hash begin; they end where those of the next begin
}

const hashBits = 12

// hash looks at the bytes that every phrase has.
func hash(text string) uint32 {
	return (uint32(text[0])*0x9e5 ^ uint32(text[1])*0x1f3 ^ uint32(text[2])*0x35) & (1<<hashBits - 1)
}

func newShelf(phrases []*phrase) *shelf {
	s := &shelf{sorted: phrases, within: make([]int32, len(phrases))}
	slices.SortStableFunc(phrases, func(a, b *phrase) int {
		return cmp.Or(cmp.Compare(hash(a.first), hash(b.first)), cmp.Compare(a.first, b.first))
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
		s.heads[hash(p.first)+1]++
	}
	for h := range 1 << hashBits {
		s.heads[h+1] += s.heads[h]
	}
	return s
}

// last is the place of the last phrase that does not stand behind the text in
// the order; each phrase that the text begins with is that one, or one that it
// begins with. It is -1 if there is none.
func (s *shelf) last(text string) int32 {
	if len(text) < shortest {
		return -1
	}
	h := hash(text)
	begin, end := s.heads[h], s.heads[h+1]
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
