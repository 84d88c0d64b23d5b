package format

// rightToLeft reports whether the label makes its name a Bidi domain name:
// RFC 5893, section 1.4.
func (u *uLabel) rightToLeft() bool {
	for _, r := range u.runes[:u.n] {
		switch classOf(r).direction() {
		case bidiR, bidiAL, bidiAN:
			return true
		}
	}
	return false
}

// bidi is the Bidi rule of RFC 5893, section 2. A label in ASCII is not in u.
func (u *uLabel) bidi(b []byte) fault {
	if u.n == 0 {
		for _, c := range b {
			u.runes[u.n] = rune(c)
			u.n++
		}
	}
	const why = "letters from right to left and from left to right do not go together so"
	r := u.runes[:u.n]
	first := classOf(r[0]).direction()
	if first != bidiL && first != bidiR && first != bidiAL {
		return fault{0, "a label of a name from right to left begins with a letter"}
	}
	var seen [bidiOther + 1]bool
	last := first
	for _, c := range r {
		d := classOf(c).direction()
		seen[d] = true
		if d != bidiNSM {
			last = d
		}
	}
	if seen[bidiOther] {
		return fault{0, why}
	}
	if first == bidiL {
		if seen[bidiR] || seen[bidiAL] || seen[bidiAN] || last != bidiL && last != bidiEN {
			return fault{0, why}
		}
		return none
	}
	if seen[bidiL] || seen[bidiEN] && seen[bidiAN] {
		return fault{0, why}
	}
	if last != bidiR && last != bidiAL && last != bidiEN && last != bidiAN {
		return fault{len(b), why}
	}
	return none
}
