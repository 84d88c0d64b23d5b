// Package compiled keeps compiled contracts on disk, so that the second start
// with the same description is instant.
//
//	cache := compiled.Cache{Folder: dir, Build: build}
//	c, how, err := cache.Load(os.DirFS("."), "orders.yaml", contract.Options{})
//
// An entry is found by the content of the description, its name and the build
// of the program, and counts only while every file that it was made of is what
// it was. Whatever is wrong with the cache costs time, never the contract.
package compiled

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/faultline-http/faultline/contract"
)

const (
	// mostEntries bounds the folder; the entries that were not used for longest go.
	mostEntries = 64
	// largestEntry is more than the largest description compiles to.
	largestEntry = 256 << 20
	// largestFile is how long a file of a description may be.
	largestFile = 64 << 20
	// worthKeeping is how many bytes of files are worth an entry: fewer are read
	// in a few milliseconds.
	worthKeeping = 128 << 10

	suffix = ".contract"
)

// A Cache is a folder of compiled contracts. It is safe for concurrent use by
// many processes: an entry appears whole or not at all.
type Cache struct {
	Folder string // made when the first entry is written
	Build  string // tells builds of the program apart: an entry is for its own build
}

// How says what became of the cache in one Load.
type How struct {
	Warm    bool  // the contract came out of the cache
	Trouble error // what kept the cache from being read or written; nil mostly
}

// Load is [contract.LoadWith] by way of the cache. The error is about the
// description alone.
func (c Cache) Load(fsys fs.FS, name string, o contract.Options) (*contract.Contract, How, error) {
	sum, err := sumOf(fsys, name)
	if err != nil { // the description cannot be read: LoadWith says so better
		cold, err := contract.LoadWith(fsys, name, o)
		return cold, How{}, err
	}
	entry := c.entry(name, sum, o)
	warm, trouble := c.restore(entry, sources{fsys, o.Resolve})
	if warm != nil {
		return warm, How{Warm: true}, nil
	}
	files := &seen{sums: map[string]string{}}
	if o.Resolve != nil {
		o.Resolve = files.resolver(o.Resolve)
	}
	cold, err := contract.LoadWith(recorder{fsys, files}, name, o)
	if err != nil {
		return nil, How{Trouble: trouble}, err
	}
	// A description that was written anew since its sum was taken has another entry.
	if files.bytes >= worthKeeping && files.sums[name] == sum {
		delete(files.sums, name)
		if err := c.keep(entry, files.sums, cold); err != nil {
			trouble = err
		}
	}
	return cold, How{Trouble: trouble}, nil
}

// entry is the file for a description with this sum that is read with these
// options.
func (c Cache) entry(name, sum string, o contract.Options) string {
	o.Resolve = nil // what it returned is in the entry
	key := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%+v", c.Build, name, sum, o))
	return filepath.Join(c.Folder, hex.EncodeToString(key[:])+suffix)
}

// sources are where the documents of a description come from.
type sources struct {
	fsys    fs.FS
	resolve func(uri string) ([]byte, error)
}

// sum is that of a document today: of a URI if it is marked as one, else of a file.
func (s sources) sum(name string) string {
	uri, remote := strings.CutPrefix(name, uriMark)
	if !remote {
		sum, err := sumOf(s.fsys, name)
		if err != nil {
			return absent
		}
		return sum
	}
	if s.resolve == nil {
		return absent
	}
	data, err := s.resolve(uri)
	if err != nil {
		return absent
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// sumOf is the SHA-256 of a file.
func sumOf(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(f, largestFile+1))
	if err == nil && n > largestFile {
		err = errors.New("the file is too large")
	}
	return hex.EncodeToString(sum.Sum(nil)), err
}

// restore reads an entry. Without an entry, or when a file has changed, there
// is neither a contract nor trouble.
func (c Cache) restore(entry string, from sources) (*contract.Contract, error) {
	data, err := readEntry(entry)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the compiled contract %s: %w", entry, err)
	}
	rest, fresh := sameFiles(data, from)
	if !fresh {
		return nil, nil
	}
	warm, err := contract.Restore(rest)
	if err != nil {
		return nil, fmt.Errorf("the compiled contract %s: %w", entry, err)
	}
	touch(entry)
	return warm, nil
}

func readEntry(entry string) ([]byte, error) {
	info, err := os.Lstat(entry)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > largestEntry {
		return nil, errors.New("not a regular file of a sensible size")
	}
	return os.ReadFile(entry)
}

// sameFiles compares the other files that an entry was made of, listed at its
// beginning, with those of today; the first one's sum is in the entry's name.
// rest is the snapshot behind them.
func sameFiles(data []byte, from sources) (rest []byte, same bool) {
	for {
		line, after, found := bytes.Cut(data, []byte("\n"))
		if !found {
			return nil, false
		}
		if len(line) == 0 {
			return after, true
		}
		sum, name, found := bytes.Cut(line, []byte(" "))
		if !found || from.sum(string(name)) != string(sum) {
			return nil, false
		}
		data = after
	}
}
