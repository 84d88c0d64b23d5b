package contract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract"
)

// library answers for documents of the network.
func library(pairs ...string) func(string) ([]byte, error) {
	return func(uri string) ([]byte, error) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == uri {
				return []byte(pairs[i+1]), nil
			}
		}
		return nil, errors.New("nobody gave it")
	}
}

const remote = head + `paths:
  /a:
    post:
      operationId: addA
      requestBody: {content: {application/json: {schema: {$ref: 'https://example.com/common/a.yaml#/A'}}}}
      responses: {'200': {$ref: 'https://example.com/common/answers.json#/ok'}}
`

func TestDocumentsOfTheNetworkAreThoseThatTheCallerGives(t *testing.T) {
	t.Parallel()
	given := library(
		"https://example.com/common/a.yaml", "A: {type: object, required: [b], properties: {b: {$ref: '../b.yaml'}}}",
		"https://example.com/b.yaml", "type: integer",
		"https://example.com/common/answers.json", `{"ok": {"description": "ok"}}`,
	)
	c, err := contract.LoadWith(files("api.yaml", remote), "api.yaml", contract.Options{Resolve: given})
	if err != nil {
		t.Fatalf("%+v", err)
	}
	if len(c.Notices()) > 0 {
		t.Errorf("got the notices %v, want none", c.Notices())
	}
	for body, want := range map[string]bool{`{"b":1}`: true, `{"b":"1"}`: false, `{}`: false} {
		r := request("POST", "/a", "Content-Type: application/json", body)
		m := c.Match(r.Method, r.Target)
		if got := m.Operation.ValidRequest(r, m.Params); got != want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
		for _, v := range m.Operation.ExplainRequest(r, m.Params) {
			if !strings.HasPrefix(v.Source.File, "https://example.com/") {
				t.Errorf("%s: got the source %v, want a document of example.com", body, v.Source)
			}
		}
	}
}

func TestADocumentThatNobodyGivesLeavesItsOperationUnverified(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]contract.Options{"no Resolve": {}, "Resolve fails": {Resolve: library()}} {
		c, err := contract.LoadWith(files("api.yaml", remote), "api.yaml", o)
		if err != nil {
			t.Fatalf("%s: %+v", name, err)
		}
		n := c.Notices()
		if len(n) == 0 || n[0].Operation != "addA" || n[0].Rule != "unverified" || n[0].Source.Line != 7 || n[0].Remedy == "" ||
			!strings.Contains(n[0].Text, "https://example.com/common/a.yaml") {
			t.Errorf("%s: got %+v, want a notice about line 7 with a remedy", name, n)
		}
	}
}

func TestFormatsAreAssertedUnlessTheyAreAnnotations(t *testing.T) {
	t.Parallel()
	text := head + "paths: {/a: {get: {parameters: [{name: d, in: query, schema: {type: string, format: date}}], responses: {'200': {description: ok}}}}}\n"
	for annotate, want := range map[bool]bool{false: false, true: true} {
		c, err := contract.LoadWith(files("api.yaml", text), "api.yaml", contract.Options{AnnotateFormats: annotate})
		if err != nil {
			t.Fatal(err)
		}
		r := request("GET", "/a?d=tomorrow")
		m := c.Match(r.Method, r.Target)
		if got := m.Operation.ValidRequest(r, m.Params); got != want {
			t.Errorf("AnnotateFormats %v: got %v, want %v", annotate, got, want)
		}
	}
}

func TestLimitsRefuseWithThePlace(t *testing.T) {
	t.Parallel()
	fsys := files(
		"api.yaml", head+"paths:\n  /a: {$ref: b.yaml}\n  /c: {$ref: b.yaml}\n",
		"b.yaml", "get: {parameters: [{$ref: c.yaml}, {$ref: d.yaml}], responses: {'200': {description: ok}}}\n",
		"c.yaml", "$ref: d.yaml\n", "d.yaml", "{name: a, in: query}\n",
	)
	for _, tt := range []struct {
		name   string
		limits contract.Limits
		want   string
	}{
		{"none", contract.Limits{}, ""},
		{"document", contract.Limits{DocumentBytes: 60}, "contract api.yaml: line 1: the file has 61 bytes, more than the limit of 60"},
		{"total", contract.Limits{TotalBytes: 120}, "contract api.yaml: line 4: the files of the contract have more than 120 bytes together"},
		{"documents", contract.Limits{Documents: 1}, "contract api.yaml: line 4: the contract has more than 1 files"},
		{"values", contract.Limits{Values: 4}, "contract api.yaml: line 2: with its aliases written out the document has more than 4 values"},
		{"nesting", contract.Limits{Nesting: 2}, "contract api.yaml: line 4: values are nested more than 2 deep"},
		{"operations", contract.Limits{Operations: 1}, "contract b.yaml: line 1: the contract has more than 1 operations"},
		{"references", contract.Limits{References: 1}, "contract c.yaml: line 1: more than 1 references lead to each other"},
	} {
		_, err := contract.LoadWith(fsys, "api.yaml", contract.Options{Limits: tt.limits})
		got := ""
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestNoticesAreBounded(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString(head + "paths:\n")
	for i := range 50 {
		text.WriteString(fmt.Sprintf("  /p%d: {get: {}}\n", i))
	}
	c, err := contract.LoadWith(files("api.yaml", text.String()), "api.yaml", contract.Options{Limits: contract.Limits{Notices: 7}})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Notices()); got != 7 {
		t.Errorf("got %d notices, want 7", got)
	}
}
