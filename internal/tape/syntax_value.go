package tape

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// value looks at something that stands where a value is expected.
func (d *doctor) value() *SyntaxError {
	at := d.fail.at
	rest := d.src[at:]
	c := rest[0]
	switch {
	case bytes.HasPrefix(rest, []byte("[object ")):
		return d.objectObject(at)
	case c == ']' || c == '}':
		return d.closedEarly(at)
	case c == ',':
		return d.extraComma(at)
	case c == '{' || c == '[':
		return d.plain(at)
	}
	if e := d.placeholder(at); e != nil {
		return e
	}
	if e := d.quoted(at); e != nil {
		return e
	}
	if c == '-' || c == '+' || c == '.' || c-'0' <= 9 {
		return d.number(at)
	}
	if isWord(c) && c < utf8.RuneSelf {
		return d.word(at)
	}
	return d.plain(at)
}

// plain is the error about something that has no better name.
func (d *doctor) plain(at int) *SyntaxError {
	end := max(d.wordEnd(at), min(at+1, len(d.src)))
	want := d.wanted()
	return d.at(UnexpectedSymbol, at, end, d.found(at)+" stands where "+want+" is expected")
}

// objectObject is about the text that JavaScript makes of an object. The parser
// reads its bracket as an array, so it is looked for one byte earlier as well.
func (d *doctor) objectObject(at int) *SyntaxError {
	end := at + bytes.IndexByte(append(d.src[at:len(d.src):len(d.src)], ']'), ']') + 1
	end = min(end, len(d.src))
	return d.at(ObjectObject, at, end, "`"+printable(d.src[at:end])+"` is what JavaScript makes of an object that is used as text").
		caret("send `JSON.stringify(value)`")
}

// literals are words of other languages and what they are in JSON. Those that
// JSON cannot say become null, as JSON.stringify has it, and are a guess.
var literals = map[string]struct {
	json  string
	from  string
	keeps bool
}{
	"True": {"true", "Python", true}, "False": {"false", "Python", true}, "None": {"null", "Python", true},
	"TRUE": {"true", "", true}, "FALSE": {"false", "", true}, "NULL": {"null", "", true},
	"Null": {"null", "", true}, "nil": {"null", "", true}, "Nil": {"null", "", true},
	"undefined": {"null", "JavaScript", false}, "NaN": {"null", "", false}, "nan": {"null", "", false},
	"Infinity": {"null", "", false}, "-Infinity": {"null", "", false}, "+Infinity": {"null", "", false},
	"inf": {"null", "", false}, "-inf": {"null", "", false}, "-NaN": {"null", "", false},
}

// word looks at a bare word.
func (d *doctor) word(at int) *SyntaxError {
	end := d.wordEnd(at)
	word := string(d.src[at:end])
	if _, ok := literals[word]; ok {
		return d.literal(at, end, word)
	}
	if end == len(d.src) && isPrefix(word) && d.fail.in != none {
		return d.at(Truncated, at, end, "the text ends in the middle of a value").caret("the rest is missing")
	}
	if at > 0 && d.src[at-1] == '[' && strings.HasPrefix(string(d.src[at:min(len(d.src), at+7)]), "object ") {
		return d.objectObject(at - 1)
	}
	// A line of bare text: up to what would end the value.
	stop := at
	for stop < len(d.src) && strings.IndexByte(",]}\"\r\n", d.src[stop]) < 0 {
		stop++
	}
	stop = at + len(bytes.TrimRight(d.src[at:stop], " \t"))
	text := d.src[at:stop]
	e := d.at(UnquotedText, at, stop, "`"+cut(text)+"` stands without quotes")
	if d.fail.in == none {
		return e
	}
	if !utf8.Valid(text) {
		return e
	}
	return e.guess("put it in double quotes", TextEdit{at, stop, Quote(string(text))})
}

func (d *doctor) literal(at, end int, word string) *SyntaxError {
	lit := literals[word]
	if !lit.keeps {
		return d.at(NotANumber, at, end, "`"+word+"` cannot be said in JSON").
			guess("JSON has `null` for it", TextEdit{at, end, lit.json})
	}
	message := "`" + word + "` stands where JSON has `" + lit.json + "`"
	if lit.from != "" {
		message = "`" + word + "` is " + lit.from + ", JSON has `" + lit.json + "`"
	}
	return d.at(OtherLiteral, at, end, message).mend("write `"+lit.json+"`", TextEdit{at, end, lit.json})
}

func isPrefix(word string) bool {
	return strings.HasPrefix("true", word) || strings.HasPrefix("false", word) || strings.HasPrefix("null", word)
}

func cut(b []byte) string { return Printable(b, 40) }

// placeholder recognises {{name}}, ${name} and <name> that nobody filled in.
func (d *doctor) placeholder(at int) *SyntaxError {
	for _, marks := range [...][2]string{{"{{", "}}"}, {"${", "}"}, {"<%", "%>"}, {"<", ">"}, {"%(", ")s"}} {
		if !bytes.HasPrefix(d.src[at:], []byte(marks[0])) {
			continue
		}
		line, _, _ := bytes.Cut(d.src[at:], []byte("\n"))
		n := bytes.Index(line[len(marks[0]):], []byte(marks[1]))
		if n < 1 {
			continue
		}
		end := at + len(marks[0]) + n + len(marks[1])
		return d.at(Placeholder, at, end, "`"+cut(d.src[at:end])+"` is a placeholder that nobody filled in")
	}
	return nil
}

// quotes are pairs of marks that are not the double quote of JSON.
var quotes = [...]struct{ open, close, name string }{
	{"'", "'", "single quotes"},
	{"`", "`", "backticks"},
	{"“", "”", "typographic quotes"},
	{"”", "”", "typographic quotes"},
	{"„", "“", "typographic quotes"},
	{"‘", "’", "typographic quotes"},
	{"«", "»", "typographic quotes"},
	{`\"`, `\"`, "escaped quotes"},
}

// quoted recognises text in other quotes than JSON's.
func (d *doctor) quoted(at int) *SyntaxError {
	for _, q := range quotes {
		if !bytes.HasPrefix(d.src[at:], []byte(q.open)) {
			continue
		}
		end, content := d.quotedEnd(at+len(q.open), q.close)
		if end < 0 {
			return d.at(SingleQuotes, at, at+len(q.open), "a "+strings.TrimSuffix(q.name, "s")+" stands where JSON has a double quote")
		}
		e := d.at(SingleQuotes, at, end, "the text `"+cut([]byte(content))+"` stands in "+q.name)
		if !utf8.ValidString(content) {
			return e
		}
		return e.mend("JSON has double quotes", TextEdit{at, end, Quote(content)})
	}
	return nil
}

// quotedEnd finds the closing mark and undoes the escapes on the way. Text in
// such quotes ends with its line.
func (d *doctor) quotedEnd(at int, closing string) (end int, content string) {
	var out strings.Builder
	for i := at; i < len(d.src) && d.src[i] != '\n'; i++ {
		if bytes.HasPrefix(d.src[i:], []byte(closing)) {
			return i + len(closing), out.String()
		}
		if d.src[i] == '\\' && i+1 < len(d.src) {
			if n := escapeLen(d.src, i); n > 0 {
				out.Write(AppendUnescaped(nil, d.src[i:i+n]))
				i += n - 1
				continue
			}
			i++
		}
		out.WriteByte(d.src[i])
	}
	return -1, ""
}

// number looks at something that begins like a number and is none.
func (d *doctor) number(at int) *SyntaxError {
	end := d.wordEnd(at)
	word := string(d.src[at:end])
	if _, ok := literals[word]; ok {
		return d.literal(at, end, word)
	}
	if end == len(d.src) && d.fail.want == wantDigit && d.fail.at == end {
		return d.at(Truncated, at, end, "the text ends in the middle of a number").caret("the rest is missing")
	}
	show := "`" + cut([]byte(word)) + "`"
	fix, why, keeps := mendNumber(word)
	if fix == "" {
		e := d.at(UnquotedText, at, end, show+" stands without quotes and is no number")
		if d.fail.in == none || !utf8.ValidString(word) {
			return e
		}
		return e.guess("put it in double quotes", TextEdit{at, end, Quote(word)})
	}
	e := d.at(NumberForm, at, end, show+" "+why)
	if keeps {
		return e.mend("write `"+fix+"`", TextEdit{at, end, fix})
	}
	return e.guess("write `"+fix+"`, or `"+Quote(word)+"` if it is text", TextEdit{at, end, fix})
}

// mendNumber writes a number of another notation as JSON does, and says what is
// wrong with it. fix is empty if it is none.
func mendNumber(word string) (fix, why string, keeps bool) {
	keeps = true
	rest := word
	sign := ""
	switch {
	case strings.HasPrefix(rest, "+"):
		rest, why = rest[1:], "begins with a plus"
	case strings.HasPrefix(rest, "-"):
		rest, sign = rest[1:], "-"
	}
	if low := strings.ToLower(rest); strings.HasPrefix(low, "0x") {
		var n uint64
		if _, err := fmt.Sscanf(low, "0x%x", &n); err != nil || len(low) > 15 {
			return "", "", false
		}
		return fmt.Sprintf("%s%d", sign, n), "is hexadecimal", true
	}
	if strings.Contains(rest, "_") {
		rest, why = strings.ReplaceAll(rest, "_", ""), "has underscores between its digits"
	}
	if strings.HasPrefix(rest, ".") {
		rest, why = "0"+rest, "has no digit before the point"
	}
	if trimmed := strings.TrimLeft(rest, "0"); len(rest) > 1 && rest[0] == '0' && len(trimmed) < len(rest) && rest[1] >= '0' && rest[1] <= '9' {
		if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
			trimmed = "0" + trimmed
		}
		rest, why, keeps = trimmed, "begins with a zero", false
	}
	if before, after, ok := strings.Cut(rest, "."); ok && (after == "" || after[0]|0x20 == 'e') {
		rest, why = before+after, "has no digit behind the point"
	}
	fix = sign + rest
	if end, ok := ScanNumber([]byte(fix), 0); !ok || end != len(fix) || why == "" {
		return "", "", false
	}
	return fix, why, keeps
}
