package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// A Schema is a compiled JSON Schema. It does not change after CompileSchema
// and is safe for concurrent use.
type Schema struct {
	program *schema.Program
	id      schema.ID
	places  *schema.Map
}

// CompileSchema reads a JSON Schema, written in JSON or YAML, follows its
// references and compiles it.
//
// The error is always an [*Error], with line, column and what to do. It wraps an
// [*UnsupportedError] if the schema is sound and a part of it cannot be checked
// here: such a schema is refused, since to pass over that part would call
// values valid that may not be.
func CompileSchema(raw []byte, opts SchemaOptions) (*Schema, error) {
	dialect, err := opts.dialect(raw)
	if err != nil {
		return nil, err
	}
	sources := newSchemaSources(&opts)
	root, err := sources.add(opts.name(raw), raw)
	if err != nil {
		return nil, sources.refusal(err)
	}
	b := schema.NewBuilder(sources, opts.engine())
	if opts.Draft != "" {
		b.Force(root)
	}
	id, err := b.Add(root, dialect, schema.Neither)
	if err == nil {
		err = b.Check(root, schema.Neither)
	}
	if err != nil {
		return nil, sources.refusal(err)
	}
	return &Schema{program: b.Finish(), id: id, places: b.Map()}, nil
}

// Valid reports whether json is a JSON text that keeps the schema. It allocates
// nothing.
//
// An object with the same key twice is not valid: what such an object means is
// not defined (RFC 8259, section 4), and the next reader may see the other
// value. Bodies are judged the same way by [Operation.ValidRequest].
func (s *Schema) Valid(json []byte) bool { return s.program.Valid(s.id, json) }

// Explain lists what is wrong with json: nothing exactly when [Schema.Valid] is
// true. One mistake gives one violation; of branches that do not fit, the one
// that was meant is explained. At has the JSON Pointer of the value, its bytes,
// line and column; SchemaPointer and SchemaURI say which keyword speaks.
//
// [Schema.Output] lists every keyword that fails, in the forms of the standard.
func (s *Schema) Explain(json []byte) []Violation {
	found := s.program.Explain(s.id, json)
	if len(found) == 0 {
		return nil
	}
	out := inBody(found, faultline.RequestSide)
	for i := range out {
		out[i].SchemaPointer, out[i].SchemaURI = s.places.Locate(found[i].Rule)
		out[i].Message = ofValue(out[i].Message)
	}
	return out
}

// ofValue takes the word body out of a message: what a schema judges may be
// anything.
func ofValue(message string) string {
	if rest, ok := strings.CutPrefix(message, "the body "); ok {
		return "the value " + rest
	}
	if rest, ok := strings.CutSuffix(message, " of the body"); ok {
		return rest + " of the value"
	}
	return message
}
