package tape

import (
	"bytes"
	"fmt"
	"regexp"
)

// text looks at a string that is not sound.
func (d *doctor) text() *SyntaxError {
	at := d.fail.at
	switch d.fail.fault {
	case Control:
		return d.control(at)
	case BadEscape:
		return d.escape(at)
	case BadUTF8:
		return d.notUTF8(at)
	}
	start := d.fail.start
	e := d.at(UnclosedString, start, start+1, "the string that begins here is not closed")
	e.Opener = SpanOf(d.src, start, start+1)
	return e.caret("its closing quote is missing")
}

// nextMember is how a line begins that cannot be the inside of a string.
var nextMember = regexp.MustCompile(`^\s*("[^"\n]*"\s*:|[}\]]\s*,?\s*(\n|$))`)

// control is about a control character inside a string: a line break that was
// not escaped, or a quote that is missing at the end of the line.
func (d *doctor) control(at int) *SyntaxError {
	c := d.src[at]
	switch c {
	case '\n', '\r':
		if nextMember.Match(d.src[at:min(len(d.src), at+1024)]) {
			return d.unclosed(at)
		}
		end := at + 1
		fix := `\n`
		if c == '\r' {
			fix = `\r`
			if end < len(d.src) && d.src[end] == '\n' {
				end, fix = end+1, `\r\n`
			}
		}
		e := d.at(BareControl, at, end, "a line break stands inside a string")
		e.Opener = SpanOf(d.src, d.fail.start, d.fail.start+1)
		// The caret goes under the string: a line break cannot be seen.
		e.Span = SpanOf(d.src, d.fail.start, at)
		return e.mend("write `"+fix+"` for the line break", TextEdit{at, end, fix})
	case '\t':
		return d.at(BareControl, at, at+1, "a tab stands inside a string").
			mend("write `\\t` for it", TextEdit{at, at + 1, `\t`})
	}
	fix := string(appendEscape(nil, c))
	return d.at(BareControl, at, at+1, fmt.Sprintf("the control character U+%04X stands inside a string", c)).
		mend("write `"+fix+"` for it", TextEdit{at, at + 1, fix})
}

// unclosed is about a string whose line ends at an offset without a quote.
func (d *doctor) unclosed(at int) *SyntaxError {
	start := d.fail.start
	end := start + len(bytes.TrimRight(d.src[start:at], " \t\r"))
	if end > start+1 && d.src[end-1] == ',' {
		end--
	}
	e := d.at(UnclosedString, start, end, "the string that begins here is not closed on its line")
	e.Opener = SpanOf(d.src, start, start+1)
	return e.guess("a double quote is missing after this", TextEdit{end, end, `"`})
}

// escape is about a backslash that begins no escape.
func (d *doctor) escape(at int) *SyntaxError {
	if at+1 >= len(d.src) {
		return d.at(Truncated, at, len(d.src), "the text ends in the middle of a string").caret("the rest is missing")
	}
	end := at + 1 + max(1, runeLen(d.src, at+1))
	show := "`" + printable(d.src[at:end]) + "`"
	switch c := d.src[at+1]; {
	case c == '\'':
		return d.at(WrongEscape, at, end, show+" is no escape of JSON").
			mend("a single quote needs no backslash", TextEdit{at, end, "'"})
	case c == 'x' && at+4 <= len(d.src) && isHex(d.src[at+2]) && isHex(d.src[at+3]):
		fix := `\u00` + string(d.src[at+2:at+4])
		return d.at(WrongEscape, at, at+4, "`"+string(d.src[at:at+4])+"` is no escape of JSON").
			mend("write `"+fix+"`", TextEdit{at, at + 4, fix})
	case c == 'u':
		end = at + 2
		for end < len(d.src) && end < at+6 && isHex(d.src[end]) {
			end++
		}
		if end == len(d.src) {
			return d.at(Truncated, at, end, "the text ends in the middle of a string").caret("the rest is missing")
		}
		return d.at(WrongEscape, at, end, "`"+string(d.src[at:end])+"` has not four hexadecimal digits").
			guess("write `\\\\u` if a backslash is meant", TextEdit{at, at + 1, `\\`})
	case c < ' ':
		return d.at(WrongEscape, at, at+1, "a backslash stands before a line break or control character").
			guess("write `\\n`", TextEdit{at, at + 2, string(appendEscape(nil, c))})
	}
	return d.at(WrongEscape, at, end, show+" is no escape of JSON").
		mend("write `\\\\` for a backslash", TextEdit{at, at + 1, `\\`})
}

// notUTF8 is about a byte that is not UTF-8. Most such bytes were meant as
// Latin-1, so that is the guess.
func (d *doctor) notUTF8(at int) *SyntaxError {
	c := d.src[at]
	e := d.at(NotUTF8, at, at+1, fmt.Sprintf("the byte 0x%02X is not UTF-8", c))
	if c < 0xa0 {
		return e.caret("encode the text as UTF-8")
	}
	return e.guess(fmt.Sprintf("it would be `%c` in ISO 8859-1; encode the text as UTF-8", rune(c)), TextEdit{at, at + 1, string(rune(c))})
}
