package faultline_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fileBlock is a file that a guide tells the reader to write: a comment with its name and the fenced block behind it.
var fileBlock = regexp.MustCompile("(?s)<!-- file: (\\S+) -->\n(?:````\\w+\n(.*?)\n````\n|```\\w+\n(.*?)\n```\n)")

// command is a line of a guide that runs one cause's page.
var command = regexp.MustCompile(`(?m)^go test (\./\S+) -run '(\S+)'$`)

func TestGuideToAddACause(t *testing.T) {
	t.Parallel()
	follow(t, "adding-a-cause.md", 2, "--- PASS: TestPages/resource.legal-block")
}

func TestGuideToAddAGateway(t *testing.T) {
	t.Parallel()
	follow(t, "adding-a-gateway.md", 1, "--- PASS: TestEverySystemIsFound/Gravitee")
}

// follow does what a guide says: it lays the files of the guide over the checkout, without writing
// into it, and runs the guide's command, whose output has to have the wanted line.
func follow(t *testing.T, guide string, files int, want string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", guide))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replace := map[string]string{}
	for _, m := range fileBlock.FindAllStringSubmatch(string(text), -1) {
		inTree, err := filepath.Abs(filepath.FromSlash(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(inTree); err == nil {
			t.Fatalf("the guide adds %s, which exists: choose another example", m[1])
		}
		written := filepath.Join(dir, filepath.Base(m[1]))
		if err := os.WriteFile(written, []byte(m[2]+m[3]+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[inTree] = written
	}
	if len(replace) != files {
		t.Fatalf("the guide has %d files, want %d", len(replace), files)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	m := command.FindStringSubmatch(string(text))
	if m == nil {
		t.Fatal("the guide has no command that runs a test")
	}
	out, err := exec.Command("go", "test", "-overlay", overlayFile, m[1], "-run", m[2], "-v").CombinedOutput()
	if err != nil {
		t.Fatalf("go test %s -run %s: %v\n%s", m[1], m[2], err, out)
	}
	if !strings.Contains(string(out), want) {
		t.Errorf("the test was not run: want %q in\n%s", want, out)
	}
}
