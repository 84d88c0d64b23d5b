package contract_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// A mutation is a body with one mistake in it.
type mutation struct {
	body     []byte
	pointer  string                        // of what the finding must speak
	also     string                        // or of this: what a misspelt name was, what stands inside
	from, to int                           // the bytes that it must point at
	either   func(*faultline.Finding) bool // a second reading that is as good, if there is one
	back     bool                          // the mistake shows what was meant: a checked remedy brings it back
}

// holds reports whether a finding points at the mistake: at its bytes, or at a part of them.
func (m *mutation) holds(f *faultline.Finding) bool {
	at := f.At.Span
	if m.either != nil && m.either(f) {
		return true
	}
	if strings.Contains(f.Message, "of which only one may fit") && strings.HasPrefix(m.pointer, f.At.Pointer+"/") {
		return true // what told the branches apart is gone: it is the whole that fits too many
	}
	return f.At.In == faultline.InBody && (f.At.Pointer == m.pointer || m.also != "" && f.At.Pointer == m.also) && at.Start >= m.from && at.End <= m.to && at.Start < at.End
}

// A kind is one sort of mistake that programs and people make.
type kind struct {
	name  string
	plant func(*planter) (mutation, bool)
}

// A planter knows a sound body.
type planter struct {
	t tape.Tape
	r *rand.Rand
}

// kinds are all sorts of mistakes. Those whose name is given with true show what was meant.
var kinds = slices.Concat([]kind{
	value("a number in quotes", true, func(p *planter, v string) string {
		if isNumber(v) {
			return strconv.Quote(v)
		}
		return v
	}),
	value("a boolean in quotes", true, func(_ *planter, v string) string {
		if v == "true" || v == "false" {
			return strconv.Quote(v)
		}
		return v
	}),
	value("a boolean as a word", false, func(_ *planter, v string) string {
		switch v {
		case "true":
			return `"yes"`
		case "false":
			return `"no"`
		}
		return v
	}),
	value("a number for a string", false, onString(func(*planter, string) string { return "12345" })),
	value("a boolean for a string", false, onString(func(*planter, string) string { return "true" })),
	value("null", false, func(_ *planter, _ string) string { return "null" }),
	value("null in quotes", false, func(_ *planter, v string) string {
		if v == "null" {
			return v
		}
		return `"null"`
	}),
	value("an object for an array", false, on('[', func(_ *planter, v string) string { return `{"elements":` + v + `}` })),
	value("an array around an object", true, on('{', func(_ *planter, v string) string { return "[" + v + "]" })),
	value("an array around a string", true, onString(func(_ *planter, v string) string { return "[" + v + "]" })),
	value("an array around a number", true, func(_ *planter, v string) string {
		if isNumber(v) {
			return "[" + v + "]"
		}
		return v
	}),
	value("a string for an object", false, on('{', func(*planter, string) string { return `"some text"` })),
	value("a number for an object", false, on('{', func(*planter, string) string { return `7` })),
	value("a string for an array", false, on('[', func(*planter, string) string { return `"some text"` })),
	value("JSON in a string", true, func(_ *planter, v string) string {
		if v[0] == '{' || v[0] == '[' {
			return tape.Quote(v)
		}
		return v
	}),
	value("a number far too large", false, onNumber(func(v string) string { return "98765432109876" })),
	value("a number below zero", false, onNumber(func(v string) string { return "-" + strings.TrimPrefix(v, "-") })),
	value("a number with a fraction", false, onNumber(func(v string) string { return strings.Split(v, ".")[0] + ".5" })),
	value("milliseconds for seconds", true, onNumber(func(v string) string {
		if strings.ContainsAny(v, ".eE") || v == "0" {
			return v
		}
		return v + "000"
	})),
	value("a decimal comma", true, onNumber(func(v string) string {
		if !strings.Contains(v, ".") {
			return v
		}
		return `"` + strings.Replace(v, ".", ",", 1) + `"`
	})),
	text("a text in capitals", true, func(_ *planter, s string) string { return strings.ToUpper(s) }),
	text("a text in title case", true, func(_ *planter, s string) string {
		return strings.ToUpper(s[:1]) + s[1:]
	}),
	text("another separator", true, func(_ *planter, s string) string {
		return strings.NewReplacer("_", "-", "-", "_").Replace(s)
	}),
	text("a plural", false, func(_ *planter, s string) string { return s + "s" }),
	text("a typing error", false, func(p *planter, s string) string { return p.typo(s) }),
	text("white space around", true, func(_ *planter, s string) string { return " " + s + " " }),
	text("an empty text", false, func(*planter, string) string { return "" }),
	text("a text far too long", false, func(_ *planter, s string) string { return strings.Repeat(s+" ", 1+9000/(len(s)+1)) }),
	text("another text", false, func(*planter, string) string { return "something else" }),
	text("a date for a date and time", false, func(_ *planter, s string) string {
		if isInstant(s) {
			return s[:10]
		}
		return s
	}),
	text("a date and time without a zone", false, func(_ *planter, s string) string {
		if isInstant(s) {
			return s[:19]
		}
		return s
	}),
	text("a blank for the T of a date", true, func(_ *planter, s string) string {
		if isInstant(s) {
			return s[:10] + " " + s[11:19] // and no zone
		}
		return s
	}),
	text("a date and time for a date", true, func(_ *planter, s string) string {
		if isDate(s) {
			return s + "T00:00:00Z"
		}
		return s
	}),
	text("a date with points", false, func(_ *planter, s string) string {
		if isDate(s) {
			return s[8:] + "." + s[5:7] + "." + s[:4]
		}
		return s
	}),
	value("seconds for a date and time", false, onString(func(_ *planter, v string) string {
		if isInstant(v[1 : len(v)-1]) {
			return "1763648400"
		}
		return v
	})),
	text("a UUID without dashes", true, func(_ *planter, s string) string {
		if isUUID(s) {
			return strings.ReplaceAll(s, "-", "")
		}
		return s
	}),
	text("a UUID in braces", true, func(_ *planter, s string) string {
		if isUUID(s) {
			return "{" + s + "}"
		}
		return s
	}),
	text("a URI without its scheme", false, func(_ *planter, s string) string {
		_, rest, ok := strings.Cut(s, "://")
		if !ok {
			return s
		}
		return rest
	}),
	{"an object around the body", func(p *planter) (mutation, bool) {
		if p.t.Tokens[0].Count == 0 {
			return mutation{}, false // nothing in it says whose it is
		}
		body := `{"data": ` + string(p.t.Src) + `}`
		return mutation{body: []byte(body), also: "/data", to: len(body), back: true}, true
	}},
	{"an object around a value", func(p *planter) (mutation, bool) {
		m, ok := value("", true, func(_ *planter, v string) string {
			if v == "null" || v == "{}" || v == "[]" {
				return v // nothing in it says whose it is
			}
			return `{"payload": ` + v + `}`
		}).plant(p)
		m.also = m.pointer + "/payload"
		return m, ok
	}},
}, keyKinds, textKinds)

// value is a kind that writes another value where one stood.
func value(name string, back bool, change func(p *planter, v string) string) kind {
	return kind{name, func(p *planter) (mutation, bool) {
		var list []int
		for i := range p.t.Tokens {
			if !p.isKey(i) {
				list = append(list, i)
			}
		}
		p.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, i := range list {
			was := string(p.t.Bytes(i))
			if now := change(p, was); now != was {
				tok := p.t.Tokens[i]
				body := slices.Concat(p.t.Src[:tok.Start], []byte(now), p.t.Src[tok.End:])
				return mutation{body: body, pointer: p.t.Pointer(i), from: int(tok.Start), to: int(tok.Start) + len(now), back: back}, true
			}
		}
		return mutation{}, false
	}}
}

// text is a kind that writes another text where one stood that is not empty.
func text(name string, back bool, change func(p *planter, s string) string) kind {
	return value(name, back, onString(func(p *planter, v string) string {
		s := string(tape.AppendUnescaped(nil, []byte(v[1:len(v)-1])))
		if s == "" || s[0] >= 0x80 {
			return v
		}
		now := change(p, s)
		if now == s {
			return v
		}
		return tape.Quote(now)
	}))
}

func on(first byte, change func(*planter, string) string) func(*planter, string) string {
	return func(p *planter, v string) string {
		if v[0] != first {
			return v
		}
		return change(p, v)
	}
}

func onString(change func(*planter, string) string) func(*planter, string) string {
	return on('"', change)
}

func onNumber(change func(string) string) func(*planter, string) string {
	return func(_ *planter, v string) string {
		if !isNumber(v) {
			return v
		}
		return change(v)
	}
}

func isNumber(v string) bool { return v[0] == '-' || v[0]-'0' <= 9 }

func isInstant(s string) bool {
	return len(s) == 20 && s[4] == '-' && s[10] == 'T' && s[19] == 'Z'
}

func isDate(s string) bool { return len(s) == 10 && s[4] == '-' && s[7] == '-' }

func isUUID(s string) bool { return len(s) == 36 && s[8] == '-' && s[23] == '-' }

// isKey reports whether the token is the name of a member.
func (p *planter) isKey(token int) bool {
	if p.t.Tokens[token].Kind != tape.String {
		return false
	}
	after := bytes.TrimLeft(p.t.Src[p.t.Tokens[token].End:], " \t\r\n")
	return len(after) > 0 && after[0] == ':'
}

// typo makes one mistake that fingers make.
func (p *planter) typo(s string) string {
	if len(s) < 2 {
		return s
	}
	i := p.r.IntN(len(s) - 1)
	switch p.r.IntN(4) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	case 2:
		return s[:i] + s[i:i+1] + s[i:]
	}
	return s[:i+1] + "q" + s[i+2:]
}

// otherCase writes snake_case as camelCase and the other way round.
func otherCase(s string) string {
	var b strings.Builder
	up := false
	for _, c := range s {
		switch {
		case c == '_':
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(c))
			up = false
		case unicode.IsUpper(c) && b.Len() > 0 && !strings.Contains(s, "_"):
			b.WriteString("_" + string(unicode.ToLower(c)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
