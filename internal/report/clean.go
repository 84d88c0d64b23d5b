package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asciiFor are the substitutes of our own signs on a terminal that cannot show
// them.
var asciiFor = map[rune]string{
	'┌': "-", '─': "-", '│': "|", '✗': "x", '→': "->", '·': "-", '…': "...", '•': "*", '×': "x", '▶': ">",
	'␊': `\n`, '␍': `\r`, '␉': `\t`, '␡': `\x7f`,
	'–': "-", '—': "-", '‘': "'", '’': "'", '“': `"`, '”': `"`,
}

// corner begins the title of an excerpt.
const corner = "┌─"

// maxMarks bounds the combining marks on one character: more of them climb
// over the lines above and below.
const maxMarks = 4

// clean makes text fit for one line of a terminal: control, escape, hidden and
// bidirectional characters and bytes that are no UTF-8 are shown by their
// numbers, a tab is two spaces.
func (o Options) clean(s string) string {
	if harmless(s) {
		return s
	}
	if o.ASCII {
		s = strings.ReplaceAll(s, corner, "-->")
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	marks := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		marks = countMarks(r, marks, i)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case marks > maxMarks:
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			o.cleanRune(&b, r)
		}
		i += n
	}
	return b.String()
}

// countMarks counts combining marks in a row. One without a letter in front
// would sit on our own signs: it counts as too many.
func countMarks(r rune, marks, at int) int {
	switch {
	case r < 0x300 || !unicode.Is(unicode.M, r):
		return 0
	case at == 0:
		return maxMarks + 1
	}
	return marks + 1
}

func (o Options) cleanRune(b *strings.Builder, r rune) {
	switch {
	case r == '\t':
		b.WriteString("  ")
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r < utf8.RuneSelf && r >= ' ' && r != 0x7f:
		b.WriteRune(r)
	case !unicode.IsPrint(r):
		fmt.Fprintf(b, `\u{%x}`, r)
	case !o.ASCII:
		b.WriteRune(r)
	case asciiFor[r] != "":
		b.WriteString(asciiFor[r])
	case r >= 0x2400 && r < 0x2420:
		fmt.Fprintf(b, `\x%02x`, r-0x2400) // the picture of a control character
	default:
		fmt.Fprintf(b, `\u{%x}`, r)
	}
}

// harmless reports whether s is printable ASCII throughout.
func harmless(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
