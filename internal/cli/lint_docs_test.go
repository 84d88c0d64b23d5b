package cli

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract"
)

const lintIntro = `# What ` + "`faultline contract lint`" + ` looks for

Generated from the rules by ` + "`make docs`" + `. An **error** contradicts itself, or changes or prevents verdicts; a **warning** is ambiguous or
formally wrong; an **info** changes no verdict. Each finding names file, line, column and JSON Pointer, what to do, and the section of
the specification that says so. One mistake is one finding; a rule says at most 500 of one description, and counts the rest.

` + "```" + `
faultline contract lint openapi.yaml
faultline contract lint --fail-on warning --format github api/*.yaml
` + "```" + `

## To add a rule

1. Write a value of ` + "`Rule`" + ` into the file of its subject in ` + "`contract/internal/lint`" + `, or into a new one: copy ` + "`rules_operation.go`" + `. Its
   ` + "`look`" + ` goes over the parts of the description (` + "`c.sites[operation]`" + `, ` + "`c.schemas()`" + `) and calls ` + "`c.say`" + ` with place, message and remedy.
   What is asked of schemas alone (whether two can hold together) belongs into ` + "`contract/internal/schema/contradiction*.go`" + `.
2. Add it to the list in ` + "`rules.go`" + `.
3. Give it samples: ` + "`contract/testdata/lint/SLUG/fails.yaml`" + ` and ` + "`clean.yaml`" + `. A test runs both, and this page shows the first.
4. ` + "`go test ./contract -run 'TestEveryRuleHasSamples/SLUG'`" + `, then ` + "`make docs`" + `.

## Rules

`

// TestLintPageIsGenerated compares docs/contract-lint.md with the rules. `make
// docs` writes it anew.
func TestLintPageIsGenerated(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "contract-lint.md")
	want := lintPage(t)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/contract-lint.md is not what the rules say; `make docs` writes it (-want +got):\n%s", diff)
	}
}

func lintPage(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(lintIntro + "| rule | severity | what |\n| --- | --- | --- |\n")
	for _, r := range contract.LintRules() {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", r.Slug, strings.ReplaceAll(r.Slug, ".", ""), r.Severity, r.Title)
	}
	for _, r := range contract.LintRules() {
		fmt.Fprintf(&b, "\n### `%s`\n\n%s: %s. %s\n\n**Fix.** %s\n\n**Source.** %s\n\n```\n%s\n```\n", r.Slug, r.Severity, r.Title, r.Why, r.Fix, r.Section, sampleFinding(t, r.Slug))
	}
	return b.String()
}

// sampleFinding is what lint says of the first sample of a rule.
func sampleFinding(t *testing.T, slug string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "contract", "testdata", "lint", slug)
	report, err := contract.Lint(os.DirFS(dir), "fails.yaml", contract.Options{})
	if err != nil {
		t.Fatalf("%s: %+v", dir, err)
	}
	for i := range report.Findings {
		if f := &report.Findings[i]; f.Rule == slug {
			return f.Detail()
		}
	}
	t.Fatalf("%s: no finding of %s", dir, slug)
	return ""
}
