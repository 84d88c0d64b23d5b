package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// The widths that output is set for. Narrower breaks the tables, wider is hard
// to read.
const (
	minWidth     = 60
	maxWidth     = 120
	defaultWidth = 80 // of a terminal that does not tell
)

// screen is what a stream can show.
type screen struct {
	tty   bool
	color bool
	ascii bool
	width int // 0: not cut, for pipes and files
}

// screen decides for one stream: stdout may be a pipe while stderr is a
// terminal.
func (a *app) screen(w io.Writer) screen {
	s := screen{ascii: a.flags.ascii || !a.utf8()}
	width := 0
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.tty = true
		width = defaultWidth
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			width = columns
		}
	}
	if a.flags.width > 0 {
		width = a.flags.width
	}
	if width > 0 {
		s.width = min(max(width, minWidth), maxWidth)
	}
	s.color = a.color(s.tty)
	return s
}

// color follows --color, then NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, then
// TERM=dumb, then whether the stream is a terminal.
func (a *app) color(tty bool) bool {
	switch a.flags.color {
	case "always":
		return true
	case "never":
		return false
	}
	forced := func(name string) bool {
		v := a.Getenv(name)
		return v != "" && v != "0"
	}
	switch {
	case a.Getenv("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"):
		return true
	case a.Getenv("TERM") == "dumb":
		return false
	}
	return tty
}

// utf8 reports whether the locale can show more than ASCII: the first of
// LC_ALL, LC_CTYPE and LANG that is set decides (POSIX, section 8.2). None set
// is taken for a system without locales, which has UTF-8.
func (a *app) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := a.Getenv(name); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

func (s screen) paint(code, text string) string {
	if !s.color {
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
		case s.ascii && r > unicode.MaxASCII:
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
