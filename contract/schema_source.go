package contract

import (
	"errors"
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// An UnsupportedError says what of a sound schema cannot be checked here.
type UnsupportedError struct {
	What   string // "the dialect `https://example.com/mine`"
	Source faultline.Source
}

// Error gives the error in one line.
func (e *UnsupportedError) Error() string { return e.What + " is not supported" }

// schemaSources are the documents of one schema.
type schemaSources struct {
	known   map[string]schemaSource
	total   int
	resolve func(uri string) ([]byte, error)
}

type schemaSource struct {
	raw  []byte
	root *yaml.Node
	err  error
}

func newSchemaSources(o *SchemaOptions) *schemaSources {
	return &schemaSources{known: map[string]schemaSource{}, resolve: o.Resolve}
}

var (
	errNoResolve = errors.New("it is another document, and SchemaOptions.Resolve is not set")
	errTooMany   = fmt.Errorf("the schema has more than %d documents", maxDocuments)
	errTooLong   = fmt.Errorf("the documents of the schema have more than %d bytes together", maxTotal)
)

// Document implements [schema.Resolver].
func (s *schemaSources) Document(base, uri string) (*yaml.Node, error) {
	name := base
	if uri != "" {
		name = schema.ResolveURI(base, uri)
	}
	if doc, ok := s.known[name]; ok {
		return doc.root, doc.err
	}
	switch {
	case s.resolve == nil:
		return nil, errNoResolve
	case len(s.known) >= maxDocuments:
		return nil, errTooMany
	}
	raw, err := s.resolve(name)
	if err != nil {
		return nil, err
	}
	return s.add(name, raw)
}

// add reads a document of the schema.
func (s *schemaSources) add(name string, raw []byte) (*yaml.Node, error) {
	if s.total += len(raw); s.total > maxTotal {
		return nil, errTooLong
	}
	root, err := yaml.Parse(name, raw)
	s.known[name] = schemaSource{raw: raw, root: root, err: err}
	return root, err
}

// refusal gives every error the form that CompileSchema promises.
func (s *schemaSources) refusal(err error) *Error {
	var broken *schema.Error
	var unsupported *schema.Unsupported
	var parse *yaml.Error
	switch {
	case errors.As(err, &broken):
		out := s.fail(broken.Pos, broken.Msg, broken.Remedy)
		out.err = broken.Err
		return out
	case errors.As(err, &unsupported):
		out := s.fail(unsupported.Pos, unsupported.What+" is not supported", "")
		out.err = &UnsupportedError{What: unsupported.What, Source: source(unsupported.Pos)}
		return out
	case errors.As(err, &parse):
		if parse.Msg == emptyFile {
			return s.fail(parse.Pos, "the schema is empty", "write `true` for a schema that takes everything")
		}
		return s.fail(parse.Pos, parse.Msg, parse.Remedy)
	}
	return &Error{Msg: err.Error(), err: err}
}

// emptyFile is what the parser says of a file without a document.
const emptyFile = "the file is empty"

func (s *schemaSources) fail(at yaml.Pos, msg, remedy string) *Error {
	return &Error{File: at.File, Line: at.Line, Column: at.Column, Msg: msg, Remedy: remedy, Text: lineOf(s.known[at.File].raw, at.Line)}
}
