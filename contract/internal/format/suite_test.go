package format

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/faultline-http/faultline/internal/outside"
)

// TestOfficialFormats runs optional/format of the official suite for all five
// drafts.
func TestOfficialFormats(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "json-schema", "tests")
	for _, draft := range []string{"draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"} {
		files, err := filepath.Glob(filepath.Join(dir, draft, "optional", "format", "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no tests of %s: %v", draft, err)
		}
		passed, total := 0, 0
		for _, file := range files {
			p, n := runFormats(t, file)
			passed, total = passed+p, total+n
		}
		t.Logf("%s: %d of %d tests of formats pass", draft, passed, total)
	}
}

func runFormats(t *testing.T, file string) (passed, total int) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var groups []struct {
		Schema struct{ Format string }
		Tests  []struct {
			Description string
			Data        json.RawMessage
			Valid       bool
		}
	}
	if err := json.Unmarshal(raw, &groups); err != nil {
		t.Fatal(err)
	}
	for _, group := range groups {
		f := Lookup(group.Schema.Format)
		for _, test := range group.Tests {
			total++
			var text string
			isText := test.Data[0] == '"' && json.Unmarshal(test.Data, &text) == nil
			if got := f == nil || !isText || f.Valid([]byte(text)); got != test.Valid {
				t.Errorf("%s: %s: %s is valid: %v, want %v", filepath.Base(file), test.Description, test.Data, got, test.Valid)
				continue
			}
			passed++
		}
	}
	return passed, total
}
