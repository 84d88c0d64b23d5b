package ecma

import (
	"slices"
	"unicode"
)

// A set is a set of code points: pairs of first and last, in order, none
// touching the next.
type set []rune

// all has the surrogates too: a pattern may name them, a text never has them.
func all() set { return set{0, unicode.MaxRune} }

func (s set) has(r rune) bool {
	lo, hi := 0, len(s)/2
	for lo < hi {
		mid := (lo + hi) / 2
		switch {
		case r < s[2*mid]:
			hi = mid
		case r > s[2*mid+1]:
			lo = mid + 1
		default:
			return true
		}
	}
	return false
}

// tidy puts pairs in order and joins them.
func (s set) tidy() set {
	type pair struct{ lo, hi rune }
	pairs := make([]pair, 0, len(s)/2)
	for i := 0; i < len(s); i += 2 {
		pairs = append(pairs, pair{s[i], s[i+1]})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return int(a.lo - b.lo) })
	out := make(set, 0, len(s))
	for _, p := range pairs {
		if n := len(out); n > 0 && p.lo <= out[n-1]+1 {
			out[n-1] = max(out[n-1], p.hi)
			continue
		}
		out = append(out, p.lo, p.hi)
	}
	return out
}

// not is the complement.
func (s set) not() set {
	out := make(set, 0, len(s)+2)
	next := rune(0)
	for i := 0; i < len(s); i += 2 {
		if s[i] > next {
			out = append(out, next, s[i]-1)
		}
		next = s[i+1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}

func (s set) or(other set) set {
	return append(append(make(set, 0, len(s)+len(other)), s...), other...).tidy()
}

// but is s without what is in other.
func (s set) but(other set) set { return s.not().or(other).not() }

func (s set) overlaps(other set) bool {
	for i, k := 0, 0; i < len(s) && k < len(other); {
		switch {
		case s[i+1] < other[k]:
			i += 2
		case other[k+1] < s[i]:
			k += 2
		default:
			return true
		}
	}
	return false
}

// size is the number of code points.
func (s set) size() int {
	n := 0
	for i := 0; i < len(s); i += 2 {
		n += int(s[i+1]-s[i]) + 1
	}
	return n
}

// at is the code point at a place among those of the set.
func (s set) at(k int) rune {
	for i := 0; i < len(s); i += 2 {
		n := int(s[i+1]-s[i]) + 1
		if k < n {
			return s[i] + rune(k)
		}
		k -= n
	}
	return -1
}

func fromTable(tables ...*unicode.RangeTable) set {
	var out set
	for _, t := range tables {
		for _, r := range t.R16 {
			out = appendStride(out, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			out = appendStride(out, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return out.tidy()
}

func appendStride(out set, lo, hi, stride rune) set {
	if stride == 1 {
		return append(out, lo, hi)
	}
	for r := lo; r <= hi; r += stride {
		out = append(out, r, r)
	}
	return out
}

// The classes that have an escape: ECMA-262, CharacterClassEscape and
// LineTerminator. None of them knows of Unicode but \s.
func digitSet() set { return set{'0', '9'} }
func wordSet() set  { return set{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'} }
func spaceSet() set {
	return set{
		'\t', '\r', ' ', ' ', 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a,
		0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff,
	}
}
func lineSet() set { return set{'\n', '\n', '\r', '\r', 0x2028, 0x2029} }
