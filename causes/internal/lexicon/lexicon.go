// Package lexicon finds out what a text is about: it holds thousands of phrases,
// each under a topic, and looks for all of them in one pass.
//
// Phrases are written as people write them, in lower case: "token has expired".
// Text and phrases are folded alike, so that one phrase finds RateLimitExceeded,
// RATE_LIMIT_EXCEEDED, rate-limit-exceeded and "rate limit exceeded".
//
//	"rate limit"         these words, whole
//	"throttl*"           a word that begins so: throttled, throttling
//	"*exception"         a word that ends so
//	"token ~ expired"    both in one sentence, the second not far behind the first
package lexicon

import (
	"fmt"
	"strings"
	"sync"
)

// A Topic is something that a text may be about.
type Topic uint16

// MostTopics bounds the topics of a book.
const MostTopics = 512

// mostHits bounds what is kept of one text: who speaks of everything says nothing.
const mostHits = 64

// shortest is what a phrase has at least: shorter ones stand in every text.
const shortest = 3

// longHead is how many bytes tell long phrases apart at once: thousands of them
// begin with "invalid" or "token", few with the same six bytes of a text.
const longHead = 6

// gap is how far the second part of a phrase may stand behind the first.
const gap = 48

// A Book holds the phrases. It is filled before its first Read, by one goroutine
// at a time, and does not change after it; then it is safe for concurrent use.
type Book struct {
	names   []string
	written [][]string // the phrases of each topic, as they are written
	phrases []phrase
	once    sync.Once
	long    *shelf // phrases that begin where a word begins, of longHead bytes and more
	starts  *shelf // the shorter ones
	inside  *shelf // phrases that begin anywhere
}

// A phrase is one thing to look for, folded.
type phrase struct {
	topic       Topic
	first, then string // then: what must follow within the gap
	open        bool   // first begins inside a word, too
	prefix      bool   // the last part ends inside a word, too
	firstPrefix bool   // so does the first of two
}

// Topic adds a topic with its phrases and returns it. They are read with the
// first text, so that a program that reads none pays nothing. A phrase that
// cannot be kept is a mistake of ours that stops every test.
func (b *Book) Topic(name string, phrases ...string) Topic {
	if len(b.names) == MostTopics {
		panic("lexicon: too many topics")
	}
	t := Topic(len(b.names))
	b.names = append(b.names, name)
	b.written = append(b.written, phrases)
	return t
}

// Name is the name of a topic.
func (b *Book) Name(t Topic) string { return b.names[t] }

func parse(t Topic, text string) phrase {
	p := phrase{topic: t}
	first, then, two := strings.Cut(text, "~")
	first = strings.TrimSpace(first)
	first, p.open = strings.CutPrefix(first, "*")
	if two {
		first, p.firstPrefix = strings.CutSuffix(first, "*")
		then, p.prefix = strings.CutSuffix(strings.TrimSpace(then), "*")
		p.then = Fold(then)
	} else {
		first, p.prefix = strings.CutSuffix(first, "*")
	}
	p.first = Fold(first)
	if len(p.first) < shortest || two && p.then == "" || strings.ContainsAny(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		panic(fmt.Sprintf("lexicon: the phrase %q is too short or not in lower case", text))
	}
	return p
}

// A Hit is a phrase that was found: the bytes of the folded text from Start to End.
type Hit struct {
	Topic      Topic
	Start, End int
}

// A Reading is what was found in one text.
type Reading struct {
	Text string // folded
	Hits []Hit  // in the order of the text
	set  [MostTopics / 64]uint64
}

// About reports whether the text is about one of the topics.
func (r *Reading) About(topics ...Topic) bool {
	for _, t := range topics {
		if r.set[t/64]&(1<<(t%64)) != 0 {
			return true
		}
	}
	return false
}

// Words is the first phrase that was found for the topic, as the folded text
// has it; empty if there is none.
func (r *Reading) Words(t Topic) string {
	for _, h := range r.Hits {
		if h.Topic == t {
			return r.Text[h.Start:h.End]
		}
	}
	return ""
}

// Read looks for every phrase of the book in a folded text. Its time is linear
// in the text.
func (b *Book) Read(folded string) Reading {
	b.once.Do(b.build)
	r := Reading{Text: folded}
	for i := range len(folded) {
		if atStart(folded, i) {
			b.look(&r, b.long, i)
			b.look(&r, b.starts, i)
		}
		b.look(&r, b.inside, i)
	}
	return r
}

// look files every phrase of a shelf that stands at i.
func (b *Book) look(r *Reading, s *shelf, i int) {
	for n := s.last(r.Text[i:]); n >= 0; n = s.within[n] {
		if p := s.sorted[n]; strings.HasPrefix(r.Text[i:], p.first) {
			b.match(r, p, i, i+len(p.first))
		}
	}
}

func (b *Book) match(r *Reading, p *phrase, i, at int) {
	end := p.endAt(r.Text, at)
	if end == 0 {
		return
	}
	r.set[p.topic/64] |= 1 << (p.topic % 64)
	if len(r.Hits) < mostHits {
		r.Hits = append(r.Hits, Hit{p.topic, i, end})
	}
}

// endAt is where the phrase ends whose first part ends at end, 0 if it is not
// there as a whole.
func (p *phrase) endAt(text string, end int) int {
	if p.then == "" {
		if !p.prefix && !atEnd(text, end) {
			return 0
		}
		return end
	}
	if !p.firstPrefix && !atEnd(text, end) {
		return 0
	}
	window := text[end:min(len(text), end+gap+len(p.then))]
	window = window[:sentenceEnd(window)]
	for from := 0; ; {
		at := strings.Index(window[from:], p.then)
		if at < 0 {
			return 0
		}
		at += from
		last := end + at + len(p.then)
		if atStart(text, end+at) && (p.prefix || atEnd(text, last)) {
			return last
		}
		from = at + 1
	}
}

// sentenceEnd is where a sentence ends in a text. A full stop between letters or digits belongs to an address, a
// host, a number or a file.
func sentenceEnd(text string) int {
	for i := range len(text) {
		switch text[i] {
		case ';', '<':
			return i
		case '.':
			if i+1 == len(text) || !wordByte(text[i+1]) {
				return i
			}
		}
	}
	return len(text)
}

// atStart reports whether a word begins at i, or something that is no word.
func atStart(text string, i int) bool { return i == 0 || !wordByte(text[i-1]) || !wordByte(text[i]) }

// atEnd reports whether no word goes on at i.
func atEnd(text string, i int) bool {
	return i == len(text) || !wordByte(text[i]) || !wordByte(text[i-1])
}

func wordByte(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80 }

func (b *Book) build() {
	for t, phrases := range b.written {
		for _, text := range phrases {
			b.phrases = append(b.phrases, parse(Topic(t), text))
		}
	}
	b.written = nil
	var long, starts, inside []*phrase
	for i := range b.phrases {
		switch p := &b.phrases[i]; {
		case p.open:
			inside = append(inside, p)
		case len(p.first) >= longHead:
			long = append(long, p)
		default:
			starts = append(starts, p)
		}
	}
	b.long, b.starts, b.inside = newShelf(longHead, long), newShelf(shortest, starts), newShelf(shortest, inside)
}
