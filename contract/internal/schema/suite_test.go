package schema

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/yaml"
)

// suites is the folder of the public test suites.
func suites(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("FAULTLINE_SUITES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "suites")
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
			t.Fatalf("the test suites are needed and not there: %v; FAULTLINE_SUITES names their folder", err)
		}
		t.Skipf("no test suites at %s; FAULTLINE_SUITES names their folder", dir)
	}
	return dir
}

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
	address := resolveURI(base, uri)
	if doc := d.docs[address]; doc != nil {
		return doc, nil
	}
	var name string
	if rest, ok := strings.CutPrefix(address, "http://localhost:1234/"); ok {
		name = filepath.Join(d.remotes, filepath.FromSlash(rest))
	} else if rest, ok := strings.CutPrefix(address, "https://json-schema.org/draft/2020-12/"); ok {
		name = filepath.Join("testdata", "draft2020-12", filepath.FromSlash(rest)+".json")
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

func TestOfficialSuite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(suites(t), "json-schema")
	files, err := filepath.Glob(filepath.Join(dir, "tests", "draft2020-12", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s: %v", dir, err)
	}
	gaps := knownGaps(t)
	passed, total := 0, 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var groups []struct {
			Description string
			Schema      json.RawMessage
			Tests       []struct {
				Description string
				Data        json.RawMessage
				Valid       bool
			}
		}
		if err := json.Unmarshal(raw, &groups); err != nil {
			t.Fatal(err)
		}
		for _, group := range groups {
			p, id, err := compileSuite(dir, group.Schema)
			for _, test := range group.Tests {
				total++
				name := strings.TrimSuffix(filepath.Base(file), ".json") + " | " + group.Description + " | " + test.Description
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
					passed++
				}
			}
		}
	}
	t.Logf("%d of %d required tests of draft 2020-12 pass", passed, total)
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

func compileSuite(dir string, raw []byte) (*Program, ID, error) {
	const name = "http://localhost:1234/suite.json"
	root, err := yaml.Parse(name, raw)
	if err != nil {
		return nil, None, err
	}
	docs := &suiteDocuments{remotes: filepath.Join(dir, "remotes"), docs: map[string]*yaml.Node{name: root}}
	b := NewBuilder(docs, Options{AnnotateFormats: true})
	id, err := b.Add(root, JSONSchema202012, Request)
	if err != nil {
		return nil, None, err
	}
	return b.Finish(), id, nil
}
