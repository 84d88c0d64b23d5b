package tape

import (
	"bytes"
	"fmt"
)

// comment recognises a comment at an offset.
func (d *doctor) comment(at int) *SyntaxError {
	rest := d.src[at:]
	end := at
	switch {
	case bytes.HasPrefix(rest, []byte("//")), rest[0] == '#':
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		end += len(bytes.TrimRight(line, "\r"))
	case bytes.HasPrefix(rest, []byte("/*")):
		n := bytes.Index(rest[2:], []byte("*/"))
		if n < 0 {
			return d.at(Comment, at, at+2, "a comment begins here and does not end")
		}
		end += n + 4
	case bytes.HasPrefix(rest, []byte("<!--")):
		n := bytes.Index(rest, []byte("-->"))
		if n < 0 {
			return nil
		}
		end += n + 3
	default:
		return nil
	}
	return d.at(Comment, at, end, "JSON has no comments").mend("drop the comment", TextEdit{at, end, ""})
}

// after looks at what stands behind the one value of the text.
func (d *doctor) after() *SyntaxError {
	at := d.fail.at
	c := d.src[at]
	last := len(bytes.TrimRight(d.src, " \t\r\n"))
	switch {
	case c == '}' || c == ']':
		return d.at(TextAfterEnd, at, at+1, fmt.Sprintf("one `%c` too many: the JSON has ended before it", c)).
			guess("drop it", TextEdit{at, at + 1, ""})
	case (c == ';' || c == ',') && at+1 == last:
		return d.at(TextAfterEnd, at, at+1, fmt.Sprintf("a `%c` stands behind the end of the JSON", c)).
			mend("drop it", TextEdit{at, at + 1, ""})
	case c == 0 && len(bytes.Trim(d.src[at:], "\x00")) == 0:
		return d.at(TextAfterEnd, at, len(d.src), "zero bytes stand behind the end of the JSON").
			mend("drop them", TextEdit{at, len(d.src), ""})
	case c == '{' || c == '[':
		return d.at(TextAfterEnd, at, at+1, "a second JSON value stands behind the first").
			caret("one body holds one value: put them into an array")
	}
	if form := d.bareForm(at); form != nil {
		return form
	}
	if at > 0 && d.src[at-1]-'0' <= 9 {
		if start := d.wordStart(at); start < at {
			if fix, _, _ := mendNumber(string(d.src[start:d.wordEnd(start)])); fix != "" {
				return d.number(start)
			}
		}
	}
	return d.at(TextAfterEnd, at, d.wordEnd(at), d.found(at)+" stands behind the end of the JSON")
}

// bareForm recognises a form whose first name reads as a JSON value: 1=2.
func (d *doctor) bareForm(at int) *SyntaxError {
	if d.src[at] != '=' {
		return nil
	}
	return d.otherFormat(SkipSpace(d.src, 0))
}

// wordStart is where the word that ends at an offset begins.
func (d *doctor) wordStart(at int) int {
	for at > 0 && isWord(d.src[at-1]) {
		at--
	}
	return at
}

// colon looks at what stands between a key and its value.
func (d *doctor) colon() *SyntaxError {
	at := d.fail.at
	key := len(d.tape.Tokens) - 1
	name := "`" + cut(d.tape.AppendText(nil, key)) + "`"
	end := int(d.tape.Tokens[key].End)
	for _, sign := range [...]string{"=>", "=", "->", ";"} {
		if bytes.HasPrefix(d.src[at:], []byte(sign)) {
			return d.at(MissingColon, at, at+len(sign), "`"+sign+"` stands behind "+name+" where JSON has `:`").
				mend("write `:`", TextEdit{at, at + len(sign), ":"})
		}
	}
	switch c := d.src[at]; {
	case c == ',' || c == '}' || c == ']':
		return d.at(MissingValue, int(d.tape.Tokens[key].Start), end, name+" has no value").
			caret("a colon and a value are missing after this")
	case d.beginsValue(at):
		return d.at(MissingColon, at, d.wordEnd(at), "the colon after "+name+" is missing").
			mend("put `:` before this", TextEdit{end, at, ": "})
	}
	return d.plain(at)
}

// beginsValue reports whether something that is meant as a value begins here.
func (d *doctor) beginsValue(at int) bool {
	c := d.src[at]
	return c == '"' || c == '{' || c == '[' || c == '\'' || c == '-' || isWord(c)
}

// comma looks at what stands behind a member or an item.
func (d *doctor) comma() *SyntaxError {
	at := d.fail.at
	c := d.src[at]
	if c == '}' || c == ']' {
		return d.wrongBracket(at)
	}
	prev := len(bytes.TrimRight(d.src[:at], " \t\r\n"))
	if at == prev {
		if e := d.gluedNumber(at); e != nil {
			return e
		}
	}
	if c == ';' {
		return d.at(MissingComma, at, at+1, "`;` stands where JSON has `,`").mend("write `,`", TextEdit{at, at + 1, ","})
	}
	if c == ':' && d.tape.Tokens[d.fail.in].Kind == Array {
		line, _ := LineColumn(d.src, int(d.tape.Tokens[d.fail.in].Start))
		return d.at(WrongBracket, at, at+1, fmt.Sprintf("a member with a name stands in the array of line %d", line)).
			caret("an object has `{` and `}`")
	}
	if d.quoteInside(prev, at) {
		return d.at(MissingComma, at, d.wordEnd(at), "the string before this ended early: a double quote inside it is not escaped").
			caret("write `\\\"` for a quote inside a string")
	}
	if d.beginsValue(at) || c == '/' {
		between := "items"
		if d.tape.Tokens[d.fail.in].Kind == Object {
			between = "members"
		}
		return d.at(MissingComma, at, d.wordEnd(at), "the comma between two "+between+" is missing").
			mend("put `,` before this", TextEdit{prev, prev, ","})
	}
	return d.plain(at)
}

// gluedNumber recognises a number that goes on: 007 is read as 0 and then 07.
func (d *doctor) gluedNumber(at int) *SyntaxError {
	start := d.wordStart(at)
	if start == at || !isWord(d.src[at]) || d.src[start] != '-' && d.src[start]-'0' > 9 {
		return nil
	}
	d.fail.at = start
	return d.number(start)
}

// quoteInside recognises text glued to the end of a string: "say "hi" to him".
func (d *doctor) quoteInside(prev, at int) bool {
	return prev == at && at > 0 && d.src[at-1] == '"' && isWord(d.src[at])
}

// wrongBracket looks at a bracket that does not close the innermost open one.
func (d *doctor) wrongBracket(at int) *SyntaxError {
	in := d.fail.in
	c, need := d.src[at], d.closer(in)
	opener := int(d.tape.Tokens[in].Start)
	line, _ := LineColumn(d.src, opener)
	e := d.at(WrongBracket, at, at+1, fmt.Sprintf("`%c` stands here while the `%c` of line %d is open", c, d.src[opener], line))
	e.Opener = SpanOf(d.src, opener, opener+1)
	if parent := int(d.tape.Tokens[in].Next) - 1; parent != none && d.closer(parent) == c {
		after := len(bytes.TrimRight(d.src[:at], " \t\r\n"))
		return e.guess(fmt.Sprintf("`%c` is missing before this", need), TextEdit{after, after, string(need)})
	}
	return e.guess(fmt.Sprintf("write `%c`", need), TextEdit{at, at + 1, string(need)})
}

// key looks at what stands where a member should begin.
func (d *doctor) key() *SyntaxError {
	at := d.fail.at
	switch c := d.src[at]; {
	case c == '}' && d.fail.want == wantKey:
		return d.trailingComma(at)
	case c == ',':
		return d.extraComma(at)
	case c == '{' && at > 0 && d.src[at-1] == '{':
		if e := d.placeholder(at - 1); e != nil {
			return e
		}
	case c == ']' || c == '}':
		return d.wrongBracket(at)
	}
	if e := d.quoted(at); e != nil {
		return e
	}
	if !isWord(d.src[at]) {
		return d.plain(at)
	}
	end := d.wordEnd(at)
	for end < len(d.src) && d.src[end] != ':' && isWord(d.src[end]) {
		end++
	}
	word := d.src[at:end]
	next := SkipSpace(d.src, end)
	if bytes.HasPrefix(word, []byte("...")) || next >= len(d.src) || d.src[next] != ':' && d.src[next] != '=' {
		return d.plain(at)
	}
	return d.at(UnquotedKey, at, end, "the member name `"+cut(word)+"` stands without quotes").
		mend("put it in double quotes", TextEdit{at, end, Quote(string(word))})
}

// trailingComma is about the comma before a closing bracket at an offset.
func (d *doctor) trailingComma(at int) *SyntaxError {
	comma := bytes.LastIndexByte(d.src[:at], ',')
	return d.at(TrailingComma, comma, comma+1, fmt.Sprintf("a comma stands before the closing `%c`", d.src[at])).
		mend("drop the comma", TextEdit{comma, comma + 1, ""})
}

// extraComma is about a comma with nothing before it.
func (d *doctor) extraComma(at int) *SyntaxError {
	if d.fail.in == none {
		return d.plain(at)
	}
	message := "two commas stand in a row"
	if last := bytes.TrimRight(d.src[:at], " \t\r\n"); len(last) > 0 && last[len(last)-1] != ',' {
		if last[len(last)-1] == ':' {
			return d.missingValue(at)
		}
		message = "a comma stands before the first " + map[bool]string{true: "member", false: "item"}[d.tape.Tokens[d.fail.in].Kind == Object]
	}
	return d.at(ExtraComma, at, at+1, message).guess("drop the comma", TextEdit{at, at + 1, ""})
}

// closedEarly is about a closing bracket where a value is expected.
func (d *doctor) closedEarly(at int) *SyntaxError {
	before := bytes.TrimRight(d.src[:at], " \t\r\n")
	switch {
	case d.fail.in == none:
		return d.at(WrongBracket, at, at+1, fmt.Sprintf("`%c` stands here and nothing is open", d.src[at]))
	case before[len(before)-1] == ':':
		return d.missingValue(at)
	case d.src[at] != d.closer(d.fail.in):
		return d.wrongBracket(at)
	}
	return d.trailingComma(at)
}

// missingValue is about a key with a colon and no value.
func (d *doctor) missingValue(at int) *SyntaxError {
	key := len(d.tape.Tokens) - 1
	name := cut(d.tape.AppendText(nil, key))
	return d.at(MissingValue, at, at+1, "`"+name+"` has no value").caret("a value is missing before this")
}
