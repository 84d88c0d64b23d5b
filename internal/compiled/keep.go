package compiled

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/atomicfile"
)

// keep writes an entry: under another name first, so that nobody reads half of
// one.
func (c Cache) keep(entry string, sums map[string]string, made *contract.Contract) error {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		if strings.ContainsAny(name, "\n") {
			return nil // such a name has no line; it is loaded each time
		}
		fmt.Fprintf(&out, "%s %s\n", sums[name], name)
	}
	out.WriteByte('\n')
	out.Write(made.Snapshot())
	if err := c.write(entry, out.Bytes()); err != nil {
		return fmt.Errorf("keep the compiled contract: %w", err)
	}
	return c.tidy()
}

// write makes folder and file for the user alone: descriptions may be secret.
func (c Cache) write(entry string, data []byte) error {
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return err
	}
	return atomicfile.Write(entry, data, 0o600)
}

// touch says that an entry was used. That it fails costs only its place in the queue.
func touch(entry string) {
	now := time.Now()
	_ = os.Chtimes(entry, now, now)
}

// tidy removes the entries that were not used for longest.
func (c Cache) tidy() error {
	list, err := os.ReadDir(c.Folder)
	if err != nil {
		return err
	}
	var entries []fs.FileInfo
	for _, e := range list {
		if info, err := e.Info(); err == nil && filepath.Ext(e.Name()) == suffix {
			entries = append(entries, info)
		}
	}
	slices.SortFunc(entries, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	for _, old := range entries[min(len(entries), mostEntries):] {
		if err := os.Remove(filepath.Join(c.Folder, old.Name())); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
