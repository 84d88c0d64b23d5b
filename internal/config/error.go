package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/caret"
)

// An Error says what is wrong with the configuration, where, and what to do.
type Error struct {
	Msg    string
	Remedy string        // may be empty
	Places []caret.Place // the first one is where the mistake is
}

// Error gives the error in one line.
func (e *Error) Error() string {
	if len(e.Places) == 0 {
		return e.Msg
	}
	p := e.Places[0]
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, e.Msg)
}

// Detail gives the error with the lines of the files, carets and the remedy.
func (e *Error) Detail() string { return caret.Detail(e.Msg, e.Remedy, e.Places...) }

// Errors are all mistakes of a configuration, in the order of the files.
type Errors []*Error

// Error gives a line for each.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the single errors.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// wrong is what is the matter with one value, before it is known where.
type wrong struct{ msg, fix string }

func (w *wrong) Error() string { return w.msg }

func wrongf(fix, format string, args ...any) error {
	return &wrong{fmt.Sprintf(format, args...), fix}
}

// at gives an error its place.
func at(err error, places ...caret.Place) *Error {
	var w *wrong
	if errors.As(err, &w) {
		return &Error{Msg: w.msg, Remedy: w.fix, Places: places}
	}
	return &Error{Msg: err.Error(), Places: places}
}
