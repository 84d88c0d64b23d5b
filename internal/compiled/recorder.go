package compiled

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
)

// A recorder notes the content of every file that is read through it, and the
// files that are not there: one that appears changes the contract too.
type recorder struct {
	fs.FS
	seen *seen
}

type seen struct {
	sums  map[string]string // by name: SHA-256 of what was read, or absent
	bytes int64             // of all files
}

// uriMark stands before the URI of a document that no file holds. No file's
// name in an fs.FS begins so.
const uriMark = "/uri:"

// resolver notes what resolve returns.
func (s *seen) resolver(resolve func(string) ([]byte, error)) func(string) ([]byte, error) {
	return func(uri string) ([]byte, error) {
		data, err := resolve(uri)
		if err != nil {
			s.sums[uriMark+uri] = absent
			return data, err
		}
		sum := sha256.Sum256(data)
		s.sums[uriMark+uri] = hex.EncodeToString(sum[:])
		s.bytes += int64(len(data))
		return data, nil
	}
}

// absent stands for the sum of a file that cannot be opened.
const absent = "absent"

// Open implements [fs.FS].
func (r recorder) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		r.seen.sums[name] = absent
		return nil, err
	}
	return &recorded{File: f, name: name, sum: sha256.New(), seen: r.seen}, nil
}

// recorded is an open file whose content is summed up as it is read.
type recorded struct {
	fs.File
	name string
	sum  hash.Hash
	seen *seen
}

// Read implements [io.Reader]. A file that was read to its end is noted.
func (f *recorded) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.sum.Write(b[:n])
	f.seen.bytes += int64(n)
	if err == io.EOF {
		f.seen.sums[f.name] = hex.EncodeToString(f.sum.Sum(nil))
	}
	return n, err
}

// ReadDir implements [fs.ReadDirFile] where the file below does.
func (f *recorded) ReadDir(n int) ([]fs.DirEntry, error) {
	if dir, ok := f.File.(fs.ReadDirFile); ok {
		return dir.ReadDir(n)
	}
	return nil, &fs.PathError{Op: "readdir", Path: f.name, Err: fs.ErrInvalid}
}
