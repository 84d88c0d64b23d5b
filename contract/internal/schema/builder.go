package schema

import "github.com/faultline-http/faultline/contract/internal/yaml"

// A Builder collects schemas and makes one Program of them.
type Builder struct {
	resolver Resolver
	opts     Options
}

// NewBuilder returns a Builder that follows references through r.
func NewBuilder(r Resolver, o Options) *Builder { return &Builder{resolver: r, opts: o} }

// Add reads a schema and all that it refers to. The same node with the same
// direction gives the same ID. The error is an [*Error] if the schema is
// broken, or an [*Unsupported] if a part of it cannot be checked.
func (b *Builder) Add(node *yaml.Node, d Dialect, dir Direction) (ID, error) { return None, nil }

// Finish compiles what was added. The Builder must not be used after it.
func (b *Builder) Finish() *Program { return &Program{} }
