package diagnose_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/outside"
)

// floors are what a set must reach: the shares, in per mille, of its labelled exchanges with the
// first cause right, the party right, the place right. They only rise.
type floors struct{ cause, party, place int }

var (
	corpusFloors = floors{cause: 980, party: 980, place: 960}
	fieldFloors  = floors{cause: 990, party: 990, place: 985}
)

// label is the truth that stands beside an exchange of the corpus.
type label struct {
	ID     string
	Origin string
	Expect struct {
		Cause  faultline.Slug
		Accept []faultline.Slug
		Fault  faultline.Party
		At     *string
		Why    string
	}
}

// corpusDir is where the development set lies. own is false if the environment names another set, of
// which nothing can be asked.
func corpusDir(t testing.TB) (dir string, own bool) {
	t.Helper()
	return outside.Corpus(t), os.Getenv("FAULTLINE_CORPUS") == ""
}

func readLabels(t testing.TB, name string) []label {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []label
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

func readExchanges(t testing.TB, name string) []*faultline.Exchange {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []*faultline.Exchange
	for ex, err := range capture.Read(name, f) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ex)
	}
	return out
}

// engines gives the engine for the contract that an exchange names. A contract that this version
// refuses (Swagger 2.0) counts as none, as it does for a user.
func engines(t testing.TB, dir string) func(*faultline.Exchange) *diagnose.Engine {
	t.Helper()
	made := map[string]*diagnose.Engine{"": diagnose.New()}
	return func(ex *faultline.Exchange) *diagnose.Engine {
		name := ex.Labels["contract"]
		if e, ok := made[name]; ok {
			return e
		}
		e := made[""]
		c, err := contract.Load(os.DirFS(dir), name)
		if err != nil {
			t.Logf("contract %s: %v", name, err)
		} else {
			e = diagnose.New(diagnose.WithContract(c))
		}
		made[name] = e
		return e
	}
}

// place spells a location as the corpus does.
func place(at faultline.Location) string {
	side := ""
	if at.Side == faultline.ResponseSide {
		side = "response"
	}
	switch at.In {
	case faultline.InBody:
		if side != "" {
			return "response:" + at.Pointer
		}
		return at.Pointer
	case faultline.InHeader:
		if side != "" {
			return "response-header:" + strings.ToLower(at.Name)
		}
		return "header:" + strings.ToLower(at.Name)
	case faultline.InQuery, faultline.InCookie:
		return string(at.In) + ":" + at.Name
	case faultline.InPath:
		return "path"
	case faultline.InTarget:
		if at.Name == "method" {
			return "method"
		}
		return "path"
	}
	return "-"
}

func wantPlace(at string) string {
	kind, rest, _ := strings.Cut(at, ":")
	switch kind {
	case "header", "response-header":
		return kind + ":" + strings.ToLower(rest)
	case "path":
		return "path"
	}
	return at
}

type tally struct{ failed, cause, party, located, place, healthy, alarms int }

func perMille(n, of int) int { return 1000 * n / max(1, of) }

// TestCorpus scores the development set, or the set that FAULTLINE_CORPUS names. Floors hold for the
// former alone; a false alarm fails in both.
func TestCorpus(t *testing.T) {
	t.Parallel()
	dir, own := corpusDir(t)
	n := score(t, dir)
	if own {
		n.hold(t, corpusFloors)
	}
}

// TestFieldSet scores the labelled exchanges that come with the project.
func TestFieldSet(t *testing.T) {
	t.Parallel()
	n := score(t, filepath.Join("testdata", "field"))
	n.hold(t, fieldFloors)
}

// score diagnoses each exchange of a set, and tells where the diagnosis differs from the label.
func score(t *testing.T, dir string) tally {
	t.Helper()
	file := filepath.Join(dir, "exchanges.jsonl")
	labels := readLabels(t, file)
	exchanges := readExchanges(t, file)
	if len(labels) != len(exchanges) {
		t.Fatalf("%d labels, %d exchanges", len(labels), len(exchanges))
	}
	engine := engines(t, filepath.Join(dir, "contracts"))

	var n tally
	wrong := map[string][]string{}
	for i, l := range labels {
		d := engine(exchanges[i]).Diagnose(exchanges[i])
		first, found := d.Primary()
		got := first.Cause.Slug
		if l.Expect.Cause == "none" {
			n.healthy++
			if found && !slices.Contains(l.Expect.Accept, got) {
				n.alarms++
				t.Errorf("%s is healthy, got %s: %s", l.ID, got, first.Message)
			}
			continue
		}
		if _, ours := causes.Lookup(l.Expect.Cause); !ours {
			t.Errorf("%s: the cause %s is not in the catalogue", l.ID, l.Expect.Cause)
		}
		n.failed++
		right := got == l.Expect.Cause || slices.Contains(l.Expect.Accept, got)
		if right {
			n.cause++
		} else {
			pair := string(l.Expect.Cause) + " taken for " + cmp.Or(string(got), "nothing")
			wrong[pair] = append(wrong[pair], l.ID)
		}
		if first.WhoActs() == l.Expect.Fault {
			n.party++
		} else if right {
			t.Logf("party  %-28s got %s, want %s", l.ID, first.WhoActs(), l.Expect.Fault)
		}
		if l.Expect.At == nil {
			continue
		}
		n.located++
		if p := place(first.At); p == wantPlace(*l.Expect.At) {
			n.place++
		} else if right {
			t.Logf("place  %-28s got %q, want %q (%s)", l.ID, p, *l.Expect.At, got)
		}
	}

	for _, pair := range slices.Sorted(maps.Keys(wrong)) {
		t.Logf("cause  %2d %s: %s", len(wrong[pair]), pair, strings.Join(wrong[pair], " "))
	}
	t.Logf("first cause %d/%d = %.1f %%", n.cause, n.failed, float64(perMille(n.cause, n.failed))/10)
	t.Logf("party       %d/%d = %.1f %%", n.party, n.failed, float64(perMille(n.party, n.failed))/10)
	t.Logf("place       %d/%d = %.1f %%", n.place, n.located, float64(perMille(n.place, n.located))/10)
	t.Logf("healthy     %d, false alarms %d", n.healthy, n.alarms)
	return n
}

// hold fails the test for each share that is below its floor.
func (n *tally) hold(t *testing.T, want floors) {
	t.Helper()
	for _, share := range []struct {
		what      string
		got, want int
	}{
		{"first cause", perMille(n.cause, n.failed), want.cause},
		{"party", perMille(n.party, n.failed), want.party},
		{"place", perMille(n.place, n.located), want.place},
	} {
		if share.got < share.want {
			t.Errorf("%s: %d per mille are right, the floor is %d", share.what, share.got, share.want)
		}
	}
}
