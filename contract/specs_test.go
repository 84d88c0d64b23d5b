package contract_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

type spec struct {
	file, version string
	operations    int
}

// specsOf reads the table of the folder's README.
func specsOf(t *testing.T, dir string) []spec {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []spec
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cells := strings.Split(lines.Text(), "|")
		if len(cells) < 6 {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(cells[4]))
		if err != nil {
			continue
		}
		out = append(out, spec{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), n})
	}
	if len(out) == 0 {
		t.Fatal("the README lists no documents")
	}
	return out
}

// unverifiable are the mistakes of the documents whose meaning is not clear.
var unverifiable = map[string][]string{
	// A list is a tuple to JSON Schema, and its authors mean "one of these".
	"slack-web-2.0.json": {"`items` must be one schema"},
}

func explained(file, why string) bool {
	return slices.ContainsFunc(unverifiable[file], func(known string) bool { return strings.Contains(why, known) })
}

func TestRealDocumentsLoadWithAllTheirOperations(t *testing.T) {
	t.Parallel()
	dir := outside.Specs(t)
	for _, s := range specsOf(t, dir) {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			c, err := contract.Load(os.DirFS(dir), s.file)
			if err != nil {
				t.Fatalf("%+v", err)
			}
			got := 0
			for op := range c.Operations() {
				got++
				if why := op.Unverified(); why != "" && !explained(s.file, why) {
					t.Errorf("unverified: %s: %s", op.ID, why)
				}
			}
			if got != s.operations {
				t.Errorf("got %d operations, want %d", got, s.operations)
			}
			t.Logf("%d notices", len(c.Notices()))
		})
	}
}

func TestContractsOfTheCorpusLoad(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Corpus(t), "contracts")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		c, err := contract.Load(os.DirFS(dir), e.Name())
		if err != nil {
			t.Errorf("%+v", err)
			continue
		}
		for op := range c.Operations() {
			if why := op.Unverified(); why != "" {
				t.Errorf("%s: %s is unverified: %s", e.Name(), op.ID, why)
			}
		}
	}
}
