package tape

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

// A Mistake is what people do that stops a text from being JSON.
type Mistake string

// The mistakes.
const (
	Empty            Mistake = "empty"
	ByteOrderMark    Mistake = "byte-order-mark"
	NotUTF8          Mistake = "not-utf-8"
	OtherFormat      Mistake = "other-format"         // HTML, XML, a form
	TrailingComma    Mistake = "trailing-comma"       // before a closing bracket
	ExtraComma       Mistake = "extra-comma"          // two in a row, or before the first
	MissingComma     Mistake = "missing-comma"        // between two members or items
	MissingColon     Mistake = "missing-colon"        // between key and value
	MissingValue     Mistake = "missing-value"        // after a key
	NotClosed        Mistake = "not-closed"           // the text ends, brackets are open
	WrongBracket     Mistake = "wrong-bracket"        // `]` for `}`, or one left out
	Truncated        Mistake = "truncated"            // the text ends inside a value
	TextAfterEnd     Mistake = "text-after-end"       // of the one value
	SingleQuotes     Mistake = "single-quotes"        // '…', “…” or `…`
	UnquotedKey      Mistake = "unquoted-key"         // {name: …}
	UnquotedText     Mistake = "unquoted-text"        // {"name": Bob}
	Comment          Mistake = "comment"              // //, /* */, #
	NotANumber       Mistake = "not-a-number"         // NaN, Infinity, undefined
	OtherLiteral     Mistake = "other-literal"        // True, None, NULL
	ObjectObject     Mistake = "object-object"        // [object Object]
	Placeholder      Mistake = "placeholder"          // {{name}}, ${name}
	NumberForm       Mistake = "number-form"          // 007, +1, .5, 0x1F
	BareControl      Mistake = "control-character"    // in a string
	UnclosedString   Mistake = "unclosed-string"      // its line ends before it does
	WrongEscape      Mistake = "escape"               // \x, \', \u12
	EscapedTwice     Mistake = "escaped-twice"        // {\"a\": 1}
	WrappedInQuotes  Mistake = "wrapped-in-quotes"    // '{"a": 1}', from a shell
	TooDeep          Mistake = "too-deep"             // a limit of ours
	TooLong          Mistake = "too-long"             // a limit of ours
	UnexpectedSymbol Mistake = "unexpected-character" // anything else
)

// A SyntaxError says what stops a text from being JSON, in the words of the
// mistake rather than of the grammar.
type SyntaxError struct {
	Mistake Mistake
	Offset  int            // where the text stops being JSON
	Span    faultline.Span // what is wrong; it may lie before Offset
	Message string         // "a comma stands before the closing `}`"
	Want    string         // "a member name in double quotes"
	Found   string         // "`}`", "the end of the text"
	Caret   string         // what to do about it, beside the carets; may be empty
	Opener  faultline.Span // the bracket or quote that is still open, for the mistakes about that

	// Fix mends this one mistake; nil where it is not clear how. Keeps says
	// that it keeps what the sender meant; else it is a guess.
	Fix   []TextEdit
	Keeps bool
}

// A TextEdit replaces the bytes from Start to End.
type TextEdit struct {
	Start, End int
	Text       string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.Span.Line, e.Span.Column, e.Message)
}

// doctor looks at a text that is no JSON and says why.
type doctor struct {
	src  []byte
	tape *Tape // what was read up to the failure; open containers have the one around them in Next
	fail failure
}

// explain makes the words of a failure.
func explain(src []byte, t *Tape, f failure) *SyntaxError {
	d := &doctor{src: src, tape: t, fail: f}
	e := d.examine()
	e.Offset = f.at
	if e.Want == "" {
		e.Want = d.wanted()
	}
	if e.Found == "" {
		e.Found = d.found(f.at)
	}
	return e
}

// examine asks what the text as a whole is, then what is at the place.
func (d *doctor) examine() *SyntaxError {
	switch d.fail.want {
	case wantLess:
		return d.at(TooLong, 0, 0, fmt.Sprintf("the text is longer than %d bytes", d.fail.limits.Bytes))
	case wantShallower:
		return d.at(TooDeep, d.fail.at, d.fail.at+1, fmt.Sprintf("more than %d brackets are open inside each other", d.fail.limits.Depth))
	}
	if e := d.whole(); e != nil {
		return e
	}
	switch d.fail.want {
	case wantString:
		return d.text()
	case wantDigit:
		return d.number(d.fail.start)
	}
	if d.fail.at >= len(d.src) {
		return d.ended()
	}
	if e := d.comment(d.fail.at); e != nil {
		return e
	}
	switch d.fail.want {
	case wantEnd:
		return d.after()
	case wantColon:
		return d.colon()
	case wantComma:
		return d.comma()
	case wantKey, wantFirstKey:
		return d.key()
	}
	return d.value()
}

// at makes an error about the bytes from start to end.
func (d *doctor) at(m Mistake, start, end int, message string) *SyntaxError {
	return &SyntaxError{Mistake: m, Span: SpanOf(d.src, start, end), Message: message}
}

// SpanOf is the span of the bytes from start to end, with line and column.
func SpanOf(text []byte, start, end int) faultline.Span {
	line, column := LineColumn(text, start)
	return faultline.Span{Start: start, End: end, Line: line, Column: column}
}

func (e *SyntaxError) caret(words string) *SyntaxError {
	e.Caret = words
	return e
}

// mend sets a fix that keeps what was meant.
func (e *SyntaxError) mend(caret string, fix ...TextEdit) *SyntaxError {
	e.Caret, e.Fix, e.Keeps = caret, fix, true
	return e
}

// guess sets a fix that may not be what was meant.
func (e *SyntaxError) guess(caret string, fix ...TextEdit) *SyntaxError {
	e.Caret, e.Fix = caret, fix
	return e
}

var wantWords = map[want]string{
	wantValue:    "a value",
	wantFirst:    "a value or `]`",
	wantKey:      "a member name in double quotes",
	wantFirstKey: "a member name in double quotes, or `}`",
	wantColon:    "`:`",
	wantEnd:      "the end of the text",
	wantDigit:    "a digit",
	wantString:   "the rest of the string",
}

func (d *doctor) wanted() string {
	if d.fail.want != wantComma {
		return wantWords[d.fail.want]
	}
	return "`,` or `" + string(d.closer(d.fail.in)) + "`"
}

// closer is the bracket that closes the container.
func (d *doctor) closer(token int) byte {
	if d.tape.Tokens[token].Kind == Array {
		return ']'
	}
	return '}'
}

// found names what stands at an offset.
func (d *doctor) found(at int) string {
	if at >= len(d.src) {
		return "the end of the text"
	}
	end := d.wordEnd(at)
	const most = 32
	if end-at > most {
		return "`" + printable(d.src[at:at+most]) + "…`"
	}
	return "`" + printable(d.src[at:end]) + "`"
}

// wordEnd is the end of the string, number, word or single character at an
// offset.
func (d *doctor) wordEnd(at int) int {
	if at >= len(d.src) {
		return at
	}
	c := d.src[at]
	if c == '"' {
		if end, _, fault := ScanString(d.src, at); fault == NoFault {
			return end
		}
		return at + 1
	}
	if !isWord(c) {
		return at + max(1, runeLen(d.src, at))
	}
	for at < len(d.src) && isWord(d.src[at]) {
		at++
	}
	return at
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == '$' || c == '-' || c == '+' || c == '.' || c >= 0x80
}
