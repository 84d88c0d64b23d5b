package schema

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// matching makes up a text in which the pattern is found, from its syntax tree.
// Look-around and what else only ECMA-262 has are beyond it.
func (s *sampler) matching(pattern string, least, most int) (string, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	for more := range localTries * 2 {
		var b strings.Builder
		s.expression(&b, re, more*more)
		text := b.String()
		n := utf8.RuneCountInString(text)
		if n >= least && (most < 0 || n <= most) {
			return text, true
		}
		if n < least && more == localTries*2-1 {
			return text + strings.Repeat("a", least-n), true // where the pattern is open at its end
		}
	}
	return "", false
}

// expression writes what one node matches; more is how often a repetition may go
// on beyond its least.
func (s *sampler) expression(b *strings.Builder, re *syntax.Regexp, more int) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			b.WriteRune(c)
		}
	case syntax.OpCharClass:
		b.WriteRune(s.letter(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(byte('a' + s.r.IntN(26)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			s.expression(b, sub, more)
		}
	case syntax.OpAlternate:
		s.expression(b, re.Sub[s.r.IntN(len(re.Sub))], more)
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		least, most := repeats(re)
		n := least + s.r.IntN(more+2)
		if most >= 0 {
			n = min(n, most)
		}
		for range min(n, longestSample) {
			if b.Len() > longestSample {
				return
			}
			s.expression(b, re.Sub[0], more)
		}
	}
}

func repeats(re *syntax.Regexp) (least, most int) {
	switch re.Op {
	case syntax.OpPlus:
		return 1, -1
	case syntax.OpQuest:
		return 0, 1
	case syntax.OpRepeat:
		return re.Min, re.Max
	}
	return 0, -1
}

// letter takes a letter of a class, one that can be read if there is any.
func (s *sampler) letter(ranges []rune) rune {
	if len(ranges) == 0 {
		return 'a'
	}
	for range 16 {
		i := s.r.IntN(len(ranges)/2) * 2
		lo, hi := max(ranges[i], ' '), min(ranges[i+1], '~')
		if lo <= hi {
			return lo + s.r.Int32N(hi-lo+1)
		}
	}
	return ranges[0]
}
