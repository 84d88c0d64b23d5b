package causes_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// A realAnswer is an exchange with software that people run, and what is true of it. It is read from
// testdata/answers/SYSTEM/NAME.http: a front matter, the request, the answer.
type realAnswer struct {
	origin   string // "captured: name and version", or "documented: address"
	causes   []string
	at       string // as the `at` of a label; "*" if the answer leaves it open
	expected string // what the finding has to say was wanted; empty if the answer does not tell
	exchange *faultline.Exchange
}

func readAnswer(t *testing.T, name string) *realAnswer {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	front, rest, ok := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "---\n\n")
	if !ok {
		t.Fatal("no front matter")
	}
	a := &realAnswer{exchange: &faultline.Exchange{ID: name, Start: time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)}}
	for line := range strings.Lines(front) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "origin":
			a.origin = value
		case "cause", "accept":
			a.causes = append(a.causes, strings.Fields(value)...)
		case "at":
			a.at = value
		case "took":
			if a.exchange.Timing.Total, err = time.ParseDuration(value); err != nil {
				t.Fatal(err)
			}
		case "expected":
			a.expected = value
		default:
			t.Fatalf("the front matter has %q", key)
		}
	}
	if !strings.HasPrefix(a.origin, "captured: ") && !strings.HasPrefix(a.origin, "documented: ") {
		t.Errorf("origin is %q, want captured: or documented:", a.origin)
	}
	messages(t, a.exchange, rest)
	if a.exchange.Response == nil {
		t.Fatal("no answer")
	}
	return a
}

// TestRealAnswers diagnoses what real servers answered: the true cause comes first, at its place. A
// system is added by adding its folder.
func TestRealAnswers(t *testing.T) {
	t.Parallel()
	root := filepath.Join("testdata", "answers")
	engine := diagnose.New()
	systems := map[string]int{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".http" {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		systems[filepath.Dir(rel)]++
		t.Run(strings.TrimSuffix(filepath.ToSlash(rel), ".http"), func(t *testing.T) {
			t.Parallel()
			a := readAnswer(t, name)
			first, _ := engine.Diagnose(a.exchange).Primary()
			if !slices.Contains(a.causes, string(first.Cause.Slug)) {
				t.Fatalf("cause = %q (%s), want %q", first.Cause.Slug, first.Message, a.causes)
			}
			if got := placeOf(first.At); a.at != "*" && string(first.Cause.Slug) == a.causes[0] && got != wantedPlace(a.at) {
				t.Errorf("%s at %q, want %q", first.Cause.Slug, got, a.at)
			}
			if a.expected != "" && first.Expected != a.expected {
				t.Errorf("expected = %q, want %q", first.Expected, a.expected)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	const most, each = 20, 5
	full := 0
	for system, n := range systems {
		if n >= each {
			full++
		} else {
			t.Logf("%s has %d answers, fewer than %d", system, n, each)
		}
	}
	if full < most {
		t.Errorf("%d systems have %d answers or more, want at least %d", full, each, most)
	}
}

// placeOf spells a location of the request as samples do.
func placeOf(at faultline.Location) string {
	switch at.In {
	case faultline.InBody:
		return at.Pointer
	case faultline.InHeader:
		return "header:" + strings.ToLower(at.Name)
	case faultline.InQuery, faultline.InCookie:
		return string(at.In) + ":" + at.Name
	case faultline.InTarget:
		if at.Name == "method" {
			return "method"
		}
	}
	return "path"
}

// wantedPlace folds the case of a header's name (RFC 9110, section 5.1).
func wantedPlace(at string) string {
	if name, ok := strings.CutPrefix(at, "header:"); ok {
		return "header:" + strings.ToLower(name)
	}
	return at
}
