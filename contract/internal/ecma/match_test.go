package ecma

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

var matches = []struct {
	text, kind string
	yes, no    []string
}{
	{`^[A-Z]{2}[0-9]{2,4}$`, "runs", []string{"AB12", "AB1234"}, []string{"AB1", "AB12345", "ab12", "AB12\n", "ÄB12"}},
	{`^cus_[0-9a-zA-Z]+$`, "runs", []string{"cus_1"}, []string{"cus_", "xcus_1"}},
	{`^\d+\.\d+$`, "runs", []string{"1.2"}, []string{"1,2", "٣.٣"}},
	{`^.$`, "runs", []string{"a", "😀"}, []string{"\n", "\u2028", "ab", ""}},
	{`^/api/`, "runs", []string{"/api/", "/api/x"}, []string{"/api", "x/api/"}},
	{`^\s$`, "runs", []string{"\u00a0", "\ufeff", " "}, []string{"a"}},
	{`^\u00e9\/$`, "runs", []string{"é/"}, []string{"e/"}},
	{`^\p{Script=Greek}$`, "runs", []string{"α"}, []string{"a"}},
	{`^x{1,2000}$`, "runs", []string{strings.Repeat("x", 2000)}, []string{strings.Repeat("x", 2001)}},
	{`^[^<>]{1,100000}$`, "runs", []string{strings.Repeat("ü", 100000)}, []string{strings.Repeat("ü", 100001), "<"}},
	{`^a*ab$`, "table", []string{"ab", "aaab"}, []string{"b"}},
	{`^[a-z]{2}(-[A-Z]{2})?$`, "table", []string{"en", "en-GB"}, []string{"en-", "EN"}},
	{`[[:alpha:]]`, "table", []string{"a]", ":]"}, []string{"b"}},
	{`a`, "table", []string{"bab"}, []string{"b", ""}},
	{``, "table", []string{"", "a"}, nil},
	{`^$|^a`, "table", []string{"", "ab"}, []string{"b"}},
	{`\bfoo\b`, "table", []string{"a foo.", "foo"}, []string{"food", "éfoo_"}},
	{`\Bo\B`, "table", []string{"foot"}, []string{"o", "of", "to"}},
	{`^(a+)+$`, "table", []string{"aaa"}, []string{strings.Repeat("a", 40) + "!"}},
	{`^(?!foo)\w+$`, "table", []string{"bar", "fo"}, []string{"foobar", ""}},
	{`^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{8,}$`, "table", []string{"aB3$aaaa", "$$$$$$$aB3"}, []string{"aB3$aaa", "ab3$aaaaa", "aB3aaaaaa"}},
	{`^(?!.*--)[a-z-]{1,63}(?<!-)$`, "table", []string{"a-b", "-a"}, []string{"a--b", "a-", ""}},
	{`^(?:(?!foo).)*$`, "table", []string{"", "fobar"}, []string{"a foo", "a\n"}},
	{`\$\d(?!\d)`, "table", []string{"a $1", "$1a"}, []string{"$12", "$"}},
	{`(?<![a-z])id(?=\d)`, "table", []string{"id1", "_id2"}, []string{"aid1", "id"}},
	{`^(?=a(?!b)).+$`, "table", []string{"ac", "a"}, []string{"ab", "b"}},
	{`^(?:(?=x)x|(?!y)[yz])$`, "table", []string{"x", "z"}, []string{"y"}},
	{`(?![aeiou])[a-z]`, "table", []string{"aab"}, []string{"aei"}},
	{`^(a)\1$`, "going back", []string{"aa"}, []string{"ab"}},
	{`(?<=\$)\d+`, "table", []string{"a $12"}, []string{"12", "$a1"}},
	{`^(?<q>['"]).*\k<q>$`, "going back", []string{`"a"`, `''`}, []string{`"a'`}},
	{`^(?:a(?=b|c)|b|c)+$`, "going back", []string{"abac"}, []string{"aab", "a"}},
	{`^(?:[ab]*a[ab]{14})$`, "simulation", []string{strings.Repeat("ab", 20) + "b"}, []string{strings.Repeat("a", 14), strings.Repeat("ab", 20)}},
}

func compile(t testing.TB, text string) *Regexp {
	t.Helper()
	re, err := Compile(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return re
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range matches {
		re := compile(t, tt.text)
		if kind := re.kind(); kind != tt.kind {
			t.Errorf("%s is matched by %s, want %s", tt.text, kind, tt.kind)
		}
		for _, text := range tt.yes {
			if ok, err := re.Match([]byte(text)); !ok || err != nil {
				t.Errorf("%s does not match %q: %v", tt.text, text, err)
			}
		}
		for _, text := range tt.no {
			if ok, err := re.Match([]byte(text)); ok || err != nil {
				t.Errorf("%s matches %q: %v", tt.text, text, err)
			}
		}
	}
}

func TestMatchAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	for _, tt := range matches {
		re := compile(t, tt.text)
		if re.Costly() {
			continue
		}
		for _, text := range append(tt.yes, tt.no...) {
			b := []byte(text)
			if _, err := re.Match(b); err != nil {
				t.Fatal(err)
			}
			if n := testing.AllocsPerRun(10, func() { re.Match(b) }); n != 0 {
				t.Errorf("%s: %v allocations for %q", tt.text, n, text)
			}
		}
	}
}

// TestHostilePatterns are those that others never come back from.
func TestHostilePatterns(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 30_000)
	patterns := []string{
		`^(a+)+$`, `^(a|a)*$`, `^(a|aa)+$`, `(a*)*b`, `(x{1000}){1000}`, `((a{0,100}){0,100}){0,100}`, `^(a?){5000}a{5000}$`,
		`^(?=(a+)+$)b`, `^(a+)+\1$`, `(a*)*\1b`, `(?=(a*)*b)c`, `^(([a-z])+.)+[A-Z]([a-z])+$`, `(.*)*(.*)*\1x`,
		strings.Repeat("(", 200) + strings.Repeat(")*", 200), strings.Repeat(`\p{L}`, 10_000), strings.Repeat("(a|b)?", 2000) + "c",
		"^" + strings.Repeat("[a-z]?", 10_000) + "$", strings.Repeat("a|", 40_000), strings.Repeat("(?=a)", 20_000),
		`^(?:a?)*?$`, `(?:(?:a*)*)*c`, `[ab]*a[ab]{200}c`, `a{0,1000000000}`, `(a{1,1000000000}){1,1000000000}b`,
	}
	for _, text := range patterns {
		re, err := Compile(text)
		if err != nil {
			t.Errorf("%.40s: %v", text, err)
			continue
		}
		for _, hostile := range []string{long + "!", long, ""} {
			spent := 0
			if _, err := re.MatchWithin([]byte(hostile), &spent, MostWork); err != nil && !errors.Is(err, ErrCostly) {
				t.Errorf("%.40s: %v", text, err)
			}
			// One character may go a little beyond.
			if spent > MostWork+largestProgram {
				t.Errorf("%.40s took %d of work, want at most %d", text, spent, MostWork)
			}
		}
	}
	for _, text := range []string{strings.Repeat("(", 300) + strings.Repeat(")", 300), strings.Repeat("a", longestPattern+1)} {
		if _, err := Compile(text); err == nil {
			t.Errorf("%.40s is let pass", text)
		}
	}
}

func TestWorkIsCountedForAllTextsTogether(t *testing.T) {
	t.Parallel()
	re := compile(t, `^(a|aa)+\1b$`)
	text := []byte(strings.Repeat("a", 17))
	spent, asked := 0, 0
	for ; asked < 100_000; asked++ {
		if _, err := re.MatchWithin(text, &spent, MostWork); err != nil {
			break
		}
	}
	if spent <= MostWork || asked == 0 || asked == 100_000 {
		t.Errorf("gave up after %d texts and %d of work, want more than 0 texts and more than %d", asked, spent, MostWork)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`^a$b`: true, `[]`: true, `a[]`: true, `^[]+$`: true, `a\bb`: true, `(?=a)`: false, `^(?=a)b`: true, `^(?!a)a$`: true, `$^`: false, `a^`: true,
		`[]*`: false, `^[a-z]+$`: false, `(a)\1`: false, `\ud800`: true, `^(?=.{3}$)(?=.*ab)c?.b$`: false, `x{5}`: false, `^\ud800$`: true,
	} {
		empty, known := compile(t, text).Empty()
		if !known || empty != want {
			t.Errorf("%s is empty: %v (known: %v), want %v", text, empty, known, want)
		}
	}
}

func TestSamplesMatch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, tt := range matches {
		re := compile(t, tt.text)
		for range 20 {
			text, ok := re.Sample(0, -1, r.IntN)
			if found, err := re.Match([]byte(text)); !ok || !found || err != nil {
				t.Errorf("%s: sample %q, %v", tt.text, text, ok)
			}
		}
	}
	for _, tt := range []struct {
		text        string
		least, most int
	}{{`^[a-z]+$`, 30, 40}, {`a`, 5, 5}, {`^a(bc)*$`, 8, 9}, {`^(?=.*\d)(?=.*[A-Z]).*$`, 12, 12}, {`^[a-z]{0,50}$`, 50, -1}} {
		text, ok := compile(t, tt.text).Sample(tt.least, tt.most, r.IntN)
		if n := len(text); !ok || n < tt.least || tt.most >= 0 && n > tt.most {
			t.Errorf("%s: sample %q, %v; want %d to %d characters", tt.text, text, ok, tt.least, tt.most)
		}
	}
	if text, ok := compile(t, `^a{3}$`).Sample(4, -1, r.IntN); ok {
		t.Errorf("^a{3}$ has the sample %q of four characters", text)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`a(b`:     "at character 2: this parenthesis is not closed",
		`[z-a]`:   "at character 3: the range is out of order",
		`a{3,1}`:  "at character 2: the numbers of the repetition are out of order",
		`ab**`:    "at character 4: there is nothing to repeat",
		`(?i)abc`: "at character 1: ECMA-262 has no group of this kind",
	} {
		if _, err := Compile(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// FuzzMatchersAgree holds all the matchers that a pattern can have to going
// back, which is the specification's own way.
func FuzzMatchersAgree(f *testing.F) {
	for _, tt := range matches {
		for _, text := range append(tt.yes, tt.no...) {
			f.Add(tt.text, text)
		}
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 || len(text) > 100 {
			return
		}
		re, err := Compile(pattern)
		if err != nil || re.Costly() {
			return
		}
		got, err := re.Match([]byte(text))
		if err != nil {
			return
		}
		spent := 0
		want, err := backtrack(re.root, re.groups, []byte(text), &spent, MostWork)
		if err == nil && got != want {
			t.Fatalf("%s matches %q: %v by %s, want %v", pattern, text, got, re.kind(), want)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for name, c := range map[string]struct{ pattern, text string }{
		"uuid":     {`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, "123e4567-e89b-12d3-a456-426614174000"},
		"sku":      {`^[A-Z]{3}-[0-9]{4,6}$`, "ABC-12345"},
		"language": {`^[a-z]{2}(-[A-Z]{2})?$`, "en-GB"},
		"email":    {`^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$`, "first.last@mail.example.com"},
		"password": {`^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$`, "correctHorse7battery"},
		"word":     {`foo`, "a sentence in which there is foo at the end"},
		"backref":  {`^(\w+) \1$`, "again again"},
	} {
		re := compile(b, c.pattern)
		text := []byte(c.text)
		b.Run(name+"/ours", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if ok, _ := re.Match(text); !ok {
					b.Fatal("no match")
				}
			}
		})
		std, err := regexp.Compile(c.pattern)
		if err != nil {
			continue // look-around
		}
		b.Run(name+"/regexp", func(b *testing.B) {
			for b.Loop() {
				std.Match(text)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, err := Compile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$`); err != nil {
			b.Fatal(err)
		}
	}
}
