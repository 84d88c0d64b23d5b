package schema

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/outside"
	"github.com/faultline-http/faultline/internal/yaml"
)

// suiteDocuments serves the documents that the suite's schemas refer to.
type suiteDocuments struct {
	remotes string
	docs    map[string]*yaml.Node
}

func (d *suiteDocuments) Document(base, uri string) (*yaml.Node, error) {
	if uri == "" {
		if doc := d.docs[base]; doc != nil {
			return doc, nil
		}
		return nil, fmt.Errorf("no document %s", base)
	}
	address := ResolveURI(base, uri)
	if doc := d.docs[address]; doc != nil {
		return doc, nil
	}
	var name string
	if rest, ok := strings.CutPrefix(address, "http://localhost:1234/"); ok {
		name = filepath.Join(d.remotes, filepath.FromSlash(rest))
	} else {
		return nil, fmt.Errorf("no document %s", address)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	doc, err := yaml.Parse(address, raw)
	if err != nil {
		return nil, err
	}
	d.docs[address] = doc
	return doc, nil
}

// knownGaps are the tests of the suite that we do not pass, one a line. The
// list may only get shorter.
func knownGaps(t *testing.T) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "suite-gaps.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[line] = true
		}
	}
	return out
}

// A suiteDraft is a folder of the suite, and how many of its tests pass.
type suiteDraft struct {
	folder  string
	dialect Dialect
	passed  [3]int // required, optional, optional/format
	total   [3]int
}

func suiteDrafts() []*suiteDraft {
	return []*suiteDraft{
		{folder: "draft4", dialect: JSONSchemaDraft4},
		{folder: "draft6", dialect: JSONSchemaDraft6},
		{folder: "draft7", dialect: JSONSchemaDraft7},
		{folder: "draft2019-09", dialect: JSONSchema201909},
		{folder: "draft2020-12", dialect: JSONSchema202012},
	}
}

// TestSuite runs the official suite of all drafts. With -v it prints how many of
// its tests pass.
func TestSuite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "json-schema")
	gaps := knownGaps(t)
	drafts := suiteDrafts()
	t.Run("drafts", func(t *testing.T) {
		for _, d := range drafts {
			t.Run(d.folder, func(t *testing.T) {
				t.Parallel()
				for i, sub := range [...]string{"", "optional", "optional/format"} {
					d.run(t, dir, sub, i, gaps)
				}
			})
		}
	})
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-14s %12s %12s %12s\n", "", "required", "optional", "format")
	for _, d := range drafts {
		fmt.Fprintf(&table, "%-14s", d.folder)
		for i := range d.total {
			fmt.Fprintf(&table, " %5d of %4d", d.passed[i], d.total[i])
		}
		table.WriteByte('\n')
	}
	t.Log(table.String())
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "schema.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		row := "| " + d.folder + " |"
		for i := range d.total {
			row = fmt.Sprintf("%s %d of %d |", row, d.passed[i], d.total[i])
		}
		if !strings.Contains(string(page), row+"\n") {
			t.Errorf("docs/schema.md does not have the row %s", row)
		}
	}
}

type suiteGroup struct {
	Description string
	Schema      json.RawMessage
	Tests       []struct {
		Description string
		Data        json.RawMessage
		Valid       bool
	}
}

func (d *suiteDraft) run(t *testing.T, dir, sub string, column int, gaps map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "tests", d.folder, sub, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s/%s: %v", d.folder, sub, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var groups []suiteGroup
		if err := json.Unmarshal(raw, &groups); err != nil {
			t.Fatal(err)
		}
		name := path.Join(d.folder, sub, strings.TrimSuffix(filepath.Base(file), ".json"))
		o := Options{Standard: true, AnnotateFormats: sub != "optional/format", AssertContent: name == "draft7/optional/content"}
		for _, group := range groups {
			p, id, err := compileSuite(dir, d.dialect, o, group.Schema)
			for _, test := range group.Tests {
				d.total[column]++
				name := name + " | " + group.Description + " | " + test.Description
				got, why := err == nil, fmt.Sprint(err)
				if err == nil {
					got, why = judge(p, id, test.Data, test.Valid)
				}
				switch {
				case got && gaps[name]:
					t.Errorf("%s passes now: take it off the list of gaps", name)
				case !got && !gaps[name]:
					t.Errorf("%s: %s", name, why)
				}
				if got {
					d.passed[column]++
				}
			}
		}
	}
}

// judge asks all the programs and reports whether they agree with want.
func judge(p *Program, id ID, data []byte, want bool) (bool, string) {
	if got := p.Valid(id, data); got != want {
		return false, fmt.Sprintf("verdict on %s is %v, want %v", data, got, want)
	}
	s := p.get()
	defer p.put(s)
	if got := p.validOnTape(s, id, data); got != want {
		return false, fmt.Sprintf("verdict on the tape on %s is %v, want %v", data, got, want)
	}
	if got := len(p.explain(id, data)) == 0; got != want {
		return false, fmt.Sprintf("explaining %s gives %v, want valid %v", data, p.explain(id, data), want)
	}
	return true, ""
}

func compileSuite(dir string, d Dialect, o Options, raw []byte) (*Program, ID, error) {
	const name = "http://localhost:1234/suite.json"
	root, err := yaml.Parse(name, raw)
	if err != nil {
		return nil, None, err
	}
	docs := &suiteDocuments{remotes: filepath.Join(dir, "remotes"), docs: map[string]*yaml.Node{name: root}}
	b := NewBuilder(docs, o)
	id, err := b.Add(root, d, Neither)
	if err == nil {
		err = b.Check(root, Neither)
	}
	if err != nil {
		return nil, None, err
	}
	return b.Finish(), id, nil
}
