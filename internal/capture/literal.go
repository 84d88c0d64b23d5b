package capture

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A literal is a value as languages print it for people: JSON, util.inspect of
// Node.js, repr of Python. What it cannot read it keeps as text.
type literal struct {
	kind    literalKind
	text    string // of a string; of a number or word as it stands
	members []member
}

type member struct {
	name  string // of an object
	value *literal
}

type literalKind uint8

const (
	literalWord literalKind = iota // number, true, undefined, [Function: x]
	literalString
	literalList
	literalObject
)

// Bounds of what is read: an inspected socket has some thousand values.
const (
	deepestLiteral = 64
	mostLiterals   = 200_000
)

// get returns a member of an object; nil if there is none.
func (l *literal) get(names ...string) *literal {
	for _, name := range names {
		if l == nil {
			return nil
		}
		var next *literal
		for i := range l.members {
			if l.members[i].name == name {
				next = l.members[i].value
			}
		}
		l = next
	}
	return l
}

// str is the text of a string, "" for everything else.
func (l *literal) str() string {
	if l == nil || l.kind != literalString {
		return ""
	}
	return l.text
}

// number is the value of a whole number, 0 for everything else.
func (l *literal) number() int {
	if l == nil || l.kind != literalWord {
		return 0
	}
	n, _ := strconv.Atoi(l.text)
	return n
}

// json writes the value as JSON. What JSON has no word for becomes null.
func (l *literal) json(out *strings.Builder) {
	switch l.kind {
	case literalString:
		quoted, _ := marshal(l.text)
		out.Write(quoted)
	case literalList:
		out.WriteByte('[')
		for i, m := range l.members {
			if i > 0 {
				out.WriteByte(',')
			}
			m.value.json(out)
		}
		out.WriteByte(']')
	case literalObject:
		out.WriteByte('{')
		for i, m := range l.members {
			if i > 0 {
				out.WriteByte(',')
			}
			quoted, _ := marshal(m.name)
			out.Write(quoted)
			out.WriteByte(':')
			m.value.json(out)
		}
		out.WriteByte('}')
	default:
		out.WriteString(jsonWord(l.text))
	}
}

func jsonWord(text string) string {
	switch text {
	case "[Object]", "[Array]":
		return `"` + text + `"` // what stands there is not shown
	case "true", "True":
		return "true"
	case "false", "False":
		return "false"
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil && json.Valid([]byte(text)) {
		return text
	}
	return "null"
}

// literalAsJSON turns a printed value into JSON; what is no whole value stays
// as it is.
func literalAsJSON(text string) string {
	p := &literalReader{text: text}
	l := p.value(0)
	p.space()
	if p.broken || p.at < len(p.text) {
		return text
	}
	var out strings.Builder
	l.json(&out)
	return out.String()
}

// literalReader reads a printed value. After a surprise it is broken and
// returns what it has: the text may be cut off.
type literalReader struct {
	text   string
	at     int
	count  int
	broken bool
}

func (p *literalReader) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *literalReader) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *literalReader) value(depth int) *literal {
	p.space()
	p.count++
	if depth > deepestLiteral || p.count > mostLiterals || p.at >= len(p.text) {
		p.broken = true
		return &literal{}
	}
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth)
	case c == '[' && !p.tagged():
		return p.list(depth)
	case c == '"' || c == '\'' || c == '`':
		return p.strings()
	default:
		return p.word(depth)
	}
}

// tagged tells [Function: x], [Object], [class Blob] from a list.
func (p *literalReader) tagged() bool {
	rest := p.text[p.at+1:]
	if rest == "" || !isLetter(rest[0]) {
		return false
	}
	end := strings.IndexAny(rest, "],: \n(")
	if end < 0 {
		return false
	}
	switch rest[:end] {
	case "true", "false", "null", "undefined", "None", "True", "False", "NaN":
		return false
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (p *literalReader) object(depth int) *literal {
	l := &literal{kind: literalObject}
	p.at++
	for !p.broken {
		p.space()
		switch p.peek() {
		case '}':
			p.at++
			return l
		case ',':
			p.at++
			continue
		case 0:
			p.broken = true
			return l
		}
		name := p.key()
		if p.broken {
			break
		}
		if name == "" && p.peek() != ':' && p.peek() != '=' {
			continue // "... 3 more items", [Getter]
		}
		p.at++
		if p.peek() == '>' {
			p.at++ // of a Map
		}
		l.members = append(l.members, member{name, p.value(depth + 1)})
	}
	return l
}

// key reads the name of a member and stands then at its colon.
func (p *literalReader) key() string {
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		name := p.quoted()
		p.space()
		if p.peek() != ':' && p.peek() != '=' {
			p.broken = true
		}
		return name
	default:
		end := strings.IndexAny(p.text[p.at:], ":,}\n")
		if end < 0 {
			p.broken = true
			return ""
		}
		name := strings.Trim(p.text[p.at:p.at+end], " []")
		p.at += end
		if p.peek() != ':' {
			return ""
		}
		return name
	}
}

func (p *literalReader) list(depth int) *literal {
	l := &literal{kind: literalList}
	p.at++
	for !p.broken {
		p.space()
		switch p.peek() {
		case ']':
			p.at++
			return l
		case ',':
			p.at++
			continue
		}
		start := p.at
		l.members = append(l.members, member{value: p.value(depth + 1)})
		if p.at == start {
			p.broken = true
		}
	}
	return l
}

// strings reads a string, or several with + between them, as Node.js prints
// long ones.
func (p *literalReader) strings() *literal {
	var all strings.Builder
	for {
		all.WriteString(p.quoted())
		mark := p.at
		p.space()
		if p.peek() != '+' {
			p.at = mark
			break
		}
		p.at++
		p.space()
		if c := p.peek(); c != '"' && c != '\'' && c != '`' {
			p.at = mark
			break
		}
	}
	return &literal{kind: literalString, text: all.String()}
}

func (p *literalReader) quoted() string {
	quote := p.peek()
	p.at++
	start := p.at
	for p.at < len(p.text) && p.text[p.at] != quote {
		if p.text[p.at] == '\\' {
			p.at++
		}
		p.at++
	}
	if p.at >= len(p.text) {
		p.broken = true
		p.at = len(p.text)
		return plainText(p.text[start:])
	}
	p.at++
	return plainText(p.text[start : p.at-1])
}

// plainText reads the escapes that JSON, JavaScript and Python share.
func plainText(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n':
			out.WriteByte('\n')
		case 'r':
			out.WriteByte('\r')
		case 't':
			out.WriteByte('\t')
		case 'x', 'u':
			digits := 2
			if s[i] == 'u' {
				digits = 4
			}
			n, err := strconv.ParseUint(s[i+1:min(len(s), i+1+digits)], 16, 32)
			if err != nil || i+digits >= len(s) {
				out.WriteByte(s[i])
				continue
			}
			if digits == 2 {
				out.WriteByte(byte(n)) // of Python's bytes
			} else {
				out.Write(utf8.AppendRune(nil, rune(n)))
			}
			i += digits
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// word reads what is neither quoted nor in brackets: a number, a word, a tag,
// or the class in front of an object: `ClientRequest {`, `<ref *1>`.
func (p *literalReader) word(depth int) *literal {
	start := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '{' && p.at > start && p.text[p.at-1] == ' ':
			return p.value(depth + 1)
		case c == '(' || c == '[' || c == '<':
			p.group(c)
			continue
		case (c == '\'' || c == '"') && p.at == start+1 && strings.IndexByte("bBuUrR", p.text[start]) >= 0:
			return p.strings() // Python's b'…'
		case c == ',' || c == '}' || c == ']' || c == ')' || c == '\n' && !p.goesOn():
			return &literal{text: strings.TrimSpace(p.text[start:p.at])}
		}
		p.at++
	}
	p.broken = true
	return &literal{text: strings.TrimSpace(p.text[start:])}
}

// goesOn reports whether the next line is one of a stack trace.
func (p *literalReader) goesOn() bool {
	return strings.HasPrefix(strings.TrimLeft(p.text[p.at:min(len(p.text), p.at+80)], " \n"), "at ")
}

// longestGroup bounds the words in brackets that are looked for.
const longestGroup = 400

// group skips what stands in brackets on one line: (anonymous), [TCP], <ref *1>.
func (p *literalReader) group(open byte) {
	rest := p.text[p.at+1 : min(len(p.text), p.at+1+longestGroup)]
	line := strings.IndexByte(rest, '\n')
	if line < 0 {
		line = len(rest)
	}
	closed := strings.IndexByte(rest[:line], map[byte]byte{'(': ')', '[': ']', '<': '>'}[open])
	if closed < 0 {
		p.at++
		return
	}
	p.at += closed + 2
}
