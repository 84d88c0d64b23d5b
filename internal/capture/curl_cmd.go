package capture

import (
	"regexp"
	"strings"
)

// cmdMark is what only Windows cmd writes: a caret that continues a line or
// escapes a quote.
var cmdMark = regexp.MustCompile(`(?m)\^[ \t]*$|\^"`)

var bashMark = regexp.MustCompile(`(?m)\\[ \t]*$|\$'`)

// looksLikeCmd tells the two forms of "Copy as cURL" apart.
func looksLikeCmd(script string) bool {
	return cmdMark.MatchString(script) && !bashMark.MatchString(script)
}

var powerShell = regexp.MustCompile(`(?im)^[ \t]*(?:PS [^\n>]*> *)?(?:\$\w+ *= *)?(?:(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm|New-Object)\s|curl(?:\.exe)? (?:[^\n]* )?(?:-Uri|-Headers|-UseBasicParsing)\b)` +
	"|(?im)^[ \t]*curl(?:\\.exe)? [^\\n]*[ \\t]`[ \\t]*$")

func looksLikePowerShell(script string) bool { return powerShell.MatchString(script) }

// cmdCommands splits a text as Windows cmd and then the C runtime do: carets
// first, words and quotes after.
func cmdCommands(script string) []shellCommand {
	var commands []shellCommand
	line := 1
	for rest := script; rest != ""; {
		text, used := cmdLine(rest)
		if args := windowsArgs(text); len(args) > 0 {
			commands = append(commands, shellCommand{args: args, line: line})
		}
		line += strings.Count(rest[:used], "\n")
		rest = rest[used:]
	}
	return commands
}

// cmdLine removes the carets from the first command of a text and returns how
// many bytes of it that is. A command ends at a line end, at & or at |.
func cmdLine(s string) (text string, used int) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '^' && !quoted:
			i++
			if i < len(s) && s[i] == '\r' {
				i++
			}
			if i < len(s) && s[i] == '\n' {
				i++ // a continued line; what follows is taken as it is
				if i < len(s) && s[i] == '\n' {
					b.WriteByte('\n') // ^ and two line ends are one line end in an argument
					continue
				}
				i--
				continue
			}
			if i < len(s) {
				b.WriteByte(s[i])
			}
		case c == '"':
			quoted = !quoted
			b.WriteByte(c)
		case c == '\n':
			return b.String(), i + 1
		case !quoted && (c == '&' || c == '|'):
			return b.String(), i + 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), len(s)
}

// windowsArgs splits a command line by the rules of the Microsoft C runtime:
// 2n backslashes and a quote are n backslashes, 2n+1 are n and a literal quote.
func windowsArgs(s string) []string {
	var args []string
	var b strings.Builder
	quoted, started := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\':
			n := 1
			for i+n < len(s) && s[i+n] == '\\' {
				n++
			}
			started = true
			if i+n < len(s) && s[i+n] == '"' {
				b.WriteString(strings.Repeat(`\`, n/2))
				i += n - 1
				if n%2 == 1 {
					b.WriteByte('"')
					i++
				}
				continue
			}
			b.WriteString(s[i : i+n])
			i += n - 1
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '"':
			quoted, started = !quoted, true
		case !quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			if started {
				args = append(args, b.String())
				b.Reset()
				started = false
			}
		default:
			started = true
			b.WriteByte(c)
		}
	}
	if started {
		args = append(args, b.String())
	}
	return args
}
