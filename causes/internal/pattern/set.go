package pattern

import (
	"cmp"
	"regexp/syntax"
	"slices"
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
}

// maxPatterns is how many patterns a set may have.
const maxPatterns = 512

// mostNeeds is how many needs of one pattern are looked for: the two that tell texts apart best.
const mostNeeds = 2

// A need is a number of literals of which every match of a pattern has one. Patterns that need the
// same share it.
type need = uint16

type bitset [mostNeeds * maxPatterns / 64]uint64

// A needle is a literal, and the needs that it meets.
type needle struct {
	text string // in lower case
	of   []need
}

// Add adds a pattern.
func (s *Set) Add(expr string) *Pattern {
	p := &Pattern{expr: expr}
	if len(s.patterns) == maxPatterns {
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
	known, ids := map[string]*needle{}, map[string]need{}
	for _, p := range s.patterns {
		for _, texts := range bestNeeds(needed(parse(p.expr))) {
			key := strings.Join(texts, "\x00")
			id, shared := ids[key]
			if !shared {
				id = need(len(ids))
				ids[key] = id
				for _, text := range texts {
					if known[text] == nil {
						known[text] = &needle{text: text}
					}
					known[text].of = append(known[text].of, id)
				}
			}
			p.needs = append(p.needs, id)
		}
	}
	for _, n := range known {
		at := bucket(n.text[0], n.text[1])
		s.needles[at] = append(s.needles[at], *n)
	}
}

// A Line is a text, and which needs of the patterns of a set it meets.
type Line struct {
	Text string
	met  bitset
}

// Scan looks for what the patterns need.
func (s *Set) Scan(text string) Line {
	s.once.Do(s.index)
	l := Line{Text: text}
	low := fold(text)
	for i := 0; i+1 < len(low); i++ {
		needles := s.needles[bucket(low[i], low[i+1])]
		for k := range needles {
			if n := &needles[k]; strings.HasPrefix(low[i:], n.text) {
				for _, id := range n.of {
					l.met[id/64] |= 1 << (id % 64)
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
func (l *Line) May(p *Pattern) bool {
	for _, id := range p.needs {
		if l.met[id/64]&(1<<(id%64)) == 0 {
			return false
		}
	}
	return true
}

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

// needed returns what every match has: of each list at least one literal.
func needed(re *syntax.Regexp) [][]string {
	switch re.Op {
	case syntax.OpLiteral:
		if len(re.Rune) >= shortestNeed || len(re.Rune) == 1 && re.Rune[0] >= utf8.RuneSelf {
			return [][]string{{strings.ToLower(string(re.Rune))}}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needed(re.Sub[0])
		}
	case syntax.OpConcat:
		var all [][]string
		for _, sub := range re.Sub {
			all = append(all, needed(sub)...)
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			best := bestNeeds(needed(sub))
			if len(best) == 0 {
				return nil
			}
			all = append(all, best[0]...)
		}
		return [][]string{all}
	}
	return nil
}

// bestNeeds are those with the longest literals, which the fewest texts have.
func bestNeeds(all [][]string) [][]string {
	slices.SortStableFunc(all, func(a, b []string) int { return cmp.Compare(shortest(b), shortest(a)) })
	return all[:min(len(all), mostNeeds)]
}

func shortest(list []string) int {
	n := len(list[0])
	for _, s := range list {
		n = min(n, len(s))
	}
	return n
}
