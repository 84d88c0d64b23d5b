// Package format judges strings by the names that `format` of JSON Schema and
// the OpenAPI format registry give to them: date-time, email, uri, ...
//
// Every judge is written by hand over the bytes of the string, its escapes
// undone, after the text of the specification that defines the format. None
// allocates, and none takes more than linear time. The judge that says no is
// the one that says where and why:
//
//	f := format.Lookup("date")
//	f.Valid([]byte("2026-11-31"))  // false
//	f.Fault([]byte("2026-11-31"))  // 8, "the month has no such day"
//
// The package does not know what a schema is, nor whether formats are asserted.
package format

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Format is one way to write something into a string. It is safe for use
// from several goroutines.
type Format struct {
	judge   func([]byte) fault
	words   string
	example string
	sent    func(src []byte, i int) int // or nil
}

// A fault is why a text is not of its format, and the byte where that shows.
// No reason means that there is none.
type fault struct {
	at  int
	why string
}

var none fault

func (f fault) is() bool { return f.why != "" }

// from moves the fault of a part to where the part begins.
func (f fault) from(start int) fault {
	f.at += start
	return f
}

// Lookup finds a format by its name. It is nil for one that says nothing about
// strings that could be judged: unknown names are annotations (JSON Schema
// 2020-12, Validation, section 7.2.3).
func Lookup(name string) *Format { return formats[name] }

// Valid reports whether a text, its JSON escapes undone, is of the format.
func (f *Format) Valid(text []byte) bool { return !f.judge(text).is() }

// Fault says why a text is not of the format, and the offset of the byte where
// that shows. The reason is empty for a valid text. It tells a character by its
// number, not by itself: the text may be a secret.
func (f *Format) Fault(text []byte) (offset int, reason string) {
	found := f.judge(text)
	at := min(max(found.at, 0), len(text))
	number := "character " + strconv.Itoa(utf8.RuneCount(text[:at])+1)
	return at, strings.Replace(found.why, "this character", number, 1)
}

// Words names the format for a sentence: "a date".
func (f *Format) Words() string { return f.words }

// Example is a valid text.
func (f *Format) Example() string { return f.example }
