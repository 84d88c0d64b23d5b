// Package console reads what browsers write into their console when they keep
// an answer from a page's script: the sentences of Chrome (Blink), Firefox
// (Gecko) and Safari (WebKit), of now and of earlier versions.
//
//	m, ok := console.Read("Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: ...")
//	// m.Reason == fetch.NoAllowOrigin, m.URL, m.Origin
//
// It knows nothing of messages that are not about cross-origin calls.
package console

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/internal/fetch"
)

// Engine is the part of a browser that wrote a message.
type Engine string

// The engines.
const (
	Blink  Engine = "Chrome"
	Gecko  Engine = "Firefox"
	WebKit Engine = "Safari"
	Other  Engine = "the client"
)

// Message is what a console's text says of one cross-origin call. What it does
// not name is empty.
type Message struct {
	Engine    Engine
	Reason    fetch.Reason
	Preflight bool   // it is about the answer to the preflight
	URL       string // that was called, after redirects
	From      string // the address that redirected there
	Origin    string // of the page
	Method    string // that is refused
	Header    string // that is refused or hidden, as the message spells it
	Value     string // of the answer's field that decided
	Status    int    // of the answer
	Sentence  string // the words that say why
}

// mostRead bounds how much of a text is read. Consoles put the reason first.
const mostRead = 32 << 10

// Read finds the first message about a cross-origin call in a text, and what
// the lines around it add to it. It is false if there is none.
func Read(text string) (Message, bool) {
	if len(text) > mostRead {
		text = text[:mostRead]
	}
	if !speaksOfOrigins(text) {
		return Message{}, false
	}
	text = straight.Replace(text)
	for i := range sentences {
		if m, ok := sentences[i].read(text); ok {
			m.around(text)
			return m, true
		}
	}
	return Message{}, false
}

// speaksOfOrigins is a quick look that lets most texts go.
func speaksOfOrigins(text string) bool {
	for _, sign := range [...]string{"CORS", "ross-Origin", "ross origin", "ross-origin", "Access-Control-Allow-", "access control checks", "reflight", "unsafe header", "address space", "redirection URL"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// straight makes typewriter quotes of the others: Gecko and word processors
// write curly ones.
var straight = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "\u00a0", " ")

// sentence is one way in which a browser says why.
type sentence struct {
	engine    Engine
	says      string // with % where a name or value stands
	reason    fetch.Reason
	preflight bool
	takes     string // what each % stands for: m method, h header, v value, o origin, u address, s status
}

// read finds the sentence in a text and takes its parts.
func (s *sentence) read(text string) (Message, bool) {
	m := Message{Engine: s.engine, Reason: s.reason, Preflight: s.preflight}
	pieces := strings.Split(s.says, "%")
	from := strings.Index(text, pieces[0])
	if pieces[0] == "" || from < 0 {
		return m, false
	}
	at := from + len(pieces[0])
	for i, piece := range pieces[1:] {
		end := len(text)
		switch {
		case piece != "":
			n := strings.Index(text[at:], piece)
			if n < 0 {
				return m, false
			}
			end = at + n
			if i == 0 { // the beginning that stands nearest
				from = strings.LastIndex(text[:end], pieces[0])
				at = from + len(pieces[0])
			}
		case strings.ContainsAny(text[at:], "\n"):
			end = at + strings.IndexByte(text[at:], '\n')
		}
		if end-at > mostTaken {
			return m, false
		}
		m.take(s.takes[i], text[at:end])
		at = end + len(piece)
	}
	m.Sentence = text[from:at]
	return m, true
}

// mostTaken bounds a name or value in a sentence: addresses can be long.
const mostTaken = 4096

func (m *Message) take(what byte, part string) {
	part = strings.TrimSpace(part)
	switch what {
	case 'm':
		m.Method = part
	case 'h':
		m.Header = strings.Trim(part, `'"`)
	case 'v':
		m.Value = part
	case 'o':
		m.Origin = part
	case 'u':
		m.URL = address(part)
	case 's':
		m.Status = status(part)
	}
}

// around fills in what stands before and behind the reason.
func (m *Message) around(text string) {
	m.Preflight = m.Preflight || strings.Contains(text, "Response to preflight request doesn't pass")
	fill := func(to *string, before, after string) { fillFrom(to, text, before, after) }
	fill(&m.Origin, "from origin '", "'")
	fill(&m.Origin, "Origin '", "' is therefore not allowed")
	if where, ok := between(text, "Access to ", " from origin '"); ok {
		fillFrom(&m.URL, where, " at '", "'")
	}
	fill(&m.From, "(redirected from '", "')")
	fill(&m.From, "Redirect from '", "' to '")
	if m.Reason == fetch.NotHTTP && m.From != "" {
		m.Reason = fetch.RedirectScheme
	}
	fill(&m.URL, "' to '", "' has been blocked by CORS policy")
	for _, kind := range [...]string{"remote resource at ", "cannot load ", "Failed to load ", "redirection to "} {
		if m.URL == "" {
			m.URL = addressAfter(text, kind)
		}
	}
	for _, label := range [...]string{"Status code: ", "HTTP status code "} {
		if part, ok := between(text, label, ""); ok && m.Status == 0 {
			m.Status = status(part)
		}
	}
	if m.Origin == "" && m.Engine == WebKit {
		fill(&m.Origin, "Origin ", " is not allowed by")
	}
}

// fillFrom puts what stands between two words into an empty part.
func fillFrom(to *string, text, before, after string) {
	if part, ok := between(text, before, after); ok && *to == "" && len(part) <= mostTaken {
		*to = strings.TrimSpace(part)
	}
}

// status is the three digits that a text begins with.
func status(s string) int {
	n, err := strconv.Atoi(s[:min(len(s), 3)])
	if err != nil || n < 100 {
		return 0
	}
	return n
}

// between is the text after one word and before another one, or to the end if
// that is empty.
func between(text, before, after string) (string, bool) {
	_, rest, ok := strings.Cut(text, before)
	if !ok || after == "" {
		return rest, ok
	}
	part, _, ok := strings.Cut(rest, after)
	return part, ok
}

// addressAfter is the first address on the line behind a word.
func addressAfter(text, word string) string {
	for {
		_, rest, ok := strings.Cut(text, word)
		if !ok {
			return ""
		}
		line, _, _ := strings.Cut(rest, "\n")
		if i := strings.Index(line, "://"); i >= 0 && i < 64 {
			start := i
			for start > 0 && isLetter(line[start-1]) {
				start--
			}
			return address(line[start:])
		}
		text = rest
	}
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' || b == '-' || b == '+' }

// address cuts an address off where a sentence goes on.
func address(s string) string {
	s = strings.TrimLeft(s, `'"`)
	if i := strings.IndexAny(s, " '\"\t\r\n)<>"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ".,:;")
}
