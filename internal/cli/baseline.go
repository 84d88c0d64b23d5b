package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/atomicfile"
)

// baselineSchema names the shape of a baseline file.
const baselineSchema = "baseline/1"

// largestBaseline bounds what is read: a finding of a hundred thousand has its line.
const largestBaseline = 32 << 20

// A baseline is the list of findings that are known: they are counted, and fail
// nothing. It is meant to be kept beside the contract and to be read in review.
type baseline struct {
	path  string
	known map[string]bool            // fingerprints of the file
	seen  map[string]*baselineRecord // of this run
}

type baselineFile struct {
	Schema   string            `json:"schema"`
	Findings []*baselineRecord `json:"findings"`
}

// baselineRecord is one kind of finding. Only the fingerprint counts, the rest
// is for people.
type baselineRecord struct {
	Fingerprint string         `json:"fingerprint"`
	Cause       faultline.Slug `json:"cause"`
	Operation   string         `json:"operation"`
	At          string         `json:"at"`
	Seen        int            `json:"seen"`
}

// openBaseline reads a baseline. One that is about to be written need not be there.
func openBaseline(path string, update bool) (*baseline, error) {
	b := &baseline{path: path, known: map[string]bool{}, seen: map[string]*baselineRecord{}}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && update:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, inputf("write it with --update-baseline", "baseline %s: no such file", path)
	case err != nil:
		return nil, inputf("", "baseline %s: %w", path, bareError(err))
	case len(data) > largestBaseline:
		return nil, inputf("", "baseline %s: more than %d bytes", path, largestBaseline)
	}
	var file baselineFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return nil, inputf("write it anew with --update-baseline", "baseline %s: line %d: %w", path, 1+bytes.Count(data[:min(int(dec.InputOffset()), len(data))], []byte("\n")), err)
	}
	if file.Schema != baselineSchema {
		return nil, inputf("write it anew with --update-baseline", "baseline %s: the schema is %q, not %q", path, file.Schema, baselineSchema)
	}
	for _, r := range file.Findings {
		b.known[r.Fingerprint] = true
	}
	return b, nil
}

// has reports whether a finding is known. A nil baseline knows none.
func (b *baseline) has(f *faultline.Finding) bool { return b != nil && b.known[f.Fingerprint] }

// note counts the findings of one call.
func (b *baseline) note(d *faultline.Diagnosis) {
	if b == nil {
		return
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		r := b.seen[f.Fingerprint]
		if r == nil {
			r = &baselineRecord{Fingerprint: f.Fingerprint, Cause: f.Cause.Slug, Operation: d.Operation, At: baselinePlace(f)}
			b.seen[f.Fingerprint] = r
		}
		r.Seen++
	}
}

// baselinePlace is where a finding is, for people: "request body /items/0/sku".
func baselinePlace(f *faultline.Finding) string {
	return strings.Join(slices.DeleteFunc([]string{f.At.Side.String(), string(f.At.In), f.At.Name, f.At.Pointer}, func(s string) bool { return s == "" }), " ")
}

// gone counts the known findings that this run did not have.
func (b *baseline) gone() int {
	n := 0
	for fingerprint := range b.known {
		if b.seen[fingerprint] == nil {
			n++
		}
	}
	return n
}

// write replaces the file by what this run found: all of it or nothing.
func (b *baseline) write() error {
	file := baselineFile{Schema: baselineSchema, Findings: []*baselineRecord{}}
	for _, r := range b.seen {
		file.Findings = append(file.Findings, r)
	}
	slices.SortFunc(file.Findings, func(x, y *baselineRecord) int {
		return cmp.Or(cmp.Compare(x.Operation, y.Operation), cmp.Compare(x.Cause, y.Cause), cmp.Compare(x.At, y.At), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	out, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	if err := atomicfile.Write(b.path, append(out, '\n'), 0o644); err != nil { // as a file that is committed
		return fmt.Errorf("baseline %s: %w", b.path, bareError(err))
	}
	return nil
}
