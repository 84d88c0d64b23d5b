package yaml

import (
	"math/big"
	"strings"

	lib "go.yaml.in/yaml/v4"
)

// scalar resolves a scalar by the core schema (YAML 1.2.2, section 10.3.2): only
// what JSON knows too has a type. `yes`, `on` and dates are strings, as are
// .inf and .nan, which JSON cannot say.
func scalar(n *lib.Node, out *Node) {
	out.Kind, out.Text = String, n.Value
	if n.Tag == "!!str" && n.Style&lib.TaggedStyle != 0 || !isPlain(n) {
		return
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		out.Kind, out.Text = Null, ""
	case "true", "True", "TRUE":
		out.Kind, out.Text = Bool, "true"
	case "false", "False", "FALSE":
		out.Kind, out.Text = Bool, "false"
	default:
		if text, ok := number(n.Value); ok {
			out.Kind, out.Text = Number, text
		}
	}
}

func isPlain(n *lib.Node) bool {
	const quoted = lib.SingleQuotedStyle | lib.DoubleQuotedStyle | lib.LiteralStyle | lib.FoldedStyle
	return n.Style&quoted == 0
}

// maxDigits bounds the length of a number in another base, whose conversion is
// not linear.
const maxDigits = 64

// number returns the JSON spelling of a YAML number; what JSON can spell stays
// as it is written, so that a version 1.10 does not become 1.1.
func number(s string) (string, bool) {
	if len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'o') {
		return otherBase(s)
	}
	sign, rest := "", s
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		if rest[0] == '-' {
			sign = "-"
		}
		rest = rest[1:]
	}
	whole, rest := leadingDigits(rest)
	fraction := ""
	if strings.HasPrefix(rest, ".") {
		fraction, rest = leadingDigits(rest[1:])
	} else if whole == "" {
		return "", false
	}
	if whole == "" && fraction == "" {
		return "", false
	}
	exponent := ""
	if rest != "" {
		if exponent = exponentOf(rest); exponent == "" {
			return "", false
		}
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction + exponent, true
}

func leadingDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// exponentOf returns s if all of it is an exponent.
func exponentOf(s string) string {
	if s[0] != 'e' && s[0] != 'E' {
		return ""
	}
	rest := s[1:]
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	if digits, after := leadingDigits(rest); digits == "" || after != "" {
		return ""
	}
	return s
}

func otherBase(s string) (string, bool) {
	if len(s) > maxDigits || strings.Contains(s, "_") {
		return "", false
	}
	v, ok := new(big.Int).SetString(s, 0)
	if !ok {
		return "", false
	}
	return v.String(), true
}
