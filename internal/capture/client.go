package capture

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// A clientWords is how the HTTP clients of one language put a failed call into
// words: exceptions, stack traces, lines of their logs.
type clientWords struct {
	name, about string
	sayings     []saying
	innerFirst  bool // the language prints the cause before what it caused
	keepsWords  bool // the words say more than the status that stands beside them
}

// A saying is one way in which clients put it. The named groups of its pattern
// are what it tells of the call:
//
//	method  url  scheme  host  port  path     the request
//	redirected  origin                        where it went first; the page that it comes from
//	peer                                      the address that was connected to, for want of a host
//	status  reason  body                      the answer
//	words                                     what the client says went wrong
type saying struct {
	has     string // a piece of every match: asked first, since it is cheap
	pattern *regexp.Regexp
	each    bool   // a line of a log: every match is a call of its own
	status  int    // of an answer for which the words stand
	notice  string // what the words leave open
}

func says(has, pattern string) saying {
	return saying{has: has, pattern: regexp.MustCompile(`(?m)` + pattern)}
}

func logs(has, pattern string) saying {
	return saying{has: has, pattern: regexp.MustCompile(`(?m)` + pattern), each: true}
}

// Limits of what is told: more failures in one text are no report any more.
const (
	mostTold  = 10_000
	mostWords = 2 << 10 // bytes of the words of one failure
)

func (c *clientWords) format() Format {
	return Format{
		Name: c.name, About: c.about,
		Sniff:  func(_ string, prefix []byte) bool { return c.sniff(prefix) },
		Decode: c.decode,
	}
}

func (c *clientWords) sniff(prefix []byte) bool {
	for i := range c.sayings {
		s := &c.sayings[i]
		if bytes.Contains(prefix, []byte(s.has)) && s.pattern.Match(prefix) {
			return true
		}
	}
	return false
}

func (c *clientWords) decode(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		number := 0
		for _, call := range c.calls(strings.ReplaceAll(text, "\r\n", "\n")) {
			number++
			ex := call.exchange(number)
			if call.words != "" && c.keepsWords {
				ex.Failure = failure(call.words, ex.Response != nil)
			}
			if !yield(ex, nil) {
				return
			}
		}
		if number == 0 {
			yield(nil, errors.New("no failed call in the text"))
		}
	}
}

// calls puts together what is said of one call. What contradicts what was said
// before it is said of the next.
func (c *clientWords) calls(text string) []*told {
	var calls []*told
	var open *told
	for _, t := range c.told(text) {
		switch {
		case open != nil && t.at < open.end: // two sayings of the same words
			open.add(t, c.innerFirst)
		case open == nil || t.each || open.each || open.answeredBy(t) || !open.add(t, c.innerFirst):
			open = t
			calls = append(calls, t)
		}
	}
	return slices.DeleteFunc(calls, func(t *told) bool { return t.status == 0 && t.words == "" })
}

// told returns what each match says, in the order of the text.
func (c *clientWords) told(text string) []*told {
	var all []*told
	for i := range c.sayings {
		s := &c.sayings[i]
		if !strings.Contains(text, s.has) {
			continue
		}
		for _, at := range s.pattern.FindAllStringSubmatchIndex(text, mostTold) {
			all = append(all, s.read(text, at))
		}
	}
	slices.SortStableFunc(all, func(a, b *told) int { return a.at - b.at })
	lines := &lineCounter{}
	lines.read([]byte(text))
	for _, t := range all {
		t.line = lines.at(int64(t.at))
	}
	return all
}

// told is what is known of a call from the words of a client. What is empty is
// not known.
type told struct {
	at, end, line               int
	each                        bool
	method, url, scheme         string
	host, port, path, peer      string
	status, hopStatus           int
	reason, body, words, notice string
	hasBody                     bool
	origin, redirected          string
}

func (s *saying) read(text string, at []int) *told {
	t := &told{at: at[0], end: at[1], each: s.each, status: s.status, notice: s.notice}
	for i, name := range s.pattern.SubexpNames() {
		if name == "" || at[2*i] < 0 {
			continue
		}
		t.set(name, text[at[2*i]:at[2*i+1]])
	}
	return t
}

func (t *told) set(name, value string) {
	switch name {
	case "method":
		t.method = strings.ToUpper(value)
	case "url":
		t.url = value
	case "scheme":
		t.scheme = strings.ToLower(value)
	case "host":
		t.host = value
	case "port":
		t.port = value
	case "path":
		t.path = value
	case "peer":
		t.peer = value
	case "status":
		t.status, _ = strconv.Atoi(value)
	case "reason":
		t.reason = strings.TrimSpace(value)
	case "body":
		t.body, t.hasBody = value, true
	case "literal":
		t.body, t.hasBody = literalAsJSON(value), true
	case "words":
		t.words = plainWords(value[:min(len(value), mostWords)])
	case "origin":
		t.origin = value
	case "redirected":
		t.redirected = value
	}
}

// plainWords takes off what stands around the words: the colon behind a frame
// of Ruby, the quotes of a line of key=value pairs.
func plainWords(words string) string {
	if strings.Contains(words, `\"`) {
		words = strings.TrimSuffix(strings.ReplaceAll(words, `\"`, `"`), `"`)
	}
	return strings.TrimSpace(strings.TrimLeft(words, ": "))
}

// add takes over what another saying tells of the same call, and reports
// whether it can be the same.
func (t *told) add(u *told, innerFirst bool) bool {
	if t.redirected != "" && u.url == t.redirected {
		t.method, t.hopStatus = u.method, u.status
		return true
	}
	if differ(t.url, u.url) || differ(t.method, u.method) || differ(t.host, u.host) || t.status != 0 && u.status != 0 && t.status != u.status {
		return false
	}
	for _, f := range []struct{ to, from *string }{
		{&t.method, &u.method},
		{&t.url, &u.url},
		{&t.scheme, &u.scheme},
		{&t.host, &u.host},
		{&t.port, &u.port},
		{&t.path, &u.path},
		{&t.peer, &u.peer},
		{&t.reason, &u.reason},
		{&t.notice, &u.notice},
		{&t.origin, &u.origin},
		{&t.redirected, &u.redirected},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if t.status == 0 {
		t.status = u.status
	}
	if !t.hasBody {
		t.body, t.hasBody = u.body, u.hasBody
	}
	t.words = inWords(t.words, u.words, innerFirst)
	return true
}

// answeredBy reports whether another saying tells of an answer, where this call
// had none, or of a failure where this one had an answer: that is another call,
// unless both name the address.
func (t *told) answeredBy(u *told) bool {
	if u.line == t.line || u.url != "" && (u.url == t.url || u.url == t.redirected) {
		return false
	}
	return t.words != "" && t.status == 0 && u.status != 0 || t.status != 0 && t.url == "" && u.words != "" && u.url != ""
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// inWords puts the words of a failure before those of its cause. A language
// that prints the cause first repeats it in what it caused.
func inWords(first, second string, innerFirst bool) string {
	switch {
	case second == "" || strings.Contains(first, second):
		return first
	case first == "" || innerFirst || strings.Contains(second, first):
		return second
	case len(first)+len(second) > mostWords:
		return first
	}
	return first + "\n" + second
}

func (t *told) exchange(number int) *faultline.Exchange {
	ex := &faultline.Exchange{ID: ordinal(number), Unseen: faultline.UnseenRequestHeader | faultline.UnseenRequestBody}
	beginsAt(ex, t.line)
	t.request(&ex.Request)
	if t.redirected != "" {
		var first faultline.Hop
		setURL(&first.Request, t.redirected)
		first.Request.Method = t.method
		if t.hopStatus != 0 {
			first.Response = &faultline.Response{Status: t.hopStatus}
		}
		ex.Hops = append(ex.Hops, first)
	}
	if t.status != 0 {
		ex.Unseen |= faultline.UnseenResponseHeader
		ex.Response = &faultline.Response{Status: t.status, Reason: t.reason}
		if t.hasBody {
			ex.Response.Body = toldBody(t.body)
		} else {
			ex.Unseen |= faultline.UnseenResponseBody
		}
	} else {
		ex.Failure = failure(t.words, false)
	}
	addNotices(ex, t.notice)
	return ex
}

func (t *told) request(r *faultline.Request) {
	r.Method = t.method
	if t.origin != "" {
		r.Header = append(r.Header, faultline.Field{Name: "Origin", Value: t.origin})
	}
	if t.url != "" {
		setURL(r, t.url)
		return
	}
	r.Scheme, r.Host, r.Target = t.scheme, t.host, t.path
	if r.Host == "" {
		r.Host = t.peer
	}
	if t.port != "" && t.host != "" && !(t.port == "80" && t.scheme == "http") && !(t.port == "443" && t.scheme == "https") {
		r.Host += ":" + t.port
	}
}

// cutMark is how clients say that they show only the beginning of a body.
var cutMark = regexp.MustCompile(`\s*(?:\.\.\. ?)?\((?:truncated\.\.\.|\d+ bytes)\)\s*$`)

func toldBody(text string) faultline.Body {
	if at := cutMark.FindStringIndex(text); at != nil {
		text = text[:at[0]]
		return faultline.Body{Raw: []byte(text), Size: int64(len(text)), Truncated: true, Note: "the client shows only the beginning"}
	}
	return faultline.NewBody([]byte(text))
}
