package differential

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// least is how many cases the table has at the least.
const least = 400

// TestPeers holds every case of the table to the peers. Where one says
// otherwise, disagreements.yaml says why; what it lists has to happen.
func TestPeers(t *testing.T) {
	cases, err := Cases("../../contract/testdata/semantics")
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < least {
		t.Fatalf("%d cases were read, and %d are the least", len(cases), least)
	}
	list, err := Disagreements("disagreements.yaml")
	if err != nil {
		t.Fatal(err)
	}
	book := newBook(list)
	for i := range cases {
		for name, peer := range Peers {
			says, why := Ask(peer, &cases[i])
			if !book.note(name, &cases[i], says) {
				t.Errorf("%s says %s of %s (%s), which nothing explains: %s", name, says, cases[i].ID, cases[i].Follows, why)
			}
		}
	}
	for _, unused := range book.unused() {
		t.Errorf("this is listed and does not happen: %s", unused)
	}
	t.Logf("%d cases\n%s", len(cases), book)
}

// A book counts what the peers say, and which entries were needed.
type book struct {
	list   []Disagreement
	needed map[string]bool // peer, verdict and pattern
	counts map[string]*count
}

type count struct{ agrees, valid, invalid, refused int }

func newBook(list []Disagreement) *book {
	b := &book{list: list, needed: map[string]bool{}, counts: map[string]*count{}}
	for name := range Peers {
		b.counts[name] = &count{}
	}
	return b
}

// note takes down a verdict, and reports whether it is ours or explained.
func (b *book) note(peer string, c *Case, says Verdict) bool {
	n := b.counts[peer]
	switch {
	case says == Refused:
		n.refused++
	case (says == Valid) == c.Valid:
		n.agrees++
		return true
	case says == Valid:
		n.valid++
	default:
		n.invalid++
	}
	for i := range b.list {
		e := &b.list[i]
		if e.Peer != peer || e.Says != says {
			continue
		}
		if at := slices.IndexFunc(e.Cases, func(pattern string) bool { return fits(pattern, c.ID) }); at >= 0 {
			b.needed[e.key(at)] = true
			return true
		}
	}
	return false
}

func (d *Disagreement) key(at int) string {
	return fmt.Sprintf("%s %s %s", d.Peer, d.Says, d.Cases[at])
}

func (b *book) unused() []string {
	var out []string
	for i := range b.list {
		for at := range b.list[i].Cases {
			if key := b.list[i].key(at); !b.needed[key] {
				out = append(out, key)
			}
		}
	}
	return out
}

func (b *book) String() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "peer\tagrees\tsays valid\tsays invalid\trefuses")
	for _, name := range slices.Sorted(maps.Keys(b.counts)) {
		n := b.counts[name]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", name, n.agrees, n.valid, n.invalid, n.refused)
	}
	w.Flush()
	return out.String()
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"a/b", "a/b", true},
		{"a/b", "a/bc", false},
		{"a/*", "a/b/c", true},
		{"a/*/c", "a/b/c", true},
		{"a/*/c", "a/c", false},
		{"a/*/c", "a/b/cd", false},
		{"*x*y", "axbyy", true},
		{"*x*y", "ayx", false},
	} {
		if got := fits(c.pattern, c.text); got != c.want {
			t.Errorf("fits(%q, %q) = %v", c.pattern, c.text, got)
		}
	}
}
