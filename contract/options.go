package contract

import (
	"io/fs"

	"github.com/faultline-http/faultline/internal/yaml"
)

// Options are how a description is read and held against messages. The zero
// value is what most callers want.
type Options struct {
	// Resolve returns a document that a reference names by an absolute URI,
	// without the fragment: https://example.com/common.yaml. The package opens
	// no socket; whoever wants documents of the network gets them here. Without
	// Resolve, and where it returns an error, the operations that need the
	// document are unverified. It is called once for each document.
	Resolve func(uri string) ([]byte, error)

	// AnnotateFormats takes `format` as JSON Schema does by itself: as a note to
	// people. OpenAPI descriptions mean it, so it is asserted by default.
	AnnotateFormats bool

	// Strict takes what is not declared as a violation, which OpenAPI does not:
	// query parameters, headers (those of HTTP itself, of browsers, proxies and
	// tracing left out), cookies, and members of objects in bodies and forms whose
	// schema declares members and does not say what others may be.
	Strict bool

	// Limits bound what a description may cost.
	Limits Limits
}

// Limits bound what one description may be made of, so that a hostile one costs
// no more than a large honest one. Zero means the default.
type Limits struct {
	DocumentBytes int // of one document; 50 MiB
	TotalBytes    int // of all documents together; 200 MiB
	Documents     int // 2,000: a description split into a file for each schema has some hundreds
	Values        int // of one document, aliases written out; 4,194,304
	Nesting       int // of values in a document; 512
	Operations    int // webhooks and callbacks included; 100,000
	References    int // that lead to references; 64
	Notices       int // 1,000: nobody reads more
	BodyBytes     int // of a message that is judged; 32 MiB
	BodyNesting   int // of values in a message; 256
}

// Defaults of Limits; those of messages are the schema engine's own.
const (
	maxTotal      = 200 << 20
	maxDocuments  = 2000
	maxOperations = 100_000
	maxChain      = 64
	maxNotices    = 1000
)

func (l Limits) withDefaults() Limits {
	for _, limit := range [...]struct {
		value    *int
		standard int
	}{
		{&l.DocumentBytes, yaml.MaxBytes},
		{&l.TotalBytes, maxTotal},
		{&l.Documents, maxDocuments},
		{&l.Values, yaml.MaxNodes},
		{&l.Nesting, yaml.MaxDepth},
		{&l.Operations, maxOperations},
		{&l.References, maxChain},
		{&l.Notices, maxNotices},
	} {
		if *limit.value <= 0 {
			*limit.value = limit.standard
		}
	}
	return l
}

// yaml are the limits of the document reader.
func (l Limits) yaml() yaml.Limits {
	return yaml.Limits{Bytes: l.DocumentBytes, Nodes: l.Values, Depth: l.Nesting}
}

// Load reads the description called name from fsys, follows its references and
// compiles it. A broken one is refused with an [*Error] that knows file, line
// and column. What is formally wrong and clear in meaning is tolerated and
// listed by Notices; what is not supported makes its operations unverified.
func Load(fsys fs.FS, name string) (*Contract, error) {
	return LoadWith(fsys, name, Options{})
}

// LoadWith is [Load] with options.
func LoadWith(fsys fs.FS, name string, o Options) (*Contract, error) {
	l := newLoader(fsys, name, o)
	if err := l.load(name); err != nil {
		return nil, l.refusal(err)
	}
	return l.c, nil
}
