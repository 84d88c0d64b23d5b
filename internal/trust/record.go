package trust

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/faultline-http/faultline/internal/atomicfile"
)

// A Record says which stores were changed, so that exactly these are changed
// back. It is kept apart from the authority: it is needed when that is gone.
type Record struct {
	path string

	Schema string `json:"schema"`
	Made   []Made `json:"made"`
}

// Made is one store that trusts an authority since we changed it.
type Made struct {
	Kind      Kind   `json:"kind"`
	Path      string `json:"path"`
	Authority string `json:"authority"` // its name
	Cert      []byte `json:"certificate"`
}

const (
	recordName   = "trusted.json"
	recordSchema = "trusted/1"
)

// OpenRecord reads the record in the folder; none is an empty one.
func OpenRecord(folder string) (*Record, error) {
	r := &Record{path: filepath.Join(folder, recordName), Schema: recordSchema}
	data, err := os.ReadFile(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, r); err != nil || r.Schema != recordSchema {
		return nil, fmt.Errorf("%s, which says where the authority was installed, cannot be read; delete it once the stores are in order", r.path)
	}
	return r, nil
}

// Has reports whether the store was changed for this authority.
func (r *Record) Has(e Entry, a Authority) bool {
	return slices.ContainsFunc(r.Made, func(m Made) bool { return m.Kind == e.Kind && m.Path == e.Path && m.Authority == a.Name() })
}

// Other is the name of another authority than this that some store trusts.
func (r *Record) Other(a Authority) string {
	for _, m := range r.Made {
		if m.Authority != a.Name() {
			return m.Authority
		}
	}
	return ""
}

// Add notes a store that was changed.
func (r *Record) Add(e Entry, a Authority) error {
	if r.Has(e, a) {
		return nil
	}
	r.Made = append(r.Made, Made{Kind: e.Kind, Path: e.Path, Authority: a.Name(), Cert: a.Cert.Raw})
	return r.save()
}

// Drop notes a store that was changed back.
func (r *Record) Drop(made Made) error {
	r.Made = slices.DeleteFunc(r.Made, func(m Made) bool {
		return m.Kind == made.Kind && m.Path == made.Path && m.Authority == made.Authority
	})
	return r.save()
}

func (r *Record) save() error {
	if len(r.Made) == 0 {
		err := os.Remove(r.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(r.path, append(data, '\n'), 0o600)
}
