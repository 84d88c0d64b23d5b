package words

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// A pattern is a regular expression and the literals of which a text must have
// one for it to match. Looking for those first makes a table of a hundred
// patterns cheap: BenchmarkRead is ten times slower without.
type pattern struct {
	re    *regexp.Regexp
	needs []string // in lower case; nil: nothing is known
}

func compile(expr string) pattern {
	p := pattern{re: regexp.MustCompile(expr)}
	if tree, err := syntax.Parse(expr, syntax.Perl); err == nil {
		p.needs = needed(tree)
	}
	return p
}

// may reports whether the pattern can match a text, given in lower case.
func (p *pattern) may(lower string) bool {
	if p.needs == nil {
		return true
	}
	for _, s := range p.needs {
		if strings.Contains(lower, s) {
			return true
		}
	}
	return false
}

func (p *pattern) matches(text string) bool {
	return p.may(strings.ToLower(text)) && p.re.MatchString(text)
}

// shortestNeed is the length from which a literal tells texts apart.
const shortestNeed = 2

// needed returns literals of which every match has at least one, nil if that cannot be said.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if len(re.Rune) >= shortestNeed {
			return []string{strings.ToLower(string(re.Rune))}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needed(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if n := needed(sub); n != nil && (best == nil || shortest(n) > shortest(best)) {
				best = n
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			n := needed(sub)
			if n == nil {
				return nil
			}
			all = append(all, n...)
		}
		return all
	}
	return nil
}

func shortest(list []string) int {
	n := len(list[0])
	for _, s := range list {
		n = min(n, len(s))
	}
	return n
}
