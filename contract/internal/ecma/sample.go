package ecma

import (
	"strings"
	"unicode/utf8"
)

const (
	// mostSamples bounds how often a text is made up before the shortest one is
	// looked for.
	mostSamples = 20
	// longestSample bounds a text that is made up.
	longestSample = 64 << 10
)

// Sample makes up a text of at least least and at most most characters (-1: as
// many as there are) that the pattern is found in. pick chooses a number from 0
// to n-1. It is false if none was found, which does not say that there is none.
func (re *Regexp) Sample(least, most int, pick func(n int) int) (string, bool) {
	for try := range mostSamples {
		w := writer{pick: pick, rounds: 1 + try*try/2, groups: map[int]string{}}
		w.write(re.root)
		text := w.out.String()
		n := utf8.RuneCountInString(text)
		if w.stuck || n < least || most >= 0 && n > most {
			continue
		}
		if ok, err := re.Match([]byte(text)); ok && err == nil {
			return text, true
		}
	}
	if t := re.table(); t != nil {
		return t.sample(least, most, pick)
	}
	return "", false
}

// A writer makes up a text for a pattern whose assertions it hopes for.
type writer struct {
	pick   func(n int) int
	rounds int // how often what may go on is repeated beyond what is asked
	out    strings.Builder
	groups map[int]string
	stuck  bool
}

func (w *writer) write(n *node) {
	if w.stuck || w.out.Len() > longestSample {
		w.stuck = true
		return
	}
	switch n.op {
	case opSet:
		r := n.set.sample(w.pick)
		if r < 0 {
			w.stuck = true
			return
		}
		w.out.WriteRune(r)
	case opCat:
		for _, sub := range n.subs {
			w.write(sub)
		}
	case opAlt:
		w.write(n.subs[w.pick(len(n.subs))])
	case opRepeat:
		most := n.min + w.rounds
		if n.max >= 0 {
			most = min(most, n.max)
		}
		for range n.min + w.pick(most-n.min+1) {
			w.write(n.subs[0])
		}
	case opGroup:
		start := w.out.Len()
		w.write(n.subs[0])
		w.groups[n.index] = w.out.String()[start:]
	case opBackref:
		w.out.WriteString(w.groups[n.index])
	}
}

// sample is a member of a set: a letter or digit if there is any, else another
// printable character of ASCII, else any; -1 if there is none but surrogates.
func (s set) sample(pick func(n int) int) rune {
	for _, liked := range []set{{'0', '9', 'A', 'Z', 'a', 'z'}, {' ', '~'}, {0xa1, 0xd7ff, 0xe000, 0xfffd}} {
		if both := s.but(liked.not()); len(both) > 0 {
			return both.at(pick(both.size()))
		}
	}
	both := s.but(set{0xd800, 0xdfff})
	if len(both) == 0 {
		return -1
	}
	if r := both.at(pick(both.size())); utf8.ValidRune(r) {
		return r
	}
	return -1
}
