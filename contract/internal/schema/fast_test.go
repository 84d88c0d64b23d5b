package schema

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/tape"
)

// The quick ways of the verdict program are held against the plain ones here.

func TestNamesFindWhatAMapFinds(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		return strings.Repeat("shipping_"[:rnd.IntN(10)], 1+rnd.IntN(2)) + fmt.Sprint(rnd.IntN(400))
	}
	for size := range 200 {
		var list []string
		index := map[string]int{}
		for range size {
			if w := word(); index[w] == 0 {
				list = append(list, w)
				index[w] = len(list)
			}
		}
		n := newNames(list)
		for range 300 {
			w := word()
			if got, want := n.find([]byte(w)), index[w]-1; got != want {
				t.Fatalf("%d names: %q is at %d, want %d", len(list), w, got, want)
			}
		}
	}
}

func TestShortTextsFindWhatNamesFind(t *testing.T) {
	t.Parallel()
	lists := [][]string{{""}, {"a", "b", "ab"}, {"EUR", "USD", "GBP", "CHF", "SEK", "JPY"}, {"card", "invoice"}, {"\x7f", "0"}}
	for _, list := range lists {
		short, names := newShortTexts(list), newNames(list)
		if short == nil {
			t.Fatalf("%q is no list of short texts", list)
		}
		for _, text := range []string{"", "a", "b", "ab", "ba", "EUR", "EU", "EURO", "USD", "card", "invoice", "invoices", "\x7f", "0", "a\x00", "é"} {
			src := []byte(`"` + text + `"       `)
			want := fail
			if names.find([]byte(text)) >= 0 {
				want = len(text) + 2
			}
			if got := short.find(src, 1); got != want {
				t.Errorf("%q in %q: %d, want %d", text, list, got, want)
			}
		}
		if got := short.find([]byte(`"`+list[0]+`"`), 1); got != fail {
			t.Errorf("%q is found at the end of a text, where no eight bytes are", list[0])
		}
	}
	for _, list := range [][]string{{"eight999"}, {"é"}, {`"`}, {"a\n"}} {
		if newShortTexts(list) != nil {
			t.Errorf("%q is taken for a list of short texts", list)
		}
	}
}

// Names that differ in the middle alone have one hash.
func TestNamesOfOneHash(t *testing.T) {
	t.Parallel()
	list := []string{"abcdefgh1abcdefgh", "abcdefgh2abcdefgh"}
	n := newNames(list)
	for i, name := range list {
		if got := n.find([]byte(name)); got != i {
			t.Errorf("%s is at %d, want %d", name, got, i)
		}
	}
	if got := n.find([]byte("abcdefgh3abcdefgh")); got != -1 {
		t.Errorf("a name that is not there is at %d", got)
	}
}

func TestKeysAreFoundByTheirBytes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "a", "12345", "123456", "a name of 13 b", "shipping_address", "a name of more than twenty-four bytes"} {
		k := newKey(name)
		for _, other := range []string{name, name + "x", "x" + name, strings.Replace(name, "e", "f", 1), strings.ToUpper(name)} {
			text := `{"` + other + `":1                                            }`
			if got, want := k.at([]byte(text), 1), other == name; got != want {
				t.Errorf("key %q in %s: %v, want %v", name, text, got, want)
			}
			for cut := range len(other) + 3 {
				if k.at([]byte(text[:1+cut]), 1) {
					t.Errorf("key %q is found in %s", name, text[:1+cut])
				}
			}
		}
	}
	k := newKey(`quo"ted`)
	if k.at([]byte(`{"quo\"ted":1              }`), 1) {
		t.Error("a name that needs an escape was found by its bytes")
	}
}

func TestScalesAgreeWithDecimals(t *testing.T) {
	t.Parallel()
	numbers := []string{
		"0", "-0", "0.0", "1", "-1", "1.0", "0.5", "-0.5", "0.50", "10", "9.99", "10.001", "-10.001", "1e1", "1E-3", "0.001", "0.0001",
		"9007199254740993", "9007199254740992", "999999999999999999", "-999999999999999999", "1000000000000000000", "1e10000000", "-1e400", "1e-10000000",
		"2147483648", "-2147483648", "2147483647.5", "12345678901234567.8",
	}
	for _, keyword := range []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"} {
		for _, limit := range numbers {
			b := bound{keyword: keyword, value: parseDecimal([]byte(limit))}
			v := vnumber{rules: []*numRule{{bounds: []bound{b}}}}
			v.scale()
			r := runner{v: &verdict{numbers: []vnumber{v}}}
			for _, number := range numbers {
				r.src = []byte(number)
				d := parseDecimal(r.src)
				if got, want := r.number(0, 0, 0) == len(number), b.holds(&d); got != want {
					t.Errorf("%s with %s %s: %v, want %v", number, keyword, limit, got, want)
				}
			}
		}
	}
}

func TestClassRunsAgreeWithPatterns(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, text := range []string{"^[a-c]{2}-[0-9]{1,3}$", "^a*b$", "^[ab]{3}$", "^x?[0-9]+$", "^[a-z]{2}(-[A-Z]{2})?$", "^[a-c -]{0,5}$"} {
		p, err := newPattern(text)
		if err != nil {
			t.Fatal(err)
		}
		c := newClassRuns(p.re.Runs(), 1, 6)
		if c == nil {
			continue
		}
		for range 5000 {
			content := make([]byte, rnd.IntN(8))
			for i := range content {
				content[i] = "abcx01-\\ \"é"[rnd.IntN(12)]
			}
			src := []byte(`"` + string(content) + `"                `)
			end, escaped, fault := tape.ScanString(src, 0)
			want := fail
			if fault == tape.NoFault && !escaped {
				if inner := src[1 : end-1]; len(inner) >= 1 && len(inner) <= 6 {
					if ok, _ := p.match(inner); ok {
						want = end
					}
				}
			}
			if got := c.find(src, 1); got != want {
				t.Fatalf("%s in %q: %d, want %d", text, src, got, want)
			}
		}
	}
}
