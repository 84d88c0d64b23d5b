package lexicon

import "strings"

// Fold writes text so that spellings of the same words become equal: lower
// case, one space between words, and the parts of camelCase, snake_case and
// kebab-case as words of their own. Typographic quotes become plain ones.
// OAuth stays one word: one capital alone begins no word of its own.
func Fold(text string) string {
	if folded(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	space := true // nothing, or a space, stands before
	capitals := 0 // in a row before this byte
	for i := 0; i < len(text); i++ {
		ch := text[i]
		switch {
		case ch >= 'A' && ch <= 'Z':
			if !space && wordBefore(text, i) && (capitals == 0 || capitals > 1 && lowerAt(text, i+1)) {
				b.WriteByte(' ')
			}
			b.WriteByte(ch + 'a' - 'A')
			capitals++
			space = false
			continue
		case ch <= ' ' || ch == '_' || ch == '-' || ch == 0x7f:
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case ch == 0xe2 && strings.HasPrefix(text[i:], "\u2019"), ch == 0xe2 && strings.HasPrefix(text[i:], "\u2018"):
			b.WriteByte('\'')
			i += 2
			space = false
		default:
			b.WriteByte(ch)
			space = false
		}
		capitals = 0
	}
	return strings.TrimSuffix(b.String(), " ")
}

// folded reports whether nothing in a text has to be changed; most phrases are written so.
func folded(text string) bool {
	space := true
	for i := range len(text) {
		switch ch := text[i]; {
		case ch == ' ':
			if space {
				return false
			}
			space = true
			continue
		case ch < ' ' || ch == '_' || ch == '-' || ch == 0x7f || ch == 0xe2 || ch >= 'A' && ch <= 'Z':
			return false
		}
		space = false
	}
	return text == "" || !space
}

func wordBefore(text string, i int) bool {
	ch := text[i-1]
	return ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' || ch >= '0' && ch <= '9'
}

func lowerAt(text string, i int) bool { return i < len(text) && text[i] >= 'a' && text[i] <= 'z' }
