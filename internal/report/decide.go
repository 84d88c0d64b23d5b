package report

import (
	"os"
	"strings"

	"golang.org/x/term"
)

// The widths that text is set for: tables break below the first, and lines
// beyond the second are hard to read.
const (
	MinWidth     = 60
	MaxWidth     = 120
	defaultWidth = 80 // of a terminal that does not tell
)

// Flags are the wishes of the command line.
type Flags struct {
	Color string // "always", "never"; else by environment and terminal
	ASCII bool
	Width int // 0: that of the terminal
}

// Decide says what a stream can show. Each stream is asked on its own: stdout
// may be a pipe while stderr is a terminal.
func Decide(stream *os.File, f Flags, env func(string) string) Options {
	o := Options{ASCII: f.ASCII || !utf8Locale(env), Accessible: on(env("ACCESSIBLE"))}
	fd := int(stream.Fd())
	terminal := term.IsTerminal(fd)
	columns := 0
	if terminal {
		columns = defaultWidth
		if w, _, err := term.GetSize(fd); err == nil && w > 0 {
			columns = w
		}
	}
	// A narrower terminal breaks lines by itself: they cannot be drawn again.
	o.TTY = columns >= MinWidth
	if f.Width > 0 {
		columns = f.Width
	}
	o.Width = bounded(columns)
	o.Color = colored(f.Color, terminal, env)
	o.Hyperlinks = terminal && o.Color && env("TERM") != "dumb"
	return o
}

// bounded is the width that text is set for on so many columns; 0 stays 0.
func bounded(columns int) int {
	if columns == 0 {
		return 0
	}
	return min(max(columns, MinWidth), MaxWidth)
}

// colored asks the flag first, then NO_COLOR (no-color.org: set and not empty),
// CLICOLOR_FORCE and FORCE_COLOR, TERM=dumb, and the terminal at last.
func colored(flag string, tty bool, env func(string) string) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never":
		return false
	case env("NO_COLOR") != "":
		return false
	case on(env("CLICOLOR_FORCE")), on(env("FORCE_COLOR")):
		return true
	case env("TERM") == "dumb":
		return false
	}
	return tty
}

func on(value string) bool { return value != "" && value != "0" && value != "false" }

// utf8Locale reports whether the locale can show more than ASCII: the first of
// LC_ALL, LC_CTYPE and LANG that is set decides (POSIX.1-2017, section 8.2).
// None set is taken for a system that has no locales and speaks UTF-8.
func utf8Locale(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(env(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}
