package causes

import (
	"github.com/faultline-http/faultline/internal/near"
)

// Near returns the candidate that a name was probably meant to be: the same
// but for case and separators ("customerId", "customer_id"), else the only one
// within a few typing errors. ok is false when none is near, or two are.
func Near(name string, candidates []string) (best string, ok bool) {
	folded := fold(name)
	limit, least, ties := nearLimit(folded), len(folded)+1, 0
	for _, c := range candidates {
		if c == name {
			continue
		}
		d := near.Distance(folded, fold(c))
		switch {
		case d > limit:
		case d < least:
			best, least, ties = c, d, 1
		case d == least:
			ties++
		}
	}
	if ties != 1 {
		return abbreviation(folded, candidates)
	}
	return best, true
}

// abbreviation finds the one candidate of which the name is a short form that
// keeps its letters in order, or the other way round: "qty" of "quantity".
func abbreviation(folded string, candidates []string) (string, bool) {
	best, found := "", 0
	for _, c := range candidates {
		f := fold(c)
		short, long := folded, f
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) < 3 || len(short) == len(long) || short[0] != long[0] || short[len(short)-1] != long[len(long)-1] || !subsequence(short, long) {
			continue
		}
		best, found = c, found+1
	}
	return best, found == 1
}

func subsequence(short, long string) bool {
	i := 0
	for j := 0; j < len(long) && i < len(short); j++ {
		if short[i] == long[j] {
			i++
		}
	}
	return i == len(short)
}

func nearLimit(name string) int { return near.Limit(name) }

func fold(name string) string { return near.Fold(name) }
