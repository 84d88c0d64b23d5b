package format

// NFC of Unicode, annex 15, for the labels of host names: a label is in it when
// taking it apart and putting it together again changes nothing. The characters
// that NFC always replaces are disallowed before, and so are Hangul jamos, so
// that what follows a letter is all that matters here.

// longestApart is more than a label can come to: no character is more than four.
const longestApart = 4 * (longestLabel + 1)

// denormal is the place of the first character that NFC writes otherwise, -1 if
// there is none (RFC 5891, section 4.2.1).
func (u *uLabel) denormal() int {
	label := u.runes[:u.n]
	plain := true
	for _, r := range label {
		plain = plain && !classOf(r).composes()
	}
	if plain {
		return -1
	}
	var apart [longestApart]rune
	n := 0
	for _, r := range label {
		n = takeApart(&apart, n, r)
	}
	sortMarks(apart[:n])
	n = putTogether(apart[:n])
	for i, r := range label {
		if i >= n || apart[i] != r {
			return i
		}
	}
	return -1
}

// takeApart appends the canonical decomposition of r. A character's first part
// may have parts of its own, its second never has.
func takeApart(dst *[longestApart]rune, n int, r rune) int {
	var seconds [4]rune
	k := 0
	for k < len(seconds) {
		first, second, ok := parts(r)
		if !ok {
			break
		}
		seconds[k] = second
		r = first
		k++
	}
	dst[n] = r
	n++
	for k--; k >= 0; k-- {
		dst[n] = seconds[k]
		n++
	}
	return n
}

// sortMarks is the canonical ordering: marks between two letters by class.
func sortMarks(text []rune) {
	for i := 1; i < len(text); i++ {
		c := combining(text[i])
		for k := i; k > 0 && c != 0 && combining(text[k-1]) > c; k-- {
			text[k], text[k-1] = text[k-1], text[k]
		}
	}
}

// putTogether is the canonical composition, in place. It returns the length.
func putTogether(text []rune) int {
	n, starter := 0, -1
	last := byte(0)
	for _, r := range text {
		c := combining(r)
		if starter >= 0 && (n == starter+1 || last < c && last != 0) {
			if whole, ok := composite(text[starter], r); ok {
				text[starter] = whole
				continue
			}
		}
		if c == 0 {
			starter = n
		}
		last = c
		text[n] = r
		n++
	}
	return n
}

// pairStep is the length of one entry of pairTable: first, second and the
// composite of them, three bytes each, in order of the first two.
const pairStep = 9

func pairAt(i int) (first, second, whole rune) {
	e := pairTable[i*pairStep : (i+1)*pairStep]
	return rune(e[0])<<16 | rune(e[1])<<8 | rune(e[2]), rune(e[3])<<16 | rune(e[4])<<8 | rune(e[5]), rune(e[6])<<16 | rune(e[7])<<8 | rune(e[8])
}

func composite(first, second rune) (rune, bool) {
	lo, hi := 0, len(pairTable)/pairStep
	for lo < hi {
		mid := (lo + hi) / 2
		f, s, whole := pairAt(mid)
		switch {
		case f == first && s == second:
			return whole, true
		case f < first || f == first && s < second:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, false
}

// parts undoes composite; pairOrder has the entries in order of the composite.
func parts(r rune) (first, second rune, ok bool) {
	lo, hi := 0, len(pairOrder)/2
	for lo < hi {
		mid := (lo + hi) / 2
		f, s, whole := pairAt(int(pairOrder[2*mid])<<8 | int(pairOrder[2*mid+1]))
		switch {
		case whole == r:
			return f, s, true
		case whole < r:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, 0, false
}

// combining is the Canonical_Combining_Class.
func combining(r rune) byte {
	return combiningTable[entryOf(combiningTable, r)*classStep+3]
}
