package contract_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

var update = flag.Bool("update", false, "write testdata/findings/specs.txt anew")

// TestEveryRuleHasSamples runs each rule on what it must find and on what it must
// not. A sample that fails has findings of its own rule alone, since one mistake
// is one finding; a clean one has none but infos.
func TestEveryRuleHasSamples(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, rule := range contract.LintRules() {
		known[rule.Slug] = true
		t.Run(rule.Slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", "lint", rule.Slug)
			fails, clean := samples(t, dir, "fails"), samples(t, dir, "clean")
			if len(fails) == 0 || len(clean) == 0 {
				t.Fatalf("%s has %d samples that fail and %d that are clean, want one of each at least", dir, len(fails), len(clean))
			}
			for _, name := range fails {
				if got := findings(t, dir, name); len(got) == 0 {
					t.Errorf("%s: got no finding, want %s", name, rule.Slug)
				} else {
					for _, f := range got {
						if f.Rule != rule.Slug && f.Severity != contract.LintInfo {
							t.Errorf("%s: got also %s", name, line(&f))
						}
					}
					if !strings.Contains(rules(got), rule.Slug) {
						t.Errorf("%s: got %s, want %s", name, rules(got), rule.Slug)
					}
				}
			}
			for _, name := range clean {
				for _, f := range findings(t, dir, name) {
					if f.Rule == rule.Slug || f.Severity != contract.LintInfo {
						t.Errorf("%s: got %s, want it clean", name, line(&f))
					}
				}
			}
		})
	}
	entries, err := os.ReadDir(filepath.Join("testdata", "lint"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !known[e.Name()] {
			t.Errorf("testdata/lint/%s is for no rule", e.Name())
		}
	}
}

// TestLintReadsEveryVersionThatLoads holds the two to one idea of a version.
func TestLintReadsEveryVersionThatLoads(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"swagger: '2'", "swagger: 2.0", "swagger: '2.0.1'", "openapi: 3.0", "openapi: 3.1-rc", "openapi: 3.2.0", "openapi: 4.0.0", "openapi: {}", "info: {}"} {
		fsys := fstest.MapFS{"api.yaml": {Data: []byte(head + "\npaths: {}\n")}}
		_, refused := contract.Load(fsys, "api.yaml")
		r, err := contract.Lint(fsys, "api.yaml", contract.Options{})
		if (err == nil) != (refused == nil) || (r == nil) != (refused != nil) {
			t.Errorf("%s: Load says %v, Lint %v", head, refused, err)
		}
	}
}

func samples(t *testing.T, dir, prefix string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, prefix+"*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func findings(t *testing.T, dir, name string) []contract.LintFinding {
	t.Helper()
	r, err := contract.Lint(os.DirFS(dir), path.Base(filepath.ToSlash(name)), contract.Options{})
	if err != nil {
		t.Fatalf("%s: %+v", name, err)
	}
	return r.Findings
}

func line(f *contract.LintFinding) string {
	return fmt.Sprintf("%s:%d:%d %s[%s] %s (%s)", f.Source.File, f.Source.Line, f.Source.Column, f.Severity, f.Rule, f.Message, f.Pointer)
}

func rules(list []contract.LintFinding) string {
	var out []string
	for i := range list {
		out = append(out, list[i].Rule)
	}
	return strings.Join(out, ", ")
}

// TestFindingsInRealDocuments pins what is found in the documents of the wild,
// rule by rule: a change here is read with the findings beside it. `go test
// ./contract -run TestFindingsInRealDocuments -update` writes it anew.
func TestFindingsInRealDocuments(t *testing.T) {
	t.Parallel()
	dir := outside.Specs(t)
	var got strings.Builder
	for _, s := range specsOf(t, dir) {
		r, err := contract.Lint(os.DirFS(dir), s.file, contract.Options{})
		if err != nil {
			t.Errorf("%s: %+v", s.file, err)
			continue
		}
		counts := map[string]int{}
		for i := range r.Findings {
			counts[r.Findings[i].Rule+" "+string(r.Findings[i].Severity)]++
		}
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&got, "%s: %s %d\n", s.file, name, counts[name])
		}
	}
	golden := filepath.Join("testdata", "findings", "specs.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("findings changed (-want +got):\n%s", diff)
	}
}
