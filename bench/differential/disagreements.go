package differential

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Disagreement explains why a peer says otherwise than the table on some cases.
type Disagreement struct {
	Peer  string
	Says  Verdict
	Cases []string // patterns; * is any text
	Why   string
}

// Disagreements reads the list. Every entry has to be whole.
func Disagreements(path string) ([]Disagreement, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	var out []Disagreement
	if err := d.Decode(&out); err != nil {
		return nil, err
	}
	for i := range out {
		e := &out[i]
		if Peers[e.Peer] == nil || e.Says != Valid && e.Says != Invalid && e.Says != Refused || len(e.Cases) == 0 || e.Why == "" {
			return nil, fmt.Errorf("%s: entry %d is not whole: %+v", path, i+1, *e)
		}
	}
	return out, nil
}

// fits reports whether a pattern fits a text.
func fits(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		_, rest, ok = strings.Cut(rest, part)
		if !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[last])
}
