package tape

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/faultline-http/faultline/internal/race"
)

func TestParseOffsets(t *testing.T) {
	t.Parallel()
	src := []byte(" {\"a\": [1, \"b\\n\", {}], \"\\u00e9\": null} ")
	var tp Tape
	if err := Parse(&tp, src, Limits{}); err != nil {
		t.Fatal(err)
	}
	want := []struct {
		kind  Kind
		text  string
		next  uint32
		count uint32
	}{
		{Object, "{\"a\": [1, \"b\\n\", {}], \"\\u00e9\": null}", 8, 2},
		{String, `"a"`, 2, 0},
		{Array, `[1, "b\n", {}]`, 6, 3},
		{Number, `1`, 4, 0},
		{String, `"b\n"`, 5, 0},
		{Object, `{}`, 6, 0},
		{String, `"\u00e9"`, 7, 0},
		{Null, `null`, 8, 0},
	}
	if len(tp.Tokens) != len(want) {
		t.Fatalf("%d tokens, want %d", len(tp.Tokens), len(want))
	}
	for i, w := range want {
		got := tp.Tokens[i]
		if got.Kind != w.kind || string(tp.Bytes(i)) != w.text || got.Next != w.next || got.Count != w.count {
			t.Errorf("token %d = %v %q next %d count %d, want %v %q next %d count %d", i, got.Kind, tp.Bytes(i), got.Next, got.Count, w.kind, w.text, w.next, w.count)
		}
	}
	if got := tp.Text(6); got != "é" {
		t.Errorf("text of the second key = %q, want é", got)
	}
}

func TestParseAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	src := []byte(`{"items":[{"sku":"A-1","quantity":3,"tags":["a","b"],"note":null}],"ok":true}`)
	var tp Tape
	if got := testing.AllocsPerRun(100, func() {
		if Parse(&tp, src, Limits{}) != nil {
			t.Error("does not parse")
		}
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
	if got := testing.AllocsPerRun(100, func() { Valid(src) }); got != 0 {
		t.Errorf("Valid: %v allocations, want 0", got)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		src    []byte
		limits Limits
		want   Mistake
	}{
		{"deep", bytes.Repeat([]byte("["), 100<<20), Limits{Bytes: 200 << 20}, TooDeep},
		{"long", bytes.Repeat([]byte("["), 100<<20), Limits{}, TooLong},
		{"deep objects", []byte(strings.Repeat(`{"a":`, 20)), Limits{Depth: 10}, TooDeep},
	}
	for _, tt := range tests {
		var tp Tape
		var bad *SyntaxError
		err := Parse(&tp, tt.src, tt.limits)
		if !errors.As(err, &bad) || bad.Mistake != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		if cap(tp.Tokens) > 4*DefaultDepth {
			t.Errorf("%s: the tape grew to %d tokens before it was refused", tt.name, cap(tp.Tokens))
		}
	}
}

func TestLineColumn(t *testing.T) {
	t.Parallel()
	text := []byte("a\r\nbé€d\n\n")
	for _, tt := range []struct{ offset, line, column int }{
		{0, 1, 1}, {1, 1, 2}, {3, 2, 1}, {4, 2, 2}, {6, 2, 3}, {9, 2, 4}, {11, 3, 1}, {12, 4, 1}, {99, 4, 1}, {-1, 1, 1},
	} {
		line, column := LineColumn(text, tt.offset)
		if line != tt.line || column != tt.column {
			t.Errorf("LineColumn(%d) = %d:%d, want %d:%d", tt.offset, line, column, tt.line, tt.column)
		}
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	var tp Tape
	src := []byte(`{"a":1,"b":{"c":1,"\u0063":2},"a":{"a":1},"a":0}`)
	if err := Parse(&tp, src, Limits{}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, twin := range tp.Duplicates(9) {
		got = append(got, tp.Pointer(twin.Second))
	}
	if want := "/b/c /a /a"; strings.Join(got, " ") != want {
		t.Errorf("duplicates at %v, want %s", got, want)
	}
}

func TestLocate(t *testing.T) {
	t.Parallel()
	src := []byte("{\n  \"a/b\": [10, {\"~\": \"x\"}],\n  \"\": {}\n}")
	for _, tt := range []struct {
		pointer, want, key string
		ok                 bool
	}{
		{"", string(src), "", true},
		{"/a~1b", `[10, {"~": "x"}]`, "a/b", true},
		{"/a~1b/0", "10", "", true},
		{"/a~1b/1/~0", `"x"`, "~", true},
		{"/", "{}", "", true},
		{"/a~1b/2", "", "", false},
		{"/a~1b/01", "", "", false},
		{"/a~1b/-", "", "", false},
		{"/x", "", "", false},
		{"x", "", "", false},
		{"/a~1b/0/0", "", "", false},
	} {
		n, ok := Locate(src, tt.pointer)
		if ok != tt.ok {
			t.Errorf("Locate(%q) found %v, want %v", tt.pointer, ok, tt.ok)
			continue
		}
		if !ok {
			continue
		}
		if got := string(src[n.Value.Start:n.Value.End]); got != tt.want || n.Name != tt.key {
			t.Errorf("Locate(%q) = %q, key %q; want %q, key %q", tt.pointer, got, n.Name, tt.want, tt.key)
		}
	}
	if n, _ := Locate(src, "/a~1b/1/~0"); n.Value.Line != 2 || n.Value.Column != 21 || n.Key.Column != 17 {
		t.Errorf("place = %+v, want value 2:21 and key column 17", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range mistakes {
		f.Add([]byte(tt.src))
	}
	f.Add([]byte(`{"a":[1,-0.5e+3,"\ud83d\ude00\n",true,false,null,{}]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		var tp Tape
		err := Parse(&tp, src, Limits{})
		// encoding/json replaces bytes that are not UTF-8, and nests deeper; we refuse both.
		if want := json.Valid(src); want != (err == nil) && !(want && strictlyOurs(err)) {
			t.Fatalf("%q: we say %v, encoding/json says valid %v", src, err, want)
		}
		if Valid(src) != (err == nil) {
			t.Fatalf("%q: Valid and Parse disagree", src)
		}
		if err == nil {
			sound(t, &tp, 0, len(tp.Tokens))
			return
		}
		var bad *SyntaxError
		if !errors.As(err, &bad) {
			t.Fatalf("%q: the error is a %T", src, err)
		}
		if s := bad.Span; s.Start < 0 || s.End < s.Start || s.End > len(src) || s.Line < 1 || s.Column < 1 || bad.Offset > len(src) {
			t.Fatalf("%q: the span %+v of %q is outside of the text", src, s, bad.Message)
		}
		if bad.Message == "" || bad.Want == "" && bad.Mistake != TooDeep && bad.Mistake != TooLong || bad.Found == "" {
			t.Fatalf("%q: an error without words: %+v", src, bad)
		}
		if fixed, _, ok := Repair(src); ok && !Valid(fixed) {
			t.Fatalf("%q: the repair %q is not JSON", src, fixed)
		}
	})
}

func strictlyOurs(err error) bool {
	var bad *SyntaxError
	return errors.As(err, &bad) && (bad.Mistake == NotUTF8 || bad.Mistake == TooDeep)
}

// sound checks that tokens from i to end are whole values inside each other.
func sound(t *testing.T, tp *Tape, i, end int) {
	t.Helper()
	for i < end {
		tok := tp.Tokens[i]
		if tok.Start >= tok.End || int(tok.End) > len(tp.Src) || int(tok.Next) <= i || int(tok.Next) > end {
			t.Fatalf("%q: token %d is broken: %+v", tp.Src, i, tok)
		}
		if !json.Valid(tp.Bytes(i)) {
			t.Fatalf("%q: token %d is %q", tp.Src, i, tp.Bytes(i))
		}
		if i+1 < int(tok.Next) {
			sound(t, tp, i+1, int(tok.Next))
		}
		i = int(tok.Next)
	}
}

// TestRuneLenAgreesWithPackageUTF8 goes through all first two bytes, and what may follow them.
func TestRuneLenAgreesWithPackageUTF8(t *testing.T) {
	t.Parallel()
	for first := range 128 {
		for second := range 256 {
			for _, rest := range []string{"", "\x80", "\xbf", "a", "\x80\x80", "\xbf\xbf", "\x80a", "\x80\xff\x80"} {
				src := append([]byte{byte(0x80 + first), byte(second)}, rest...)
				r, want := utf8.DecodeRune(src)
				if r == utf8.RuneError && want <= 1 {
					want = 0
				}
				if got := runeLen(src, 0); got != want {
					t.Fatalf("% x: %d, want %d", src, got, want)
				}
			}
		}
	}
}
