package capture

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExchange1ReadsTheCorpus(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("FAULTLINE_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(dir, "exchanges.jsonl"))
	if err != nil {
		if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no corpus: %v (FAULTLINE_CORPUS names its folder)", err)
	}
	defer f.Close()
	n := 0
	for ex, err := range Read("exchanges.jsonl", f) {
		if err != nil {
			t.Error(err)
			continue
		}
		n++
		if ex.Failure != nil {
			t.Logf("%s %v: %.100s", ex.ID, ex.Failure.Phase, ex.Failure.Text)
		}
	}
	if n < 900 {
		t.Errorf("read %d exchanges, want at least 900", n)
	}
}
