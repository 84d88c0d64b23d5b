package tape

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// whole recognises texts that are no JSON as a whole: nothing, another format
// or encoding, JSON in a wrapping.
func (d *doctor) whole() *SyntaxError {
	if e := d.encoding(); e != nil {
		return e
	}
	first := SkipSpace(d.src, 0)
	if first == len(d.src) {
		e := d.at(Empty, 0, 0, "there is no JSON: the text is empty")
		if first > 0 {
			e.Message = "there is no JSON: the text is nothing but white space"
		}
		return e
	}
	if d.fail.at == first && d.fail.want == wantValue {
		if e := d.otherFormat(first); e != nil {
			return e
		}
		if e := d.wrapped(first); e != nil {
			return e
		}
	}
	return d.escapedTwice(first)
}

// encoding recognises a byte order mark, and UTF-16 by its zero bytes.
func (d *doctor) encoding() *SyntaxError {
	switch {
	case bytes.HasPrefix(d.src, []byte("\xef\xbb\xbf")):
		return d.at(ByteOrderMark, 0, 3, "a byte order mark stands before the JSON").
			mend("drop these three bytes", TextEdit{0, 3, ""})
	case bytes.HasPrefix(d.src, []byte("\xff\xfe")), bytes.HasPrefix(d.src, []byte("\xfe\xff")), d.zeroBetween():
		e := d.at(NotUTF8, 0, min(2, len(d.src)), "the text is UTF-16, JSON travels as UTF-8")
		e.Caret = "encode the text as UTF-8"
		return e
	}
	return nil
}

// zeroBetween reports whether each second byte at the beginning is zero: ASCII
// as UTF-16.
func (d *doctor) zeroBetween() bool {
	if len(d.src) < 4 {
		return false
	}
	a, b := d.src[0], d.src[1]
	return (a == 0) != (b == 0) && (a == 0) == (d.src[2] == 0) && (b == 0) == (d.src[3] == 0)
}

// otherFormat recognises HTML, XML and forms by their beginning.
func (d *doctor) otherFormat(first int) *SyntaxError {
	head := d.src[first:min(len(d.src), first+256)]
	if head[0] == '<' {
		name, low := "XML", bytes.ToLower(head)
		if bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html")) {
			name = "HTML"
		}
		return d.at(OtherFormat, first, first+1, name+" stands where JSON is expected")
	}
	if bytes.HasPrefix(head, []byte("--")) && bytes.Contains(bytes.ToLower(head), []byte("content-disposition:")) {
		return d.at(OtherFormat, first, first+2, "a multipart form stands where JSON is expected")
	}
	if n := formLen(head); n > 0 {
		pair := printable(head[:min(n, 40)])
		return d.at(OtherFormat, first, first+n, "a form (`"+pair+"`) stands where JSON is expected").
			caret("encode the body as JSON")
	}
	return nil
}

// formLen is the length of the first pair of application/x-www-form-urlencoded
// text, 0 if the text does not look like it.
func formLen(head []byte) int {
	eq := 0
	for i, c := range head {
		switch {
		case c == '&' && eq > 0:
			return i
		case c == '=' && i > 0:
			if eq == 0 {
				eq = i
			}
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"{}<>\\^`'", c) >= 0:
			if eq > 0 && c <= ' ' {
				return i
			}
			return 0
		case c == ':' && eq == 0:
			return 0
		}
	}
	if eq > 0 {
		return len(head)
	}
	return 0
}

// wrapped recognises JSON inside single quotes: cmd.exe does not take them off.
func (d *doctor) wrapped(first int) *SyntaxError {
	end := len(bytes.TrimRight(d.src, " \t\r\n"))
	if d.src[first] != '\'' || end-first < 4 || d.src[end-1] != '\'' {
		return nil
	}
	if c := d.src[SkipSpace(d.src, first+1)]; c != '{' && c != '[' {
		return nil
	}
	return d.at(WrappedInQuotes, first, first+1, "single quotes stand around the JSON: the shell did not take them off").
		mend("drop this quote and the last one", TextEdit{first, first + 1, ""}, TextEdit{end - 1, end, ""})
}

// escapedTwice recognises {\"a\": 1}: JSON that was put into a string.
func (d *doctor) escapedTwice(first int) *SyntaxError {
	at := d.fail.at
	if at+1 >= len(d.src) || d.src[at] != '\\' || d.src[at+1] != '"' || d.fail.want == wantString {
		return nil
	}
	inner := d.src[first:]
	if end, _, fault := ScanString(append([]byte{'"'}, append(inner[:len(inner):len(inner)], '"')...), 0); fault != NoFault || end != len(inner)+2 {
		return d.at(EscapedTwice, at, at+2, "the quotes are escaped: the JSON was put into a string once too often")
	}
	text := string(AppendUnescaped(nil, inner))
	return d.at(EscapedTwice, at, at+2, "the quotes are escaped: the JSON was put into a string once too often").
		mend("drop the backslashes", TextEdit{first, len(d.src), text})
}

// ended tells what is missing where the text ends.
func (d *doctor) ended() *SyntaxError {
	end := len(bytes.TrimRight(d.src, " \t\r\n"))
	if d.fail.in == none {
		return d.at(Truncated, end, end, "the text ends where a value is expected")
	}
	opener := int(d.tape.Tokens[d.fail.in].Start)
	line, _ := LineColumn(d.src, opener)
	message := fmt.Sprintf("the `%c` of line %d is not closed", d.src[opener], line)
	last := max(end-1, 0)
	for last > 0 && !utf8.RuneStart(d.src[last]) {
		last--
	}
	e := d.at(NotClosed, last, end, message)
	e.Opener = SpanOf(d.src, opener, opener+1)
	closers := d.closers()
	switch d.fail.want {
	case wantComma, wantFirst, wantFirstKey:
		return e.guess("`"+closers+"` is missing after this", TextEdit{end, end, d.closingText(end)})
	case wantKey, wantValue:
		if d.src[last] == ',' {
			return e.guess("`"+closers+"` is missing, in place of this comma", TextEdit{last, end, d.closingText(last)})
		}
	}
	e.Mistake = Truncated
	e.Message = "the text ends in the middle of a member"
	return e.caret("the rest is missing; " + message)
}

// closers are the brackets that would close all that is open, innermost first.
// A hostile text has many: the first eight tell enough.
func (d *doctor) closers() string {
	const most = 8
	var out []byte
	for in := d.fail.in; in != none && len(out) < most; in = int(d.tape.Tokens[in].Next) - 1 {
		out = append(out, d.closer(in))
	}
	return string(out)
}

// closingText closes all that is open, each bracket on a line of its own with
// the indentation of its opener where the opener's line ends with it.
func (d *doctor) closingText(after int) string {
	var out strings.Builder
	for in := d.fail.in; in != none; in = int(d.tape.Tokens[in].Next) - 1 {
		opener := int(d.tape.Tokens[in].Start)
		if indent, ok := d.blockIndent(opener); ok && bytes.IndexByte(d.src[opener:after], '\n') >= 0 {
			out.WriteString("\n" + indent)
		}
		out.WriteByte(d.closer(in))
	}
	return out.String()
}

// blockIndent is the indentation of the line of a bracket that ends its line.
func (d *doctor) blockIndent(opener int) (string, bool) {
	rest := bytes.TrimLeft(d.src[opener+1:], " \t\r")
	if len(rest) == 0 || rest[0] != '\n' {
		return "", false
	}
	line := d.src[bytes.LastIndexByte(d.src[:opener], '\n')+1 : opener]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))]), true
}
