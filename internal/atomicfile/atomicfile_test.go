package atomicfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/faultline-http/faultline/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "a.json")
	for _, text := range []string{"long before", "new"} {
		if err := atomicfile.Write(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("got %q, %v, want %q", got, err, text)
		}
	}
	if err := atomicfile.Write(filepath.Join(name, "below"), nil, 0o600); err == nil {
		t.Error("a file was made below a file")
	}
	// A folder cannot be replaced by a file: nothing may be left behind.
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(filepath.Join(dir, "folder"), nil, 0o600); err == nil {
		t.Error("a folder was replaced")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v, want the file and the folder", len(entries), err)
	}
}
