// Package caret draws errors about places in text files: the message, each line
// that it speaks of with a caret below it, and what to do.
//
//	error: `hed` is not a key of `limits`
//	  --> faultline.yaml:4:3
//	   |
//	 4 |   hed: 5s
//	   |   ^^^
//	fix: did you mean `head`?
package caret

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Place is one place in a file.
type Place struct {
	File         string
	Line, Column int    // 1-based, the column in code points; Line 0 means the file as a whole
	Width        int    // of what is marked, in code points; at least one caret is drawn
	Text         string // the line of the file
	Label        string // behind the carets; may be empty
}

// Detail draws the message, the places in their order, and the remedy, which may
// be empty.
func Detail(msg, remedy string, places ...Place) string {
	var b strings.Builder
	b.WriteString("error: " + msg + "\n")
	for _, p := range places {
		p.draw(&b)
	}
	if remedy != "" {
		b.WriteString("fix: " + remedy + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (p Place) draw(b *strings.Builder) {
	if p.Line == 0 {
		fmt.Fprintf(b, "  --> %s\n", p.File)
		return
	}
	number := fmt.Sprint(p.Line)
	margin := strings.Repeat(" ", len(number))
	text, indent, width := p.window()
	mark := strings.Repeat("^", width)
	if p.Label != "" {
		mark += " " + p.Label
	}
	fmt.Fprintf(b, "%s --> %s:%d:%d\n", margin, p.File, p.Line, p.Column)
	fmt.Fprintf(b, "%s |\n%s | %s\n%s | %s%s\n", margin, number, text, margin, indent, mark)
}

// excerpt is how much of a line is drawn: files on one line exist.
const excerpt = 100

// window cuts a long line around the column, and gives the white space in
// front of the carets, in which tabs stay tabs so that they stand right at any
// width, and their number.
func (p Place) window() (text, indent string, width int) {
	runes := []rune(p.Text)
	at := min(max(p.Column-1, 0), len(runes))
	from := 0
	if at > excerpt {
		from = at - excerpt/2
	}
	to := min(len(runes), from+excerpt)
	var b strings.Builder
	for _, r := range runes[from:at] {
		if r == '\t' {
			b.WriteRune('\t')
			continue
		}
		b.WriteByte(' ')
	}
	return printable(runes[from:to]), b.String(), max(1, min(p.Width, to-at))
}

// printable replaces what could change the terminal: files come from elsewhere.
func printable(runes []rune) string {
	out := make([]rune, len(runes))
	for i, r := range runes {
		if r != '\t' && (r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || r == utf8.RuneError || isBidi(r)) {
			r = '\uFFFD'
		}
		out[i] = r
	}
	return string(out)
}

func isBidi(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}
