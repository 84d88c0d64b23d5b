package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
)

// deliver gives the folder a failed call with a body of that size.
func deliver(t *testing.T, d *dataFolder, size int) {
	t.Helper()
	body := faultline.NewBody([]byte(strings.Repeat("a", size)))
	ex := &faultline.Exchange{ID: "x", Request: faultline.Request{Method: "POST", Scheme: "http", Host: "h", Target: "/", Body: body}}
	d.Deliver(t.Context(), ex, &faultline.Diagnosis{Exchange: "x", Failed: true})
}

func TestDataFolderStaysBelowItsBound(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	second := time.Unix(0, 0)
	now := func() time.Time { second = second.Add(time.Second); return second }
	const most = 64 << 10
	d, err := newDataFolder(dir, most, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), make([]byte, most), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		deliver(t, d, 1000)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "failed-*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want 0600", name, info.Mode())
		}
	}
	if total > most || total < most/2 || len(files) < 4 {
		t.Errorf("%d bytes in %d files, want most of the %d that are allowed", total, len(files), most)
	}
	if got := d.counts(); got.Calls != 500 || got.Dropped != 0 || got.Bytes != total {
		t.Errorf("counts %+v, want 500 calls and %d bytes", got, total)
	}
	if _, err := os.Stat(filepath.Join(dir, "mine.txt")); err != nil {
		t.Errorf("a file of somebody else is gone: %v", err)
	}
}

func TestDataFolderThatIsGoneDropsAndCounts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	clock := time.Unix(0, 0)
	d, err := newDataFolder(dir, 8, func() time.Time { return clock }) // a file for each call
	if err != nil {
		t.Fatal(err)
	}
	deliver(t, d, 1)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		deliver(t, d, 1)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	deliver(t, d, 1) // still left alone
	clock = clock.Add(dataPause)
	deliver(t, d, 1)
	if got := d.counts(); got.Calls != 2 || got.Dropped != 4 {
		t.Errorf("counts %+v, want two kept and four dropped", got)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
}
