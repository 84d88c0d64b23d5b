package contract

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// SchemaOptions say how CompileSchema reads a schema. The zero value reads it
// as its $schema says, with formats as notes and no documents beside it.
type SchemaOptions struct {
	// Draft is "2020-12", "2019-09", "7", "6" or "4", or "openapi-3.1",
	// "openapi-3.0" or "openapi-2.0" for a Schema Object of OpenAPI. It is what
	// the schema is read as, even if its $schema names another of these. If it is
	// empty $schema decides, and a schema without one is 2020-12. A metaschema
	// of one's own, with its $vocabulary, counts in any case.
	Draft string

	// AssertFormat checks format. JSON Schema takes it as a note to people
	// unless a metaschema with the format-assertion vocabulary is named.
	AssertFormat bool

	// AssertContent checks contentEncoding, contentMediaType if it is one of
	// JSON, and contentSchema. JSON Schema takes them as notes, but for draft 7,
	// where AssertFormat checks the first two as well.
	AssertContent bool

	// Resolve reads the document with an absolute URI, or one relative to
	// nothing if BaseURI is not set either. It is asked once for each. The
	// metaschemas of the drafts are known without it. If it is nil, references
	// to other documents are errors.
	Resolve func(uri string) ([]byte, error)

	// BaseURI is the address of the schema, for references in it that are
	// relative and for errors. An $id in the schema goes before it.
	BaseURI string

	MaxDepth int // how deep values may nest; 256 if zero
	MaxBytes int // how long values may be; 32 MiB if zero
}

// drafts are the names that SchemaOptions takes.
var drafts = map[string]schema.Dialect{
	"2020-12":     schema.JSONSchema202012,
	"2019-09":     schema.JSONSchema201909,
	"7":           schema.JSONSchemaDraft7,
	"6":           schema.JSONSchemaDraft6,
	"4":           schema.JSONSchemaDraft4,
	"openapi-3.1": schema.JSONSchema202012,
	"openapi-3.0": schema.OpenAPI30,
	"openapi-2.0": schema.OpenAPI20,
}

func (o *SchemaOptions) dialect(raw []byte) (schema.Dialect, error) {
	if o.Draft == "" {
		return schema.JSONSchema202012, nil
	}
	dialect, known := drafts[o.Draft]
	if known {
		return dialect, nil
	}
	return 0, &Error{
		File:   o.name(raw),
		Msg:    "there is no draft called " + strconv.Quote(o.Draft),
		Remedy: "give SchemaOptions.Draft one of 2020-12, 2019-09, 7, 6, 4, openapi-3.1, openapi-3.0 and openapi-2.0, or leave it empty",
	}
}

func (o *SchemaOptions) engine() schema.Options {
	return schema.Options{
		MaxDepth:        o.MaxDepth,
		MaxBytes:        o.MaxBytes,
		AnnotateFormats: !o.AssertFormat,
		AssertContent:   o.AssertContent,
		Standard:        !strings.HasPrefix(o.Draft, "openapi-"),
	}
}

// name is what the schema is called in errors and what its references are
// relative to. By the name the parser knows JSON from YAML, in both of which a
// document may begin with a brace.
func (o *SchemaOptions) name(raw []byte) string {
	if o.BaseURI != "" {
		return o.BaseURI
	}
	if head := bytes.TrimLeft(raw, "\ufeff \t\r\n"); len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		return "schema.json"
	}
	return "schema.yaml"
}
