// Package report shows diagnoses: as text for people, as JSON for programs, as
// Markdown for issues and chats, as SARIF, JUnit and annotations for CI, as the live tail and the summary of a proxy.
// It finds nothing out and decides nothing: what it shows is in the exchange and
// in the diagnosis.
//
//	o := report.Decide(os.Stdout, report.Flags{}, os.Getenv)
//	err := report.Text(os.Stdout, ex, engine.Diagnose(ex), o)
//
// Everything that came from the wire is hostile: it is bounded before it is
// looked at, credentials are masked, and control, escape and bidirectional
// characters are shown by their numbers.
package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/faultline-http/faultline"
)

// Options is what a stream can show and what a reader wants to see. The zero
// value is for a pipe: no colour, nothing cut.
type Options struct {
	Color      bool
	ASCII      bool // nothing but ASCII, for terminals that cannot show more
	Hyperlinks bool // OSC 8
	TTY        bool // lines may be drawn again
	Accessible bool // lines are only ever added; words before symbols
	Width      int  // columns, 60 to 120; 0: a pipe, never cut

	All    bool   // every finding, not the first 8 alone
	Reflow bool   // indent JSON that is one long line
	Seen   string // how often calls failed like this one, if known: "first of 6 in 40 s"
	Page   string // address of the page that shows exchanges; empty: there is none

	Version    string                        // of faultline, for formats that name their maker
	JobSummary io.Writer                     // of GitHub Actions; nil: there is none
	Known      func(*faultline.Finding) bool // whether a baseline has the finding; nil: there is none
}

// The names of the formats.
const (
	FormatText     = "text"
	FormatJSON     = "json"
	FormatNDJSON   = "ndjson"
	FormatMarkdown = "markdown"
	FormatSARIF    = "sarif"
	FormatJUnit    = "junit"
	FormatGitHub   = "github"
)

// Formats lists the names of the formats that New knows.
func Formats() []string {
	return []string{FormatText, FormatJSON, FormatNDJSON, FormatMarkdown, FormatSARIF, FormatJUnit, FormatGitHub}
}

// A Writer writes what was found in one exchange after the other. It is not
// safe for concurrent use.
type Writer interface {
	// Add writes one exchange and its diagnosis.
	Add(ex *faultline.Exchange, d *faultline.Diagnosis) error

	// Unreadable writes in the place of an exchange why it could not be read.
	Unreadable(e Unreadable) error

	// Close ends the document, also after an interruption. It does not close
	// what lies beneath.
	Close() error
}

// Unreadable is a record that could not be read.
type Unreadable struct {
	ID      string // if that much could be read
	Kind    string // "input", "contract", ...
	Message string
	Line    int // of the input; 0: not known
}

// ErrFormat is returned for a format that New does not know.
var ErrFormat = errors.New("format not known")

// New returns a writer of the format.
func New(format string, w io.Writer, o Options) (Writer, error) {
	switch format {
	case FormatText:
		return &textWriter{w: w, o: o}, nil
	case FormatJSON:
		return NewJSON(w), nil
	case FormatNDJSON:
		return NewNDJSON(w), nil
	case FormatMarkdown:
		return NewMarkdown(w, o), nil
	case FormatSARIF:
		return NewSARIF(w, o), nil
	case FormatJUnit:
		return NewJUnit(w, o), nil
	case FormatGitHub:
		return NewGitHub(w, o), nil
	}
	return nil, fmt.Errorf("%w: %q", ErrFormat, format)
}

// Wrapped writes lines of text that are ours, made harmless and broken between
// words at the width; what follows the first part of a line is indented.
func Wrapped(w io.Writer, o Options, indent int, text string) error {
	p := newPrinter(w, o)
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.wrapped(indent, say(line))
	}
	return p.flush()
}

// textWriter sets an empty line between exchanges.
type textWriter struct {
	w     io.Writer
	o     Options
	begun bool
}

func (t *textWriter) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	if err := t.separate(); err != nil {
		return err
	}
	return Text(t.w, ex, d, t.o)
}

func (t *textWriter) separate() error {
	if !t.begun {
		t.begun = true
		return nil
	}
	_, err := io.WriteString(t.w, "\n")
	return err
}

func (t *textWriter) Unreadable(e Unreadable) error {
	if err := t.separate(); err != nil {
		return err
	}
	p := newPrinter(t.w, t.o)
	head := []piece{{text: "error", ink: redBold}}
	if e.ID != "" {
		head = append(head, piece{text: " in "}, piece{text: e.ID, ink: cyan})
	}
	if e.Line > 0 {
		head = append(head, piece{text: fmt.Sprintf(" in line %d", e.Line)})
	}
	p.wrapped(2, append(head, piece{text: ": " + e.Message})...)
	return p.flush()
}

func (t *textWriter) Close() error { return nil }
