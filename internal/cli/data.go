package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/admin"
)

// dataFolder keeps failed calls: files of exchange/1, one call a line, secrets
// masked. It is a sink, and what cannot be written is dropped and counted. All
// files together stay below a bound: the oldest ones go.
type dataFolder struct {
	path string
	most int64
	now  func() time.Time

	mu      sync.Mutex
	file    *os.File
	size    int64 // of the present file
	older   int64 // size of the others
	kept    int64
	dropped int64
	retry   time.Time // when a folder that failed is tried again
}

const (
	dataPrefix = "failed-"
	dataSuffix = ".jsonl"

	// dataParts is into how many files the bound is cut, so that an eighth goes
	// at a time.
	dataParts = 8

	// dataPause is how long a folder that cannot be written to is left alone.
	dataPause = 5 * time.Second
)

// newDataFolder opens a folder, so that it is known at the start that it works.
func newDataFolder(path string, most int64, now func() time.Time) (*dataFolder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("data folder %s: %w", path, bareError(err))
	}
	d := &dataFolder{path: path, most: most, now: now}
	if err := d.begin(); err != nil {
		return nil, fmt.Errorf("data folder %s: %w", path, bareError(err))
	}
	return d, nil
}

// Deliver keeps a failed call.
func (d *dataFolder) Deliver(_ context.Context, ex *faultline.Exchange, diagnosis *faultline.Diagnosis) {
	line, err := journalLine(ex, diagnosis)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		err = d.write(line)
	}
	if err != nil {
		d.dropped++
		return
	}
	d.kept++
}

func (d *dataFolder) write(line []byte) error {
	if d.file == nil && d.now().Before(d.retry) {
		return errors.New("the folder could not be written to a moment ago")
	}
	if d.file == nil || d.size > 0 && d.size+int64(len(line)) > d.most/dataParts {
		if err := d.begin(); err != nil {
			d.retry = d.now().Add(dataPause)
			return err
		}
	}
	n, err := d.file.Write(line)
	d.size += int64(n)
	if err != nil {
		// Half a line must not be what the next one is appended to.
		_ = d.file.Close()
		d.file, d.retry = nil, d.now().Add(dataPause)
	}
	return err
}

// begin starts a file of its own, so that two programs may share a folder, and
// removes what is too much.
func (d *dataFolder) begin() error {
	if d.file != nil {
		_ = d.file.Close()
		d.file = nil
	}
	name := dataPrefix + d.now().UTC().Format("20060102T150405.000000000Z")
	for n := range 100 {
		full := filepath.Join(d.path, name+suffix(n)+dataSuffix)
		file, err := os.OpenFile(full, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		d.file, d.size = file, 0
		return d.tidy(filepath.Base(full))
	}
	return fmt.Errorf("%s and a hundred names like it exist", name)
}

func suffix(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("-%d", n)
}

// tidy removes the oldest files until there is room for the present one.
func (d *dataFolder) tidy(present string) error {
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return err
	}
	var names []string
	sizes := map[string]int64{}
	d.older = 0
	for _, e := range entries {
		name := e.Name()
		info, err := e.Info()
		if err != nil || !e.Type().IsRegular() || name == present || !strings.HasPrefix(name, dataPrefix) || !strings.HasSuffix(name, dataSuffix) {
			continue
		}
		names, sizes[name] = append(names, name), info.Size()
		d.older += info.Size()
	}
	slices.Sort(names)
	for _, name := range names {
		if d.older+d.most/dataParts <= d.most {
			break
		}
		if err := os.Remove(filepath.Join(d.path, name)); err == nil {
			d.older -= sizes[name]
		}
	}
	return nil
}

func (d *dataFolder) counts() admin.Kept {
	d.mu.Lock()
	defer d.mu.Unlock()
	return admin.Kept{Calls: d.kept, Bytes: d.size + d.older, Dropped: d.dropped}
}

// close ends the present file, and removes it if it is empty.
func (d *dataFolder) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.file == nil {
		return nil
	}
	name, err := d.file.Name(), d.file.Close()
	d.file = nil
	if d.size == 0 {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}
