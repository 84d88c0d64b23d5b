package faultline

import "strings"

// Unfilled reports whether a text is what stands where a value should be: a
// shell variable (`$TOKEN`, `${TOKEN}`, `%TOKEN%`), a template's variable
// (`{{token}}`, `<token>`), or the word that a program writes for a variable
// without a value (`undefined`, `null`, `None`). Such a text is no secret.
func Unfilled(text string) bool {
	switch text {
	case "undefined", "null", "nil", "None", "NaN", "(null)", "[object Object]":
		return true
	}
	n := len(text)
	switch {
	case n < 2 || n > 80:
		return false
	case text[0] == '$':
		return variable(strings.TrimSuffix(strings.TrimPrefix(text[1:], "{"), "}"))
	case strings.HasPrefix(text, "{{") && strings.HasSuffix(text, "}}"):
		return variable(strings.TrimSpace(strings.Trim(text, "{}")))
	case text[0] == '<' && text[n-1] == '>', text[0] == '%' && text[n-1] == '%':
		return variable(strings.ReplaceAll(text[1:n-1], " ", "_"))
	}
	return false
}

// variable reports whether a text is a name as shells and templates take it.
func variable(name string) bool {
	for i := range len(name) {
		c := name[i] | 0x20
		letter := 'a' <= c && c <= 'z' || name[i] == '_'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789.-", rune(name[i]))) {
			return false
		}
	}
	return name != ""
}
