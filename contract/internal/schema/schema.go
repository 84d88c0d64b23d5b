package schema

import (
	"github.com/faultline-http/faultline/internal/yaml"
)

// An ID names a schema of a Program.
type ID int32

// None is the ID of no schema.
const None ID = -1

// A Direction is which message a schema is used in. A readOnly property is not
// required in a request, a writeOnly one not in a response.
type Direction uint8

// The directions.
const (
	Request Direction = iota
	Response
	Neither // a schema by itself
)

// A Resolver finds the documents that references lead to.
type Resolver interface {
	// Document returns the root of the document that uri (a URI reference
	// without a fragment) names, relative to the document called base, which is
	// the Pos.File of its nodes. An empty uri names base itself. An error is
	// put into words for the author of the reference: "no such file".
	Document(base, uri string) (*yaml.Node, error)
}

// Options bound what a Builder makes and what a Program does. The zero value
// means the defaults.
type Options struct {
	MaxDepth int // how deep bodies may nest; 256 if zero
	MaxBytes int // how long bodies may be; 32 MiB if zero

	// AnnotateFormats takes format as JSON Schema does by itself: as a note to
	// people. OpenAPI descriptions mean it, so it is asserted by default.
	AnnotateFormats bool

	// CloseObjects takes members that no schema of an object speaks of as
	// violations, where the schemas do not say that there may be others.
	CloseObjects bool

	// AssertContent checks contentEncoding and contentMediaType, which JSON
	// Schema takes as notes.
	AssertContent bool

	// Standard reads JSON Schema to the letter: what OpenAPI adds to it
	// (discriminator) and what another draft has means nothing. By default such
	// words are honoured or refused, since who writes them wants them checked.
	Standard bool
}

// An Error says why a schema is broken.
type Error struct {
	Pos    yaml.Pos
	Msg    string
	Remedy string // starts with a verb; may be empty
	Err    error  // what the Resolver said, if it is about a reference
}

func (e *Error) Error() string { return e.Pos.String() + ": " + e.Msg }

// Unwrap returns what the Resolver said.
func (e *Error) Unwrap() error { return e.Err }

// Unsupported says what of a sound schema cannot be checked here. Whoever uses
// the schema must say "not verified", never "valid".
type Unsupported struct {
	Pos  yaml.Pos
	What string // "`$dynamicRef` with several candidates"
}

func (e *Unsupported) Error() string { return e.Pos.String() + ": " + e.What + " is not supported" }
