package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/capture"
)

// journal keeps the failed calls of the last demo, or of the last run, so that
// `explain ID` can be asked about them meanwhile and afterwards. It is a sink: what it gets is
// masked already. The file is exchange/1, one call a line.
type journal struct {
	path string

	mu   sync.Mutex
	file *os.File
	size int64
	err  error // the first one; after it nothing more is kept
}

// maxJournal is when the journal starts over: the file and the one before it
// together hold some ten thousand calls.
const maxJournal = 8 << 20

// The names of the journals.
const (
	demoJournal = "demo.jsonl"
	runJournal  = "run.jsonl"
)

// newJournal starts an empty journal in the folder.
func newJournal(folder, name string) (*journal, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	j := &journal{path: filepath.Join(folder, name)}
	if err := os.Remove(j.path + oldSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return j, j.begin()
}

// oldSuffix marks the part of a journal before it started over.
const oldSuffix = ".old"

// begin makes the new file beside the old one and moves it into place, so that
// a reader never sees half of it and another program keeps writing to its own.
func (j *journal) begin() error {
	file, err := os.CreateTemp(filepath.Dir(j.path), filepath.Base(j.path)+".*") // CreateTemp makes it 0600
	if err != nil {
		return err
	}
	if err := os.Rename(file.Name(), j.path); err != nil {
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	j.file, j.size = file, 0
	return nil
}

// Deliver keeps a failed call.
func (j *journal) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	if !d.Failed && len(d.Findings) == 0 {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil || j.file == nil {
		return
	}
	if j.size > maxJournal {
		if j.err = j.startOver(); j.err != nil {
			return
		}
	}
	line, err := journalLine(ex, d)
	if err == nil {
		_, err = j.file.Write(line)
	}
	j.size += int64(len(line))
	j.err = err
}

// keptJSON is what a line of the journal has more than exchange/1, whose
// readers ignore it. The diagnosis is kept since the secrets that it was made
// with are not.
type keptJSON struct {
	Diagnosis *faultline.Diagnosis `json:"diagnosis"`
	Vantage   faultline.Vantage    `json:"vantage"`
}

// journalLine is an exchange/1 line with one more member, `kept`.
func journalLine(ex *faultline.Exchange, d *faultline.Diagnosis) ([]byte, error) {
	var b bytes.Buffer
	if err := exchange1().Encode(&b, slices.Values([]*faultline.Exchange{ex})); err != nil {
		return nil, err
	}
	kept, err := json.Marshal(keptJSON{d, ex.Vantage})
	if err != nil {
		return nil, err
	}
	line := bytes.TrimSuffix(bytes.TrimSpace(b.Bytes()), []byte("}"))
	return slices.Concat(line, []byte(`,"kept":`), kept, []byte("}\n")), nil
}

func (j *journal) startOver() error {
	if err := j.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(j.path, j.path+oldSuffix); err != nil {
		return err
	}
	return j.begin()
}

// Close ends the journal and says whether everything was kept.
func (j *journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return j.err
	}
	err := j.file.Close()
	j.file = nil
	return errors.Join(j.err, err)
}

func exchange1() capture.Format {
	for _, f := range capture.Formats() {
		if f.Name == "exchange/1" {
			return f
		}
	}
	panic("no exchange/1 among the formats")
}

// A keptCall is a call of the journal with the diagnosis that was made of it.
type keptCall struct {
	exchange  *faultline.Exchange
	diagnosis *faultline.Diagnosis
}

// inJournal finds a kept call by its id or a unique beginning of it.
func inJournal(folder, id string) (found keptCall, ok bool, err error) {
	for _, name := range []string{demoJournal + oldSuffix, demoJournal, runJournal + oldSuffix, runJournal} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return found, false, err
		}
		for line := range bytes.Lines(data) {
			call, err := parseJournalLine(line, id)
			switch {
			case err != nil: // its last line may be in the middle of being written
			case call.exchange == nil:
			case call.exchange.ID == id:
				return call, true, nil
			case ok && call.exchange.ID != found.exchange.ID:
				return found, false, fmt.Errorf("`%s` is the beginning of %s and of %s", id, found.exchange.ID, call.exchange.ID)
			default:
				found, ok = call, true
			}
		}
	}
	return found, ok, nil
}

// parseJournalLine reads a line if the id of its call begins as asked for.
func parseJournalLine(line []byte, id string) (call keptCall, err error) {
	var known struct {
		ID   string   `json:"id"`
		Kept keptJSON `json:"kept"`
	}
	if err := json.Unmarshal(line, &known); err != nil || !strings.HasPrefix(known.ID, id) || known.Kept.Diagnosis == nil {
		return call, err
	}
	for ex, err := range exchange1().Decode(bytes.NewReader(line)) {
		if err != nil {
			return call, err
		}
		ex.Vantage = known.Kept.Vantage
		call = keptCall{ex, known.Kept.Diagnosis}
	}
	return call, nil
}
