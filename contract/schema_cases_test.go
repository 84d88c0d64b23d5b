package contract_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// fewestVerdicts is how many values the tables judge at least.
const fewestVerdicts = 970

// TestSchemaCases holds schemas to the text of the specifications, where the
// official suite is silent. Each group of testdata/schemas is a schema and the
// values that it takes and refuses; the README there tells the format.
func TestSchemaCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/schemas/*.txt")
	if err != nil || files == nil {
		t.Fatalf("no tables: %v", err)
	}
	total := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
			g := readSchemaGroup(t, text)
			total += len(g.values)
			t.Run(fmt.Sprintf("%s/%d/%s", filepath.Base(file), i+1, g.about), func(t *testing.T) {
				t.Parallel()
				g.run(t)
			})
		}
	}
	if total < fewestVerdicts {
		t.Errorf("got %d values, want at least %d", total, fewestVerdicts)
	}
}

// A schemaGroup is a schema with the values that are held against it.
type schemaGroup struct {
	about, schema string
	drafts        []string
	assert        bool
	documents     map[string]string
	values        []schemaValue
}

type schemaValue struct {
	json  string
	valid bool
}

func readSchemaGroup(t *testing.T, text string) *schemaGroup {
	t.Helper()
	g := &schemaGroup{drafts: []string{""}, documents: map[string]string{}}
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch word {
		case "#":
			g.about = rest
		case "draft":
			g.drafts = strings.Fields(rest)
		case "assert":
			g.assert = true
		case "document":
			uri, raw, _ := strings.Cut(rest, " ")
			g.documents[uri] = raw
		case "schema":
			g.schema = rest
		case "good", "bad":
			g.values = append(g.values, schemaValue{json: rest, valid: word == "good"})
		default:
			t.Fatalf("%s: no line begins with %q", g.about, word)
		}
	}
	return g
}

func (g *schemaGroup) run(t *testing.T) {
	for _, draft := range g.drafts {
		s, err := contract.CompileSchema([]byte(g.schema), contract.SchemaOptions{Draft: draft, AssertFormat: g.assert, Resolve: g.resolve})
		if err != nil {
			t.Errorf("%s: %+v", g.schema, err)
			continue
		}
		for _, v := range g.values {
			judgeValue(t, s, draft, v)
		}
	}
}

func (g *schemaGroup) resolve(uri string) ([]byte, error) {
	if raw, ok := g.documents[uri]; ok {
		return []byte(raw), nil
	}
	return nil, fs.ErrNotExist
}

// judgeValue asks for the verdict in all the ways in which it is given.
func judgeValue(t *testing.T, s *contract.Schema, draft string, v schemaValue) {
	t.Helper()
	if got := s.Valid([]byte(v.json)); got != v.valid {
		t.Errorf("draft %q: %s: valid is %v, want %v", draft, v.json, got, v.valid)
	}
	if list := s.Explain([]byte(v.json)); (len(list) == 0) != v.valid {
		t.Errorf("draft %q: %s: explained are %+v, valid is %v", draft, v.json, list, v.valid)
	}
	for format := contract.OutputFlag; format <= contract.OutputVerbose; format++ {
		if out := s.Output([]byte(v.json), format); out.Valid != v.valid {
			t.Errorf("draft %q: %s: form %d says %v, want %v", draft, v.json, format, out.Valid, v.valid)
		}
	}
}
