package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// spokenOf is the part of the request that the server's words are about,
// whatever its status: the field whose value is taken, the parameter that names
// the thing. A value that is found by chance in a sentence does not count unless the sentence quotes it.
func (c *Case) spokenOf() (reqField, bool) {
	for _, w := range words.Read(c.ResponseBody()) {
		f, how := c.subject(w)
		if f == nil || how == inside || f.name() == "" || f.kind == "object" || f.kind == "array" {
			continue
		}
		if how == byValue && len(f.text) < 3 {
			continue
		}
		return *f, true
	}
	return reqField{}, false
}

// quotedField is the field of body or query whose value the answer quotes as a whole word.
func (c *Case) quotedField() (reqField, bool) {
	said := c.Said()
	if said == "" {
		return reqField{}, false
	}
	for _, fields := range [][]reqField{c.body().fields(), c.queryFields()} {
		for i := range fields[:min(len(fields), maxPairs)] {
			f := &fields[i]
			quoted := f.text != "" && (strings.Contains(said, `"`+strings.ToLower(f.text)+`"`) || strings.Contains(said, "'"+strings.ToLower(f.text)+"'"))
			if (len(f.text) >= 3 || quoted) && len(f.text) <= 200 && f.name() != "" && !secretName(f.name()) && holdsWord(said, strings.ToLower(f.text)) {
				return *f, true
			}
		}
	}
	return reqField{}, false
}

// namedField is the field of the body that the answer names first: "a user with this email already exists".
func (c *Case) namedField() (found reqField, ok bool) {
	said := c.Said()
	first := len(said)
	fields := c.body().fields()
	for i := range fields[:min(len(fields), maxMentioned)] {
		f := &fields[i]
		name := strings.ToLower(f.name())
		if len(name) < 3 || commonWord(name) || f.kind == "object" || f.kind == "array" {
			continue
		}
		for _, word := range []string{name, strings.ReplaceAll(name, "_", " ")} {
			if at := strings.Index(said, word); at >= 0 && at < first && holdsWord(said, word) {
				found, ok, first = *f, true, at
			}
		}
	}
	return found, ok
}

// holdsWord reports whether text holds the word, not as a part of a longer one.
func holdsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		if (i == 0 || !wordChar(text[i-1]) || !wordChar(word[0])) && (end == len(text) || !wordChar(text[end])) {
			return true
		}
		from = i + 1
	}
}

func wordChar(b byte) bool {
	return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b == '_' || b >= 0x80
}

// placeMeant is the place of a meaning in this request: a member of the body stands
// in the query where the API takes both.
func (c *Case) placeMeant(n *naming, found faultline.Location) faultline.Location {
	at := n.place(found)
	if at.In != faultline.InBody || at.Side != faultline.RequestSide || at.Pointer == "" {
		return at
	}
	name := strings.TrimPrefix(at.Pointer, "/")
	if f := findHead(c.body().fields(), strings.Split(name, "/")); f != nil {
		at.Span = c.placed(f.span)
		return at
	}
	for i, q := range c.queryFields() {
		if q.name() == name {
			return c.queryFields()[i].at()
		}
	}
	if c.hasNoBody() {
		return found
	}
	return at
}

// failedWith reports whether the call failed in a way that a rule about states
// and things may explain: not by who called, how often or where to.
func (c *Case) failedWith() bool {
	if c.Exchange.Response == nil || c.preflight() {
		return false
	}
	if t := c.hop().Tell; t != nil && !t.Vague && t.Cause != "" && t.Cause.Family() != "state" && t.Cause.Family() != "resource" {
		return false // a gateway's own answer
	}
	switch status := c.Status(); {
	case status == 401, status == 405, status == 407, status == 415, status == 429, status == 431:
		return len(c.namings()) > 0
	case status == 502, status == 503, status == 504:
		return false
	case status >= 400:
		return true
	}
	return c.ErrorInside()
}
