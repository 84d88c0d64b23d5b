// Package pattern matches regular expressions against sentences, fast enough to try a table of two
// hundred on each of them.
//
// Expressions are written in the syntax of package regexp and mean the same: the leftmost match, of
// several there the one that a backtracking matcher finds first. What is different is the price. A
// Set finds with one pass over the text which of its patterns can match at all, by literals of which
// each match has one; and a pattern follows at each branch only those ways whose first byte is there.
// Work is bounded by a number of steps, so that no text makes a pattern run for long: a text that
// needs more is no match.
//
//	var set pattern.Set
//	missing := set.Add(`(?i)missing (\w+)`)
//	text := "Missing sku"
//	if m, ok := set.Scan(text).Find(missing); ok {
//		name := m.Group(text, 1) // sku
//	}
//
// It is for short texts and expressions of our own: not for those of users, and not for text in
// which folds of letters beyond a pair matter (the Kelvin sign is no k).
package pattern

import (
	"regexp/syntax"
	"strings"
	"sync"
)

// maxGroups is how many groups an expression may have.
const maxGroups = 5

// A Match holds where the whole match and its groups begin and end; -1 where a group took no part.
type Match [2 * (maxGroups + 1)]int

// Group returns the text of a group, empty if it took no part.
func (m *Match) Group(text string, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return text[m[2*n]:m[2*n+1]]
}

// A Pattern is one expression. It is compiled when it is first needed, and may be used by many
// goroutines at a time.
type Pattern struct {
	expr  string
	once  sync.Once
	prog  program
	needs []need // of its set
}

// New returns a pattern that belongs to no set. It panics later, when it is first used, if the
// expression is none: a test has to use each.
func New(expr string) *Pattern { return &Pattern{expr: expr} }

// String is the expression.
func (p *Pattern) String() string { return p.expr }

// Names returns the names of the groups, as regexp.SubexpNames does.
func (p *Pattern) Names() []string { return p.compiled().names }

func (p *Pattern) compiled() *program {
	p.once.Do(func() { p.prog = compile(parse(p.expr)) })
	return &p.prog
}

func parse(expr string) *syntax.Regexp {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic("pattern: " + err.Error())
	}
	return tree
}

// Matches reports whether the text has a match.
func (p *Pattern) Matches(text string) bool {
	_, ok := p.Find(text)
	return ok
}

// Find returns the first match.
func (p *Pattern) Find(text string) (Match, bool) { return p.FindAt(text, 0) }

// FindAt returns the first match that begins at that byte or later.
func (p *Pattern) FindAt(text string, at int) (Match, bool) {
	prog := p.compiled()
	m := machine{text: text, left: maxSteps}
	for ; at <= len(text); at++ {
		if at < len(text) && !prog.first.has(text[at]) || at == len(text) && !prog.first.atEnd || prog.words && inWord(text, at) {
			continue
		}
		for i := range m.at {
			m.at[i] = -1
		}
		if m.run(prog.start, at) {
			m.at[0] = at
			return m.at, true
		}
		if prog.anchored || m.left <= 0 {
			break
		}
	}
	return Match{}, false
}

// inWord reports whether a position is within a word, where a name cannot begin.
func inWord(text string, at int) bool {
	return at > 0 && at < len(text) && wordByte(text[at-1]) && wordByte(text[at])
}

// All returns at most n matches, none of which overlap. None of them is empty.
func (p *Pattern) All(text string, n int) []Match {
	var out []Match
	for at := 0; len(out) < n; {
		m, ok := p.FindAt(text, at)
		if !ok {
			break
		}
		if m[1] == m[0] {
			at = m[1] + 1
			continue
		}
		out = append(out, m)
		at = m[1]
	}
	return out
}

// Cut returns the text without the first match.
func (p *Pattern) Cut(text string) string {
	m, ok := p.Find(text)
	if !ok {
		return text
	}
	return strings.Join([]string{text[:m[0]], text[m[1]:]}, "")
}
