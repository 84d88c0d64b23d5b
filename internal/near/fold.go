package near

import "strings"

// Fold takes out what naming conventions differ in: case and separators.
func Fold(name string) string {
	start := 0
	for start < len(name) && !folds(name[start]) {
		start++
	}
	if start == len(name) {
		return name
	}
	var b strings.Builder
	b.Grow(len(name))
	b.WriteString(name[:start])
	for i := start; i < len(name); i++ {
		switch ch := name[i]; {
		case ch == '_' || ch == '-' || ch == ' ' || ch == '.':
		case 'A' <= ch && ch <= 'Z':
			b.WriteByte(ch | 0x20)
		default:
			b.WriteByte(ch)
		}
	}
	return b.String()
}

// folds reports whether a byte is not left as it is.
func folds(ch byte) bool {
	return 'A' <= ch && ch <= 'Z' || ch == '_' || ch == '-' || ch == ' ' || ch == '.'
}

// Limit is how many typing errors a name of that length may have before it is
// rather another word.
func Limit(name string) int {
	switch n := len(name); {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	case n <= 9:
		return 2
	}
	return 3
}

// Close reports whether two folded names may be one, with typing errors: as many
// as the longer one may have.
func Close(a, b string) bool {
	return a == b || Distance(a, b) <= max(Limit(a), Limit(b))
}
