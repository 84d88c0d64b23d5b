package contract_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline/contract"
)

// FuzzLint feeds descriptions that are wrong in any way: judging them must not
// panic, and what is found has a rule, a place in the file and words.
func FuzzLint(f *testing.F) {
	err := filepath.WalkDir(filepath.Join("testdata", "lint"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		f.Add(raw)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	known := map[string]bool{}
	for _, r := range contract.LintRules() {
		known[r.Slug] = true
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fsys := fstest.MapFS{"x.yaml": &fstest.MapFile{Data: raw}}
		o := contract.Options{Limits: contract.Limits{DocumentBytes: 1 << 16, Values: 1 << 12, Nesting: 64}}
		r, err := contract.Lint(fsys, "x.yaml", o)
		if (r == nil) == (err == nil) {
			t.Fatalf("got a report %v and the error %v, want one of them", r, err)
		}
		if r == nil {
			return
		}
		lines := strings.Count(string(raw), "\n") + strings.Count(string(raw), "\r") + 1 // YAML ends lines by both
		for i := range r.Findings {
			if g := &r.Findings[i]; !known[g.Rule] || g.Message == "" || g.Source.Line > lines || g.Detail() == "" {
				t.Errorf("not a sound finding: %+v", g)
			}
		}
	})
}
