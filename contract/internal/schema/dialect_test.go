package schema

import (
	"cmp"
	"errors"
	"fmt"
	"testing"

	"github.com/faultline-http/faultline/internal/yaml"
)

func TestDialectOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		uri   string
		want  Dialect
		known bool
	}{
		{"http://json-schema.org/draft-04/schema#", JSONSchemaDraft4, true},
		{"http://json-schema.org/draft-06/schema", JSONSchemaDraft6, true},
		{"https://json-schema.org/draft-07/schema#", JSONSchemaDraft7, true},
		{"https://json-schema.org/draft/2019-09/schema", JSONSchema201909, true},
		{"https://json-schema.org/draft/2020-12/schema", JSONSchema202012, true},
		{"https://spec.openapis.org/oas/3.0/dialect/base", OpenAPI30, true},
		{"https://spec.openapis.org/oas/3.1/dialect/base", JSONSchema202012, true},
		{"https://spec.openapis.org/oas/3.2/dialect/2025-09-17", JSONSchema202012, true},
		{"json-schema.org/draft/2020-12/schema", 0, false},
		{"https://json-schema.org/draft/2030-01/schema", 0, false},
		{"", 0, false},
	}
	for _, tt := range tests {
		if got, known := DialectOf(tt.uri); got != tt.want || known != tt.known {
			t.Errorf("dialect of %q = %v, %v; want %v, %v", tt.uri, got, known, tt.want, tt.known)
		}
	}
}

func TestSwaggerHasNullOnlyByExtension(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, OpenAPI20, Request, "\nRoot: {type: object, properties: {a: {type: string, x-nullable: true}, b: {type: string}}}\n")
	if !p.Valid(id, []byte(`{"a":null}`)) || p.Valid(id, []byte(`{"b":null}`)) {
		t.Error("null is allowed exactly where x-nullable says so")
	}
	for _, keyword := range []string{"oneOf: [{}]", "anyOf: [{}]", "not: {}", "nullable: true", "const: 1"} {
		_, _, err := tryCompile(OpenAPI20, Request, "\nRoot: {"+keyword+"}\n")
		var unsupported *Unsupported
		if !errors.As(err, &unsupported) {
			t.Errorf("%s: %v, want unsupported", keyword, err)
		}
	}
}

// TestDialectOfAPart reads a component that names another dialect than the
// description around it, references in both directions included.
func TestDialectOfAPart(t *testing.T) {
	t.Parallel()
	p, id := compileText(t, JSONSchema202012, Request, `
Root: {properties: {old: {$ref: '#/components/schemas/Old'}, part: {$ref: '#/components/schemas/Old/items/0'}}}
Old:
  $schema: http://json-schema.org/draft-04/schema#
  items: [{minimum: 1, exclusiveMinimum: true}, {$ref: '#/components/schemas/New', type: string}]
  additionalItems: false
New: {prefixItems: [{const: 1}], $anchor: new}
`)
	for body, want := range map[string]bool{
		`{"old":[2]}`:       true,
		`{"old":[1]}`:       false,
		`{"old":[2,[1]]}`:   true,
		`{"old":[2,[2]]}`:   false,
		`{"old":[2,[1],3]}`: false,
		`{"part":1}`:        false,
		`{"part":2}`:        true,
	} {
		if got := p.Valid(id, []byte(body)); got != want {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
		agree(t, p, id, []byte(body))
	}
}

func TestVocabulariesAreUnsupportedWhenRequired(t *testing.T) {
	t.Parallel()
	meta := func(vocabulary string) string {
		return "$schema: https://json-schema.org/draft/2020-12/schema\n$vocabulary: {" + vocabulary + "}\n"
	}
	tests := []struct {
		vocabulary string
		minimum    bool // whether it counts
		supported  bool
	}{
		{"'https://json-schema.org/draft/2020-12/vocab/validation': true", true, true},
		{"'https://json-schema.org/draft/2020-12/vocab/core': true", false, true},
		{"'https://example.com/mine': false, 'https://json-schema.org/draft/2020-12/vocab/validation': false", true, true},
		{"'https://example.com/mine': true", false, false},
		{"'https://json-schema.org/draft/2019-09/vocab/validation': true", false, false},
	}
	for _, tt := range tests {
		docs := files{}
		for name, text := range map[string]string{"root": "$schema: meta\nminimum: 2\n", "meta": meta(tt.vocabulary)} {
			root, err := yaml.Parse(name, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			docs[name] = root
		}
		b := NewBuilder(docs, Options{Standard: true})
		id, err := b.Add(docs["root"], JSONSchema202012, Neither)
		var unsupported *Unsupported
		if errors.As(err, &unsupported) == tt.supported {
			t.Errorf("%s: %v", tt.vocabulary, err)
		}
		if err == nil && b.Finish().Valid(id, []byte("1")) == tt.minimum {
			t.Errorf("%s: whether minimum counts is not %v", tt.vocabulary, tt.minimum)
		}
	}
}

// files are documents by name.
type files map[string]*yaml.Node

func (f files) Document(base, uri string) (*yaml.Node, error) {
	if root := f[cmp.Or(uri, base)]; root != nil {
		return root, nil
	}
	return nil, fmt.Errorf("no document %s", uri)
}
