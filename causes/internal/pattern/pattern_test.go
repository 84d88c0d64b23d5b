package pattern

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expressions are of all the sorts that are supported.
var expressions = []string{
	`abc`, `(?i)AbC`, `a|ab|abc`, `(?:a|ab)(c|bcd)`, `a*`, `(a+)(b?)`, `^abc`, `abc$`, `^$`, `\bfoo\b`, `\Bo`, `x{2,3}`, `(?:ab){0,2}c`, `(?:ab ?){2}`,
	`[^.]{0,4}z`, `.*?b`, `(.*)b`, `"([^"]*)"|'([^']*)'`, `(?i)(?:missing|required) (\w+)`, `(?i)["'\[]?(?P<name>[A-Za-z_$@][\w$@.\-/]*(?:\[[\w*]*\][\w.\-]*)*)["'\]]? is required`,
	`(?i)ist ungültig|DÜRFEN`, `[\p{Han}]+`, `([A-Za-z_][\w.]*)[\p{Han}]`, `(?:^|: |\n\s*)(\w+):`, `^([A-Z][a-z]*(?: [a-z]+){0,3}) (?:must|can't)\b`, `(?i)not (?:a )?(?:valid )*number\b[^.]{0,20}`,
	`(?:\w+ ){0,3}end`, `(a|b)*c`, `(?:(a)|b)*`, `a??b`, `x*?y`, `(?s).+z`,
}

var texts = []string{
	"", "a", "b", "abc", "ABC", "xabcx", "ababc", "abab c", "aaab", "foo", "foo bar food", "xx xxx xxxx", "....z", "zz.z", `say "it" or 'that'`, "Missing sku", "the field `items[0].sku` is required",
	"quantity is required", "Das Feld ist UNGÜLTIG, wir dürfen", "字段name不能为空", "name 必填", "a: b\n  c: d", "First name must be set", "Is not a valid valid number. x", "one two three four end", "abacab",
	"aaaaaaaaaaaaaaaaaaaac", "é", "\xff\xfe", "x\ny", "line\nwith z",
}

// TestFindsWhatRegexpFinds holds the matcher against the one of the standard library.
func TestFindsWhatRegexpFinds(t *testing.T) {
	t.Parallel()
	for _, expr := range expressions {
		re, p := regexp.MustCompile(expr), New(expr)
		for _, text := range texts {
			agree(t, re, p, text)
		}
	}
}

// agree fails the test if the two find different things.
func agree(t *testing.T, re *regexp.Regexp, p *Pattern, text string) {
	t.Helper()
	want := re.FindStringSubmatchIndex(text)
	m, ok := p.Find(text)
	got := m[:2*(re.NumSubexp()+1)]
	if ok != (want != nil) || ok && !slices.Equal(got, want) {
		t.Errorf("%q in %q: got %v %v, want %v", p, text, got, ok, want)
	}
}

func TestSetLeavesOutWhatCannotMatch(t *testing.T) {
	t.Parallel()
	var s Set
	for _, expr := range expressions {
		s.Add(expr)
	}
	for _, text := range texts {
		line := s.Scan(text)
		for _, p := range s.Patterns() {
			if p.Matches(text) && !line.Matches(p) {
				t.Errorf("%q matches %q, and the set leaves it out", p, text)
			}
		}
	}
	line := s.Scan("nothing of it")
	if line.May(s.Patterns()[0]) {
		t.Errorf("the set keeps %q for a text without it", s.Patterns()[0])
	}
}

func TestWorkIsBounded(t *testing.T) {
	t.Parallel()
	p := New(`(?:a|b|ab)*(?:a|b|ab)*(?:a|b|ab)*c`)
	if p.Matches(strings.Repeat("ab", 5000)) {
		t.Error("a text without c matches")
	}
}

func TestAllMatches(t *testing.T) {
	t.Parallel()
	text := `"a" and "b" and "c"`
	var got []string
	for _, m := range New(`"(\w)"`).All(text, 2) {
		got = append(got, m.Group(text, 1))
	}
	if !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q, want a and b", got)
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	var res []*regexp.Regexp
	var ps []*Pattern
	for _, expr := range expressions {
		res, ps = append(res, regexp.MustCompile(expr)), append(ps, New(expr))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 || strings.ContainsAny(text, "\u212a\u017f") {
			return
		}
		for i := range res {
			agree(t, res[i], ps[i], text)
		}
	})
}
