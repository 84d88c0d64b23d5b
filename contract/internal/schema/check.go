package schema

import (
	"errors"

	"github.com/faultline-http/faultline/internal/yaml"
)

// Force has the document with a root read in the dialect that Add is given,
// if its $schema names another one. A metaschema of its own still counts: it may
// be one of that dialect with other vocabularies.
func (b *Builder) Force(root *yaml.Node) { b.lib.forced = root }

// overrules reports whether the $schema of a document does not count.
func (l *library) overrules(root, uri *yaml.Node) bool {
	_, known := DialectOf(uri.Text)
	return known && root == l.forced
}

// Check reads the definitions of a document that was added, also those that
// nothing refers to, and returns the first that is broken. What is not supported
// does no harm where nothing needs it.
func (b *Builder) Check(root *yaml.Node, dir Direction) error {
	var ids []ID
	for _, part := range b.lib.parts[root] {
		at := where{res: part.around, mode: part.around.mode, dir: dir}
		at.scope = b.extend(0, part.around)
		ids = append(ids, b.want(part.node, at, ""))
	}
	b.drain()
	b.checkChains()
	var first *Error
	b.reach(ids, func(f *form) bool { return !errors.As(f.err, &first) })
	if first != nil {
		return first
	}
	return nil
}
