package words

import (
	"bytes"
	"encoding/xml"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// maxPlain bounds how much of a page is read for words: what a server says
// about a failure stands at its beginning, a stack trace follows.
const maxPlain = 16 << 10

// Plain returns the words of an answer in any format: markup, style sheets and
// JSON escapes taken out, white space folded, letters as they came.
func Plain(body []byte) string {
	if len(body) > maxPlain {
		body = body[:maxPlain]
	}
	text := string(body)
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for i := 0; i < len(text); i++ {
		if n := markup(text[i:]); n > 0 {
			i += n - 1
			space = true
			continue
		}
		if n := escaped(text[i:]); n > 0 {
			i += n - 1
			space = space || n == 2
			continue
		}
		if text[i] <= ' ' {
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteByte(text[i])
	}
	plain := html.UnescapeString(b.String())
	if !crooked(plain) {
		return plain
	}
	return straight.Replace(plain)
}

// crooked reports whether a text may have what straight replaces: a replacer copies what it leaves as it is.
func crooked(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf || text[i] == '\\' {
			return true
		}
	}
	return false
}

// straight are quotes that say nothing, and the characters that JSON writers escape for HTML's sake.
var straight = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ",
	`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\u0027`, "'")

// markup returns the length of the tag, comment or style sheet that the text begins with.
func markup(s string) int {
	if len(s) < 3 || s[0] != '<' {
		return 0
	}
	c := s[1] | 0x20
	if s[1] != '/' && s[1] != '!' && s[1] != '?' && (c < 'a' || c > 'z') {
		return 0
	}
	for _, whole := range []string{"style", "script"} {
		if len(s) > len(whole) && strings.EqualFold(s[1:1+len(whole)], whole) {
			if end := strings.Index(s, "</"); end >= 0 {
				return end
			}
		}
	}
	end := strings.IndexByte(s, '>')
	return end + 1
}

// escaped returns the length of the JSON escape that stands for white space (2), or 1 for a
// backslash that only protects what follows.
func escaped(s string) int {
	if len(s) < 2 || s[0] != '\\' {
		return 0
	}
	switch s[1] {
	case 'n', 'r', 't':
		return 2
	case '"', '/', '\\':
		return 1
	}
	return 0
}

// Document reads an answer in JSON or XML as a tree, nil if it is neither.
func Document(body []byte) *Node {
	if n := Parse(body); n != nil {
		return n
	}
	body = bytes.TrimSpace(body)
	if !bytes.HasPrefix(body, []byte("<")) || looksHTML(body) {
		return nil
	}
	return parseXML(body)
}

func looksHTML(body []byte) bool {
	head := strings.ToLower(string(body[:min(len(body), 256)]))
	return strings.Contains(head, "<html") || strings.Contains(head, "<!doctype html") || strings.HasPrefix(head, "<br")
}

// parseXML reads elements as members and their character data as text. Attributes are left out:
// error documents in XML (S3, Azure, SOAP) say everything in elements.
func parseXML(body []byte) *Node {
	if len(body) > maxBytes {
		body = body[:maxBytes]
	}
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &Node{shape: object}
	stack := []*Node{root}
	for left := maxNodes; left > 0; left-- {
		token, err := dec.Token()
		if err != nil {
			break
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(stack) > maxDepth {
				return root
			}
			n := &Node{shape: text}
			top.shape = object
			top.keys, top.kids = append(top.keys, t.Name.Local), append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) == 1 {
				return root
			}
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if top.shape == text && len(stack) > 1 {
				top.text = strings.TrimSpace(top.text + string(t))
			}
		}
	}
	if len(root.kids) == 0 {
		return nil
	}
	return root
}

// spoken is the sentence of an answer that is no document: what stands before a stack trace, or, where
// the trace is all that there is, its last line, which Python keeps for the message.
func spoken(body []byte) string {
	text := Plain(body)
	if !strings.HasPrefix(text, "Traceback (most recent") || len(body) > maxPlain {
		return beforeTrace(text)
	}
	body = bytes.TrimSpace(body)
	text = Plain(body[bytes.LastIndexByte(body, '\n')+1:])
	if class, message, ok := strings.Cut(text, ": "); ok && !strings.Contains(class, " ") {
		text = message
	}
	return text
}

// beforeTrace cuts a page before the stack trace that follows the message.
func beforeTrace(text string) string {
	if rest, python := strings.CutPrefix(strings.TrimSpace(text), "Traceback (most recent call last)"); python {
		return lastOfTrace(rest)
	}
	for _, mark := range []string{"  at ", " at /", " at Object.", "Traceback (most recent", " File \"/", "Stack trace", " in /", " Schema: {"} {
		if i := strings.Index(text, mark); i > 0 {
			text = text[:i]
		}
	}
	return strings.TrimSpace(text)
}

// lastOfTrace is the message of a trace of Python that stands alone: its last line, or what follows the class of the exception.
func lastOfTrace(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		return strings.TrimSpace(text[i:])
	}
	for _, mark := range []string{"Error: ", "Exception: "} {
		if i := strings.LastIndex(text, mark); i >= 0 {
			return text[strings.LastIndexByte(text[:i], ' ')+1:]
		}
	}
	return ""
}
