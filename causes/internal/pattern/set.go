package pattern

import (
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Set is a number of patterns that are tried on the same texts. Patterns are added before its
// first use, by one goroutine; then many may use it.
type Set struct {
	patterns []*Pattern
	once     sync.Once
	needles  [buckets][]needle
	always   bitset // patterns of which nothing is known
}

// maxPatterns is how many patterns a set may have.
const maxPatterns = 512

type bitset [maxPatterns / 64]uint64

// A needle is a literal, and which patterns have it in each of their matches, or one of several.
type needle struct {
	text string // in lower case
	of   []int
}

// Add adds a pattern.
func (s *Set) Add(expr string) *Pattern {
	p := &Pattern{expr: expr, index: len(s.patterns)}
	if p.index == maxPatterns {
		panic("pattern: the set is full")
	}
	s.patterns = append(s.patterns, p)
	return p
}

// Patterns returns all patterns, in the order in which they were added.
func (s *Set) Patterns() []*Pattern { return s.patterns }

// buckets is how many lists of needles there are: one for each pair of first bytes, folded.
const buckets = 1 << 10

func bucket(a, b byte) int { return int(a&31)<<5 | int(b&31) }

func (s *Set) index() {
	known := map[string]*needle{}
	for i, p := range s.patterns {
		needs := needed(parse(p.expr))
		if needs == nil {
			s.always[i/64] |= 1 << (i % 64)
		}
		for _, text := range needs {
			if known[text] == nil {
				known[text] = &needle{text: text}
			}
			known[text].of = append(known[text].of, i)
		}
	}
	for _, n := range known {
		at := bucket(n.text[0], n.text[1])
		s.needles[at] = append(s.needles[at], *n)
	}
}

// A Line is a text, and which patterns of a set may match it.
type Line struct {
	Text string
	may  bitset
}

// Scan looks for what the patterns need.
func (s *Set) Scan(text string) Line {
	s.once.Do(s.index)
	l := Line{Text: text, may: s.always}
	low := fold(text)
	for i := 0; i+1 < len(low); i++ {
		for k := range s.needles[bucket(low[i], low[i+1])] {
			n := &s.needles[bucket(low[i], low[i+1])][k]
			if strings.HasPrefix(low[i:], n.text) {
				for _, p := range n.of {
					l.may[p/64] |= 1 << (p % 64)
				}
			}
		}
	}
	return l
}

// fold writes a text in lower case.
func fold(text string) string {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ToLower(text)
		}
	}
	return text
}

// With returns the line with another text, which is a part of its own.
func (l Line) With(part string) Line {
	l.Text = part
	return l
}

// May reports whether the pattern may match.
func (l *Line) May(p *Pattern) bool { return l.may[p.index/64]&(1<<(p.index%64)) != 0 }

// Find returns the first match.
func (l *Line) Find(p *Pattern) (Match, bool) {
	if !l.May(p) {
		return Match{}, false
	}
	return p.Find(l.Text)
}

// Matches reports whether the text has a match.
func (l *Line) Matches(p *Pattern) bool {
	_, ok := l.Find(p)
	return ok
}

// All returns at most n matches, none of which overlap.
func (l *Line) All(p *Pattern, n int) []Match {
	if !l.May(p) {
		return nil
	}
	return p.All(l.Text, n)
}

// shortestNeed is the length from which a literal tells texts apart.
const shortestNeed = 2

// needed returns literals of which every match has at least one, nil if that cannot be said.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if len(re.Rune) >= shortestNeed || len(re.Rune) == 1 && re.Rune[0] >= utf8.RuneSelf {
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
