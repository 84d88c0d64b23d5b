// Package contract holds what an API promises: an OpenAPI description, read
// once and compiled into something immutable that answers for every request
// and response whether it keeps the contract (flag), and if not, where and how
// (explain).
//
//	c, err := contract.Load(os.DirFS("."), "orders.yaml")
//	m := c.Match("POST", "https://api.example.com/v1/orders")
//	if !m.Operation.ValidRequest(&ex.Request, m.Params) {
//		for _, v := range m.Operation.ExplainRequest(&ex.Request, m.Params) {
//			fmt.Println(v.At, v.Message)
//		}
//	}
//
// The package opens no file but through the fs.FS that it is given, and no
// socket at all.
package contract

import (
	"io/fs"
	"iter"

	"github.com/faultline-http/faultline"
)

// A Contract is a compiled API description. It does not change after Load and
// is safe for concurrent use.
type Contract struct {
	file, title, version string
	ops                  []*Operation
}

// Load reads the description called name from fsys, follows its references and
// compiles it. A broken one is refused with an [*Error] that knows file, line
// and column.
func Load(fsys fs.FS, name string) (*Contract, error) { return nil, nil }

// File is the name that the contract was loaded by.
func (c *Contract) File() string { return c.file }

// Title is info.title.
func (c *Contract) Title() string { return c.title }

// Version is info.version.
func (c *Contract) Version() string { return c.version }

// Operations are all operations in the order of the document.
func (c *Contract) Operations() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) {}
}

// Match finds the operation for a request. host may be empty.
func (c *Contract) Match(method, url string) Match { return Match{} }

// A Match is what routing a request came to.
type Match struct {
	Operation *Operation // nil if none
	Params    Params     // path parameters, as they stand in the target

	// For a request without an operation:
	Route   string   // template of the path that exists with other methods; empty if none does
	Allowed []string // its methods
	Base    string   // the base path of the servers that was missing, doubled or wrong: the path that would match with it mended
	Slash   string   // the path that would match with a slash added or dropped at its end
	Near    []Near   // the nearest templates, best first
	OffHost bool     // no server of the contract has the request's host
}

// Near is a documented path that is similar to the one asked for.
type Near struct {
	Method, Template, Path string // Path is the template filled in with the request's own segments
	Distance               int    // edits between the two
}

// Params are path parameters: fixed storage, so that matching allocates nothing.
type Params struct {
	n int
	v [16]Param
}

// A Param is one path parameter: its bytes as sent (still percent-encoded) and
// where they stand in the request's path.
type Param struct {
	Name, Raw  string
	Start, End int
}

// An Operation is one method on one path of a contract.
type Operation struct {
	ID       string // operationId, or "METHOD /template"
	Method   string
	Template string // path template without the servers' base path
	Source   faultline.Source
}

// Unverified says why the operation cannot be judged, or "" if it can.
func (op *Operation) Unverified() string { return "" }

// ValidRequest reports whether the request keeps the contract. It allocates
// nothing.
func (op *Operation) ValidRequest(r *faultline.Request, p Params) bool { return true }

// ExplainRequest lists every violation of the request; none if ValidRequest
// is true.
func (op *Operation) ExplainRequest(r *faultline.Request, p Params) []Violation { return nil }

// ValidResponse reports whether the answer keeps the contract.
func (op *Operation) ValidResponse(r *faultline.Response) bool { return true }

// ExplainResponse lists every violation of the answer.
func (op *Operation) ExplainResponse(r *faultline.Response) []Violation { return nil }

// Documents reports whether the status is documented for the operation, by
// itself, by its range (4XX) or, if byDefault, by "default".
func (op *Operation) Documents(status int) (exact, byDefault bool) { return false, false }

// Security are the alternatives of which one has to be met; nil if none.
func (op *Operation) Security() [][]SecurityScheme { return nil }

// MediaTypes are the request media types that the operation takes.
func (op *Operation) MediaTypes() []string { return nil }
