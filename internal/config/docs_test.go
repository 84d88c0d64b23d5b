package config_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/internal/config"
)

var update = flag.Bool("update", false, "write the generated docs and golden files anew")

func TestDocsAreGenerated(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]byte{"config.md": []byte(config.Docs()), "faultline.schema.json": config.Schema()} {
		path := filepath.Join("..", "..", "docs", name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("docs/%s is not what the model says; `make docs` writes it (-want +got):\n%s", name, diff)
		}
	}
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestExamplesOfTheDocs reads every configuration that the docs show.
func TestExamplesOfTheDocs(t *testing.T) {
	t.Parallel()
	blocks := yamlBlock.FindAllStringSubmatch(config.Docs(), -1)
	if len(blocks) < 4 {
		t.Fatalf("found %d examples, want at least 4", len(blocks))
	}
	for _, m := range blocks {
		if _, err := config.Parse("faultline.yaml", []byte(m[1]), func(string) string { return "secret" }); err != nil {
			t.Errorf("%v\nin\n%s", err, m[1])
		}
	}
}

// TestSchemaIsStrict looks at what editors rely on.
func TestSchemaIsStrict(t *testing.T) {
	t.Parallel()
	var s struct {
		Additional *bool `json:"additionalProperties"`
		Properties map[string]struct {
			Description string
			AnyOf       []struct {
				Items json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(config.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	if s.Additional == nil || *s.Additional {
		t.Error("unknown keys are allowed, want them refused")
	}
	if len(s.Properties["services"].AnyOf) != 2 || !bytes.Contains(s.Properties["services"].AnyOf[1].Items, []byte(`"to"`)) {
		t.Errorf("services = %+v, want one service or a list", s.Properties["services"])
	}
}

// TestWrong holds the words about a file full of mistakes.
func TestWrong(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"values", "together", "syntax", "twice"} {
		file := filepath.Join("testdata", name+".yaml")
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = config.Parse(name+".yaml", raw, func(string) string { return "" })
		errs, ok := err.(config.Errors)
		if !ok {
			t.Fatalf("%s: the error is %T (%v), want Errors", name, err, err)
		}
		var got bytes.Buffer
		for _, e := range errs {
			got.WriteString(e.Detail() + "\n")
		}
		if bytes.Contains(got.Bytes(), []byte("hunter2")) {
			t.Errorf("%s: a secret is shown:\n%s", name, got.String())
		}
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
