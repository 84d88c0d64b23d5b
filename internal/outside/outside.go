// Package outside finds the data of tests that does not lie in the repository:
// real descriptions, the labelled corpus, public test suites. CONTRIBUTING.md
// says where they are looked for.
package outside

import (
	"os"
	"path/filepath"
	"testing"
)

// Specs returns the folder of real OpenAPI descriptions.
func Specs(t testing.TB) string { t.Helper(); return folder(t, "FAULTLINE_SPECS", "specs") }

// Corpus returns the folder of labelled exchanges and their contracts.
func Corpus(t testing.TB) string { t.Helper(); return folder(t, "FAULTLINE_CORPUS", "corpus") }

// Suites returns the folder of the public test suites.
func Suites(t testing.TB) string { t.Helper(); return folder(t, "FAULTLINE_SUITES", "suites") }

// folder skips the test where the folder is missing, or fails it where nothing
// may be skipped.
func folder(t testing.TB, variable, name string) string {
	t.Helper()
	dir := os.Getenv(variable)
	if dir == "" {
		dir = filepath.Join(root(t), "..", "shared", name)
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
			t.Fatalf("%v; %s names the folder", err, variable)
		}
		t.Skipf("%v; %s names the folder", err, variable)
	}
	return dir
}

// root is the folder of the repository: tests run in the folder of their
// package.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = above
	}
}
