package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/faultline-http/faultline/internal/report"
)

// screen is what a stream can show.
type screen struct{ report.Options }

// screen decides for one stream: stdout may be a pipe while stderr is a
// terminal.
func (a *app) screen(w io.Writer) screen {
	file, _ := w.(*os.File) // nil, for what is no file, is no terminal either
	flags := report.Flags{Color: a.flags.color, ASCII: a.flags.ascii, Width: a.flags.width}
	return screen{report.Decide(file, flags, a.Getenv)}
}

func (s screen) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s screen) red(text string) string    { return s.paint("1;31", text) }
func (s screen) green(text string) string  { return s.paint("32", text) }
func (s screen) yellow(text string) string { return s.paint("33", text) }
func (s screen) bold(text string) string   { return s.paint("1", text) }

// clean makes foreign text harmless: control, escape and bidirectional
// characters are shown by their numbers. Line breaks and tabs stay.
func (s screen) clean(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			fmt.Fprintf(&b, "\\u{%x}", r)
		case s.ASCII && r > unicode.MaxASCII:
			b.WriteString(asciiFor(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func asciiFor(r rune) string {
	switch r {
	case '→':
		return "->"
	case '│':
		return "|"
	case '·':
		return "-"
	case '…':
		return "..."
	case '×':
		return "x"
	}
	return fmt.Sprintf("\\u{%x}", r)
}

// notice says something on stderr that is not a result, unless --quiet.
func (a *app) notice(format string, args ...any) {
	if a.flags.quiet {
		return
	}
	fmt.Fprintln(a.Stderr, a.screen(a.Stderr).clean(fmt.Sprintf(format, args...)))
}

// warn is a notice that matters more than the others.
func (a *app) warn(format string, args ...any) {
	if a.flags.quiet {
		return
	}
	s := a.screen(a.Stderr)
	fmt.Fprintln(a.Stderr, s.yellow("warning")+": "+s.clean(fmt.Sprintf(format, args...)))
}

// detail is a notice for --verbose.
func (a *app) detail(format string, args ...any) {
	if a.flags.verbose {
		a.notice(format, args...)
	}
}
