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
	"iter"

	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// A Contract is a compiled API description. It does not change after Load and
// is safe for concurrent use.
type Contract struct {
	file, title, version string
	ops                  []*Operation
	webhooks             []webhook
	notices              []Notice
	servers              []Server
	hosts                []hostPattern // of all servers; nil if one of them has any host
	router               *route.Router
	program              *schema.Program
	strict               bool                 // what is not declared is a violation
	names                map[schema.ID]string // of the components that schemas are
	anything             schema.ID            // of the schema that takes every JSON text
	xml                  map[schema.ID]*xmlShape
}

// File is the name that the contract was loaded by.
func (c *Contract) File() string { return c.file }

// Title is info.title.
func (c *Contract) Title() string { return c.title }

// Version is info.version, as it is written.
func (c *Contract) Version() string { return c.version }

// Name is file and version in one, as it is shown: "orders.yaml 1.4.0".
func (c *Contract) Name() string {
	if c.version == "" {
		return c.file
	}
	return c.file + " " + c.version
}

// Operations are all operations in the order of the document.
func (c *Contract) Operations() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) {
		for _, op := range c.ops {
			if !yield(op) {
				return
			}
		}
	}
}

// everyOperation yields the operations of paths, webhooks and callbacks.
func (c *Contract) everyOperation() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) {
		for _, op := range c.ops {
			if !op.withCallbacks(yield) {
				return
			}
		}
		for i := range c.webhooks {
			if !c.webhooks[i].op.withCallbacks(yield) {
				return
			}
		}
	}
}

func (op *Operation) withCallbacks(yield func(*Operation) bool) bool {
	if !yield(op) {
		return false
	}
	for i := range op.callbacks {
		if !op.callbacks[i].Operation.withCallbacks(yield) {
			return false
		}
	}
	return true
}

// Servers are the servers of the document as a whole.
func (c *Contract) Servers() []Server { return c.servers }
