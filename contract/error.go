package contract

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// An Error says why a contract is refused, and where. Error gives one line;
// Detail, and the verb %+v, print the line of the file with a caret and what to
// do.
type Error struct {
	File         string
	Line, Column int    // 1-based, the column in code points; 0 if the file as a whole is meant
	Msg          string // "`#/components/schemas/Ordr` does not exist"
	Text         string // the line of the file
	Remedy       string // what to do, starting with a verb; may be empty
	err          error
	fatal        bool // it is about more than the operation that it was found in
}

func (e *Error) pos() yaml.Pos { return yaml.Pos{File: e.File, Line: e.Line, Column: e.Column} }

// Error gives the error in one line.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("contract %s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("contract %s: line %d: %s", e.File, e.Line, e.Msg)
}

// Unwrap returns what the file system said, if the error is about a file.
func (e *Error) Unwrap() error { return e.err }

// Source is the place of the error.
func (e *Error) Source() faultline.Source {
	return faultline.Source{File: e.File, Line: e.Line, Column: e.Column}
}

// excerpt is how much of a line Detail prints: contracts on one line exist.
const excerpt = 100

// Detail gives the error with the line of the file, a caret and the remedy.
func (e *Error) Detail() string {
	var b strings.Builder
	b.WriteString("error: " + e.Msg + "\n")
	if e.Line > 0 {
		number := fmt.Sprint(e.Line)
		margin := strings.Repeat(" ", len(number)+1)
		text, caret := e.window()
		fmt.Fprintf(&b, "%s --> %s:%d:%d\n", margin[1:], e.File, e.Line, e.Column)
		fmt.Fprintf(&b, "%s |\n%s | %s\n%s | %s^\n", margin[1:], number, text, margin[1:], caret)
	} else {
		fmt.Fprintf(&b, "  --> %s\n", e.File)
	}
	if e.Remedy != "" {
		b.WriteString("fix: " + e.Remedy + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// window cuts a long line around the column, and gives the white space in
// front of the caret: tabs stay tabs, so that it stands right at any width.
func (e *Error) window() (text, indent string) {
	runes := []rune(e.Text)
	at := min(max(e.Column-1, 0), len(runes))
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
	return printable(runes[from:to]), b.String()
}

// printable replaces what could change the terminal: contracts come from
// elsewhere.
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

// Format prints Detail for %+v.
func (e *Error) Format(s fmt.State, verb rune) {
	switch {
	case verb == 'v' && s.Flag('+'):
		_, _ = io.WriteString(s, e.Detail())
	case verb == 'q':
		fmt.Fprintf(s, "%q", e.Error())
	default:
		_, _ = io.WriteString(s, e.Error())
	}
}

// source turns a place in a document into the vocabulary's form.
func source(p yaml.Pos) faultline.Source {
	return faultline.Source{File: p.File, Line: p.Line, Column: p.Column}
}
