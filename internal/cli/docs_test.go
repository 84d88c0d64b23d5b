package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// TestDocsAreGenerated compares docs/cli.md with what the commands say of
// themselves. `make docs` writes it anew.
func TestDocsAreGenerated(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "cli.md")
	want := commandLineDocs()
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
		t.Errorf("docs/cli.md is not what the commands say; `make docs` writes it (-want +got):\n%s", diff)
	}
}

// commandLineDocs is docs/cli.md.
func commandLineDocs() string {
	root := newApp(Env{Stdin: strings.NewReader(""), Stdout: &strings.Builder{}, Stderr: &strings.Builder{}, Getenv: os.Getenv}, nil).root
	var b strings.Builder
	b.WriteString("# Command line\n\nGenerated from the commands by `make docs`: this is what `-h` prints.\n\n```\n" + bareHelp + "```\n")
	for _, cmd := range runnable(root) {
		b.WriteString("\n## " + cmd.CommandPath() + "\n\n```\n" + commandHelp(cmd) + "```\n")
	}
	for _, t := range topics {
		b.WriteString("\n## faultline help " + t.name + "\n\n```\n" + t.text + "```\n")
	}
	return b.String()
}

// runnable lists the commands that do something, in the order of the help.
func runnable(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range inOrder(cmd) {
		if !c.HasSubCommands() {
			out = append(out, c)
		}
		out = append(out, runnable(c)...)
	}
	return out
}
