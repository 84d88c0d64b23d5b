package schema

import (
	"errors"
	"testing"
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
