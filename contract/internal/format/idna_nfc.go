package format

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// denormal is the place of the first character that NFC writes otherwise, -1 if
// there is none (RFC 5891, section 4.2.1).
func (u *uLabel) denormal() int {
	var text [(longestLabel + 1) * utf8.UTFMax]byte
	n := 0
	for _, r := range u.runes[:u.n] {
		n += utf8.EncodeRune(text[n:], r)
	}
	end := norm.NFC.QuickSpan(text[:n])
	if end == n || norm.NFC.IsNormal(text[:n]) {
		return -1
	}
	return max(utf8.RuneCount(text[:end])-1, 0)
}
