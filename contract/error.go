package contract

import (
	"fmt"
	"io"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/caret"
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

// Detail gives the error with the line of the file, a caret and the remedy.
func (e *Error) Detail() string {
	return caret.Detail(e.Msg, e.Remedy, caret.Place{File: e.File, Line: e.Line, Column: e.Column, Text: e.Text})
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
