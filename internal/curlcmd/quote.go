package curlcmd

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A segment is a piece of a shell word: text, or the name of a variable.
type segment struct {
	text     string
	variable bool
}

func literal(s string) segment     { return segment{text: s} }
func variable(name string) segment { return segment{text: name, variable: true} }

// quote writes one shell word for bash, zsh and ksh.
func quote(parts []segment) string {
	variables, special := false, false
	for _, p := range parts {
		if p.variable {
			variables = true
		} else if strings.ContainsAny(p.text, "\\\"$`!") || needsEscapes(p.text) {
			special = true
		}
	}
	if !variables {
		var all strings.Builder
		for _, p := range parts {
			all.WriteString(p.text)
		}
		return quoteLiteral(all.String())
	}
	var b strings.Builder
	if !special {
		b.WriteByte('"')
	}
	for i, p := range parts {
		switch {
		case !p.variable && special:
			b.WriteString(quoteLiteral(p.text))
		case !p.variable:
			b.WriteString(p.text)
		case special:
			b.WriteString(`"$` + p.text + `"`)
		default:
			b.WriteString(reference(p.text, parts[i+1:]))
		}
	}
	if !special {
		b.WriteByte('"')
	}
	return b.String()
}

// reference writes a variable, in braces if what follows would belong to its name.
func reference(name string, rest []segment) string {
	if len(rest) > 0 && !rest[0].variable && rest[0].text != "" && isNameByte(rest[0].text[0]) {
		return "${" + name + "}"
	}
	return "$" + name
}

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func quoteLiteral(s string) string {
	if needsEscapes(s) {
		return ansiC(s)
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// needsEscapes reports text that single quotes cannot carry through a terminal.
func needsEscapes(s string) bool {
	if !utf8.ValidString(s) {
		return true
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || hidden(r) {
			return true
		}
	}
	return false
}

// hidden reports characters that do something to a terminal, or to the order
// in which the text around them is shown.
func hidden(r rune) bool {
	return 0x7f <= r && r <= 0x9f || r == 0x61c || 0x200b <= r && r <= 0x200f || 0x2028 <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 || r == 0xfeff
}

// ansiC writes $'…', in which every byte but NUL has an escape.
func ansiC(s string) string {
	var b strings.Builder
	b.WriteString("$'")
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\' || r == '\'':
			b.WriteString("\\" + string(r))
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || hidden(r) || r == utf8.RuneError && n == 1:
			// Octal, since a hexadecimal escape would swallow a digit behind it.
			for _, c := range []byte(s[i : i+n]) {
				fmt.Fprintf(&b, `\%03o`, c)
			}
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String() + "'"
}

// word leaves a plain word without quotes.
func word(s string) string {
	for i := range len(s) {
		if !isNameByte(s[i]) && s[i] != '-' {
			return quoteLiteral(s)
		}
	}
	if s == "" {
		return "''"
	}
	return s
}
