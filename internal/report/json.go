package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/faultline-http/faultline"
)

// NDJSON writes one diagnosis/1 a line. Each line is written at once and as a
// whole, so that readers of a pipe see it and an interruption cuts none.
type NDJSON struct{ w io.Writer }

// NewNDJSON returns a writer of diagnosis/1 lines.
func NewNDJSON(w io.Writer) *NDJSON { return &NDJSON{w} }

// Add writes the line of one exchange.
func (n *NDJSON) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	return n.write(diagnosisOf(ex, d))
}

// Unreadable writes a line with the error in place of a diagnosis.
func (n *NDJSON) Unreadable(e Unreadable) error { return n.write(unreadableOf(e)) }

// Close has nothing to end: each line is whole.
func (n *NDJSON) Close() error { return nil }

func (n *NDJSON) write(v any) error {
	line, err := encode(v)
	if err != nil {
		return err
	}
	_, err = n.w.Write(line)
	return err
}

// encode writes JSON with a line break behind it. Characters of HTML stay as
// they are: nobody reads this in a page, and people read `<id>`.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return escapeHidden(b.Bytes()), nil
}

type unreadableJSON struct {
	ID    any               `json:"id"` // null if it could not be read
	Error unreadableContent `json:"error"`
}

func unreadableOf(e Unreadable) unreadableJSON {
	out := unreadableJSON{Error: unreadableContent{e.Kind, e.Message, e.Line}}
	if e.ID != "" {
		out.ID = e.ID
	}
	return out
}

// JSON writes one document: {"schema":"diagnosis/1","exchanges":[…]}. What was
// added before an interruption is a whole document once Close is called.
type JSON struct {
	w     io.Writer
	begun bool
}

// NewJSON returns a writer of one document.
func NewJSON(w io.Writer) *JSON { return &JSON{w: w} }

// Add writes the diagnosis of one exchange into the array.
func (j *JSON) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	return j.write(diagnosisOf(ex, d))
}

// Unreadable writes an error into the array.
func (j *JSON) Unreadable(e Unreadable) error { return j.write(unreadableOf(e)) }

// Close ends the array and the document.
func (j *JSON) Close() error {
	end := "\n]}\n"
	if !j.begun {
		end = jsonHead + "]}\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

const jsonHead = `{"schema":"` + schemaName + `","exchanges":[`

func (j *JSON) write(v any) error {
	out, err := encode(v)
	if err != nil {
		return err
	}
	before := ",\n"
	if !j.begun {
		j.begun = true
		before = jsonHead + "\n"
	}
	_, err = io.WriteString(j.w, before+string(bytes.TrimRight(out, "\n")))
	return err
}
