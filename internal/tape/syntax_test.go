package tape

import (
	"errors"
	"testing"
)

// mistakes are what people do, how it is called, and the text after Repair; an
// empty one if it cannot be mended.
var mistakes = []struct {
	src     string
	mistake Mistake
	message string
	at      string // the bytes that the carets go under
	fixed   string
}{
	{`{"a":1,}`, TrailingComma, "a comma stands before the closing `}`", ",", `{"a":1}`},
	{"[1,\n]", TrailingComma, "a comma stands before the closing `]`", ",", "[1\n]"},
	{`[1,,2]`, ExtraComma, "two commas stand in a row", ",", `[1,2]`},
	{`[,1]`, ExtraComma, "a comma stands before the first item", ",", `[1]`},
	{`{,"a":1}`, ExtraComma, "a comma stands before the first member", ",", `{"a":1}`},
	{`{'a': 'it\'s'}`, SingleQuotes, "the text `a` stands in single quotes", `'a'`, `{"a": "it's"}`},
	{`{“a”: “b”}`, SingleQuotes, "the text `a` stands in typographic quotes", `“a”`, `{"a": "b"}`},
	{`{a: 1}`, UnquotedKey, "the member name `a` stands without quotes", "a", `{"a": 1}`},
	{"{\"a\":1\n\"b\":2}", MissingComma, "the comma between two members is missing", `"b"`, "{\"a\":1,\n\"b\":2}"},
	{`[1 2]`, MissingComma, "the comma between two items is missing", "2", `[1, 2]`},
	{`{"a" 1}`, MissingColon, "the colon after `a` is missing", "1", `{"a": 1}`},
	{`{"a"="b"}`, MissingColon, "`=` stands behind `a` where JSON has `:`", "=", `{"a":"b"}`},
	{`{"a":}`, MissingValue, "`a` has no value", "}", ""},
	{`{"a"}`, MissingValue, "`a` has no value", `"a"`, ""},
	{`{"a":{"b":1`, NotClosed, "the `{` of line 1 is not closed", "1", `{"a":{"b":1}}`},
	{"{\n  \"a\": [\n    1\n", NotClosed, "the `[` of line 2 is not closed", "1", "{\n  \"a\": [\n    1\n  ]\n}\n"},
	{`{"a":1,`, NotClosed, "the `{` of line 1 is not closed", ",", `{"a":1}`},
	{`{"a":[1,2}`, WrongBracket, "`}` stands here while the `[` of line 1 is open", "}", `{"a":[1,2]}`},
	{`{"a": tru`, Truncated, "the text ends in the middle of a value", "tru", ""},
	{`{"a": 1.`, Truncated, "the text ends in the middle of a number", "1.", ""},
	{`{"a":`, Truncated, "the text ends in the middle of a member", ":", ""},
	{`{"a": "b`, UnclosedString, "the string that begins here is not closed", `"`, ""},
	{"{\n\"a\":\"b,\n\"c\": 1}", UnclosedString, "the string that begins here is not closed on its line", `"b`, "{\n\"a\":\"b\",\n\"c\": 1}"},
	{"{\"a\":\"b\nc\"}", BareControl, "a line break stands inside a string", `"b`, `{"a":"b\nc"}`},
	{"{\"a\":\"b\tc\"}", BareControl, "a tab stands inside a string", "\t", `{"a":"b\tc"}`},
	{"{\"a\":\"\x01\"}", BareControl, "the control character U+0001 stands inside a string", "\x01", `{"a":"\u0001"}`},
	{`{"a":"C:\dir"}`, WrongEscape, "`\\d` is no escape of JSON", `\d`, `{"a":"C:\\dir"}`},
	{`{"a":"\x41"}`, WrongEscape, "`\\x41` is no escape of JSON", `\x41`, `{"a":"\u0041"}`},
	{`{"a":"\u12"}`, WrongEscape, "`\\u12` has not four hexadecimal digits", `\u12`, `{"a":"\\u12"}`},
	{`{"a": NaN}`, NotANumber, "`NaN` cannot be said in JSON", "NaN", `{"a": null}`},
	{`{"a": -Infinity}`, NotANumber, "`-Infinity` cannot be said in JSON", "-Infinity", `{"a": null}`},
	{`{"a": undefined}`, NotANumber, "`undefined` cannot be said in JSON", "undefined", `{"a": null}`},
	{`{"a": True, "b": None}`, OtherLiteral, "`True` is Python, JSON has `true`", "True", `{"a": true, "b": null}`},
	{"{\"a\":1 // c\n}", Comment, "JSON has no comments", "// c", "{\"a\":1 \n}"},
	{`{/* c */"a":1}`, Comment, "JSON has no comments", "/* c */", `{"a":1}`},
	{`[object Object]`, ObjectObject, "`[object Object]` is what JavaScript makes of an object that is used as text", "[object Object]", ""},
	{`{"a": {{name}}}`, Placeholder, "`{{name}}` is a placeholder that nobody filled in", "{{name}}", ""},
	{`{"a": ${name}}`, Placeholder, "`${name}` is a placeholder that nobody filled in", "${name}", ""},
	{`{"a":007}`, NumberForm, "`007` begins with a zero", "007", `{"a":7}`},
	{`{"a":+1}`, NumberForm, "`+1` begins with a plus", "+1", `{"a":1}`},
	{`{"a":.5}`, NumberForm, "`.5` has no digit before the point", ".5", `{"a":0.5}`},
	{`{"a":5.}`, NumberForm, "`5.` has no digit behind the point", "5.", `{"a":5}`},
	{`{"a":0x1F}`, NumberForm, "`0x1F` is hexadecimal", "0x1F", `{"a":31}`},
	{`{"a":1_000}`, NumberForm, "`1_000` has underscores between its digits", "1_000", `{"a":1000}`},
	{`{"a": hello world}`, UnquotedText, "`hello world` stands without quotes", "hello world", `{"a": "hello world"}`},
	{`{"a": 2026-11-20}`, UnquotedText, "`2026-11-20` stands without quotes and is no number", "2026-11-20", `{"a": "2026-11-20"}`},
	{`{"a":"say "hi" x"}`, MissingComma, "the string before this ended early: a double quote inside it is not escaped", "hi", ""},
	{`{} x`, TextAfterEnd, "`x` stands behind the end of the JSON", "x", ""},
	{`{}}`, TextAfterEnd, "one `}` too many: the JSON has ended before it", "}", `{}`},
	{"{}\n{}", TextAfterEnd, "a second JSON value stands behind the first", "{", ""},
	{`{};`, TextAfterEnd, "a `;` stands behind the end of the JSON", ";", `{}`},
	{``, Empty, "there is no JSON: the text is empty", "", ""},
	{" \n", Empty, "there is no JSON: the text is nothing but white space", "", ""},
	{`a=1&b=2`, OtherFormat, "a form (`a=1`) stands where JSON is expected", "a=1", ""},
	{`<!DOCTYPE html><p>`, OtherFormat, "HTML stands where JSON is expected", "<", ""},
	{`<?xml version="1.0"?>`, OtherFormat, "XML stands where JSON is expected", "<", ""},
	{"\xef\xbb\xbf{}", ByteOrderMark, "a byte order mark stands before the JSON", "\xef\xbb\xbf", `{}`},
	{"{\x00\"\x00a\x00", NotUTF8, "the text is UTF-16, JSON travels as UTF-8", "{\x00", ""},
	{"{\"a\":\"\xe9\"}", NotUTF8, "the byte 0xE9 is not UTF-8", "\xe9", `{"a":"é"}`},
	{`{\"a\": 1}`, EscapedTwice, "the quotes are escaped: the JSON was put into a string once too often", `\"`, `{"a": 1}`},
	{`'{"a":1}'`, WrappedInQuotes, "single quotes stand around the JSON: the shell did not take them off", "'", `{"a":1}`},
	{`["a": 1]`, WrongBracket, "a member with a name stands in the array of line 1", ":", ""},
	{`{"a": @}`, UnexpectedSymbol, "`@` stands where a value is expected", "@", ""},
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, tt := range mistakes {
		t.Run(tt.src, func(t *testing.T) {
			t.Parallel()
			var tp Tape
			var bad *SyntaxError
			if err := Parse(&tp, []byte(tt.src), Limits{}); !errors.As(err, &bad) {
				t.Fatalf("parses with %v", err)
			}
			if bad.Mistake != tt.mistake || bad.Message != tt.message {
				t.Errorf("%s: %s\nwant %s: %s", bad.Mistake, bad.Message, tt.mistake, tt.message)
			}
			if got := tt.src[bad.Span.Start:bad.Span.End]; got != tt.at {
				t.Errorf("carets under %q, want %q", got, tt.at)
			}
			fixed, _, ok := Repair([]byte(tt.src))
			if ok != (tt.fixed != "") || ok && string(fixed) != tt.fixed {
				t.Errorf("repaired %v: %q, want %q", ok, fixed, tt.fixed)
			}
		})
	}
}

func TestManyMistakesAreMendedOneAfterTheOther(t *testing.T) {
	t.Parallel()
	src := "{\n  // an order\n  name: 'Bob',\n  \"tags\": ['a' 'b',],\n  \"ok\": True\n"
	want := "{\n  \n  \"name\": \"Bob\",\n  \"tags\": [\"a\", \"b\"],\n  \"ok\": true\n}\n"
	fixed, found, ok := Repair([]byte(src))
	if !ok || string(fixed) != want {
		t.Errorf("repaired %v: %s\nwant: %s", ok, fixed, want)
	}
	if len(found) != 9 {
		t.Errorf("%d mistakes, want 9", len(found))
	}
}
