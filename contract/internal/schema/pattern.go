package schema

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
)

// A pattern is a regular expression of ECMA-262, run by the cheapest engine
// that gives it the same meaning: runs of character classes by ourselves, what
// is regular by package regexp, the rest (look-around, back references) by a
// backtracking engine under a time limit.
type pattern struct {
	text string
	runs []run
	std  *regexp.Regexp
	slow *regexp2.Regexp
}

const (
	// longestPattern bounds what an author can make us compile.
	longestPattern = 16 << 10
	// longestBacktrack bounds the text that the backtracking engine sees: its
	// clock is coarse.
	longestBacktrack = 64 << 10
	// backtrackTime is generous for honest texts, and short for a hostile one.
	backtrackTime = 100 * time.Millisecond
)

var errCostly = errors.New("takes too long")

// newPattern compiles text. The error says what is wrong with it in words.
func newPattern(text string) (*pattern, error) {
	if len(text) > longestPattern {
		return nil, fmt.Errorf("it is longer than %d bytes", longestPattern)
	}
	p := &pattern{text: text}
	if runs, ok := parseRuns(text); ok {
		p.runs = runs
		return p, nil
	}
	if std, ok := translate(text); ok {
		if re, err := regexp.Compile(std); err == nil {
			p.std = re
			return p, nil
		}
	}
	re, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		// ECMA-262, Annex B: without the u flag more is allowed.
		if re, err = regexp2.Compile(text, regexp2.ECMAScript); err != nil {
			return nil, errors.New(strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		}
	}
	re.MatchTimeout = backtrackTime
	p.slow = re
	return p, nil
}

// match reports whether the pattern is found in text, whose escapes are undone.
// errCostly says that it could not be found out in time.
func (p *pattern) match(text []byte) (bool, error) {
	switch {
	case p.runs != nil:
		return matchRuns(p.runs, text), nil
	case p.std != nil:
		return p.std.Match(text), nil
	case len(text) > longestBacktrack:
		return false, errCostly
	}
	ok, err := p.slow.MatchString(string(text))
	if err != nil {
		return false, errCostly
	}
	return ok, nil
}

// A run is a class of ASCII characters that follows itself at least min and at
// most max times.
type run struct {
	class    [2]uint64
	min, max int
}

func (r *run) has(c byte) bool { return c < 128 && r.class[c>>6]>>(c&63)&1 == 1 }

func (r *run) add(lo, hi byte) {
	for c := int(lo); c <= int(hi); c++ {
		r.class[c>>6] |= 1 << (c & 63)
	}
}

const unbounded = 1 << 30

// matchRuns needs no going back: a run that may end early has no character in
// common with the next ones that may follow it; parseRuns sees to that.
func matchRuns(runs []run, text []byte) bool {
	i := 0
	for k := range runs {
		r := &runs[k]
		n := 0
		for n < r.max && i < len(text) && r.has(text[i]) {
			i++
			n++
		}
		if n < r.min {
			return false
		}
	}
	return i == len(text)
}

// parseRuns reads a pattern that is ^, runs, $.
func parseRuns(text string) ([]run, bool) {
	if len(text) < 3 || text[0] != '^' || text[len(text)-1] != '$' {
		return nil, false
	}
	rest := text[1 : len(text)-1]
	var runs []run
	for rest != "" {
		r := run{min: 1, max: 1}
		n := parseClass(&r, rest)
		if n == 0 {
			return nil, false
		}
		m, ok := parseQuantifier(&r, rest[n:])
		if !ok {
			return nil, false
		}
		rest = rest[n+m:]
		runs = append(runs, r)
	}
	return runs, len(runs) > 0 && unambiguous(runs)
}

func unambiguous(runs []run) bool {
	for i := range runs {
		if runs[i].min == runs[i].max {
			continue
		}
		for j := i + 1; j < len(runs); j++ {
			if runs[i].class[0]&runs[j].class[0] != 0 || runs[i].class[1]&runs[j].class[1] != 0 {
				return false
			}
			if runs[j].min > 0 {
				break
			}
		}
	}
	return true
}

// parseClass reads one character, escape or bracket expression and returns its
// length; 0 if it is anything else.
func parseClass(r *run, s string) int {
	switch c := s[0]; {
	case c == '[':
		return parseBracket(r, s)
	case c == '\\':
		return parseEscape(r, s)
	case c >= 0x80 || strings.IndexByte(`^$.|?*+(){}]/`, c) >= 0 && c != '/':
		return 0
	default:
		r.add(c, c)
		return 1
	}
}

// parseEscape reads \d, \w and escaped punctuation.
func parseEscape(r *run, s string) int {
	if len(s) < 2 {
		return 0
	}
	switch c := s[1]; {
	case c == 'd':
		r.add('0', '9')
	case c == 'w':
		r.add('0', '9')
		r.add('a', 'z')
		r.add('A', 'Z')
		r.add('_', '_')
	case strings.IndexByte(`^$\.*+?()[]{}|/-`, c) >= 0:
		r.add(c, c)
	default:
		return 0
	}
	return 2
}

func parseBracket(r *run, s string) int {
	if len(s) > 1 && s[1] == '^' {
		return 0 // the complement has characters beyond ASCII
	}
	for i := 1; i < len(s); {
		if s[i] == ']' {
			if i == 1 {
				return 0
			}
			return i + 1
		}
		if s[i] >= 0x80 || s[i] == '[' {
			return 0
		}
		lo, n := s[i], 1
		if s[i] == '\\' {
			if n = parseEscape(r, s[i:]); n == 0 {
				return 0
			}
			lo = s[i+1]
			if lo == 'd' || lo == 'w' {
				if strings.HasPrefix(s[i+n:], "-") && !strings.HasPrefix(s[i+n:], "-]") {
					return 0
				}
				i += n
				continue
			}
		}
		i += n
		if i+1 < len(s) && s[i] == '-' && s[i+1] != ']' {
			hi := s[i+1]
			if hi >= 0x80 || hi == '\\' || hi == '[' || hi < lo {
				return 0
			}
			r.add(lo, hi)
			i += 2
			continue
		}
		r.add(lo, lo)
	}
	return 0
}

func parseQuantifier(r *run, s string) (n int, ok bool) {
	if s == "" {
		return 0, true
	}
	switch s[0] {
	case '?':
		r.min, r.max, n = 0, 1, 1
	case '*':
		r.min, r.max, n = 0, unbounded, 1
	case '+':
		r.min, r.max, n = 1, unbounded, 1
	case '{':
		end := strings.IndexByte(s, '}')
		if end < 0 {
			return 0, false
		}
		lo, hi, comma := strings.Cut(s[1:end], ",")
		a, err := strconv.Atoi(lo)
		if err != nil || a < 0 || a > unbounded {
			return 0, false
		}
		r.min, r.max, n = a, a, end+1
		if comma {
			r.max = unbounded
			if hi != "" {
				b, err := strconv.Atoi(hi)
				if err != nil || b < a || b > unbounded {
					return 0, false
				}
				r.max = b
			}
		}
	default:
		return 0, true
	}
	if n < len(s) && (s[n] == '?' || s[n] == '+' || s[n] == '*' || s[n] == '{') {
		return 0, false
	}
	return n, true
}

const (
	// ECMA-262, CharacterClassEscape :: s, which is more than RE2's.
	ecmaSpace = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	// ECMA-262, CharacterClass . : all but LineTerminator.
	ecmaDot = `[^\n\r\x{2028}\x{2029}]`
)

// translate writes a pattern for package regexp so that it means the same. It
// is false for all that it is not sure of.
func translate(text string) (string, bool) {
	if !utf8.ValidString(text) {
		return "", false
	}
	var out strings.Builder
	inClass := false
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\\':
			piece, n := translateEscape(text[i:], inClass)
			if n == 0 {
				return "", false
			}
			out.WriteString(piece)
			i += n
			continue
		case inClass && c == ']':
			inClass = false
		case inClass && c == '[':
			out.WriteString(`\[`)
			i++
			continue
		case c == '[':
			rest := strings.TrimPrefix(text[i+1:], "^")
			if strings.HasPrefix(rest, "]") {
				return "", false // empty class, or everything
			}
			inClass = true
		case !inClass && c == '.':
			out.WriteString(ecmaDot)
			i++
			continue
		case !inClass && c == '(' && strings.HasPrefix(text[i+1:], "?"):
			if !strings.HasPrefix(text[i+1:], "?:") {
				return "", false
			}
		}
		out.WriteByte(c)
		i++
	}
	return out.String(), !inClass
}

func translateEscape(s string, inClass bool) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	c := s[1]
	switch {
	case c == 'd' || c == 'D' || c == 'w' || c == 'W' || c == 't' || c == 'n' || c == 'v' || c == 'f' || c == 'r':
		return s[:2], 2
	case (c == 'b' || c == 'B') && !inClass:
		return s[:2], 2
	case c == 's' && inClass:
		return ecmaSpace, 2
	case c == 's':
		return "[" + ecmaSpace + "]", 2
	case c == 'S' && !inClass:
		return "[^" + ecmaSpace + "]", 2
	case c == 'x' && len(s) >= 4 && isHex(s[2:4]):
		return `\x{` + s[2:4] + `}`, 4
	case c == 'u' && len(s) >= 6 && isHex(s[2:6]):
		if s[2]|0x20 == 'd' && s[3] >= '8' {
			return "", 0 // a surrogate
		}
		return `\x{` + s[2:6] + `}`, 6
	case (c == 'p' || c == 'P') && len(s) >= 5 && s[2] == '{':
		return translateProperty(s)
	case strings.IndexByte(`^$\.*+?()[]{}|/-`, c) >= 0 || strings.IndexByte(` !"#%&',:;<=>@_~`+"`", c) >= 0:
		return regexp.QuoteMeta(string(c)), 2
	}
	return "", 0
}

// translateProperty lets through the general categories, whose short names are
// the same in both.
func translateProperty(s string) (string, int) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return "", 0
	}
	switch name := s[3:end]; name {
	case "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
		"P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp":
		return s[:end+1], end + 1
	}
	return "", 0
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 32)
	return err == nil && s[0] != '+' && s[0] != '-' && !strings.Contains(s, "_")
}
