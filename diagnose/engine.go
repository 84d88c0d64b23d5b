// Package diagnose finds out which cause it was: it asks every rule of the
// catalogue, ranks what they find, and gives calls that fail alike the same
// fingerprint.
package diagnose

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
)

// An Engine diagnoses exchanges. It does not change after New and is safe for
// concurrent use.
type Engine struct {
	contract *contract.Contract
	rules    []causes.Rule
}

// An Option changes what New makes.
type Option func(*Engine)

// WithContract makes the engine judge exchanges by a contract.
func WithContract(c *contract.Contract) Option { return func(e *Engine) { e.contract = c } }

// New returns an engine with all rules of the catalogue.
func New(opts ...Option) *Engine {
	e := &Engine{rules: causes.All()}
	for _, opt := range opts {
		opt(e)
	}
	return e
}

// Diagnose says why the exchange failed, or that nothing is wrong with it.
func (e *Engine) Diagnose(ex *faultline.Exchange) *faultline.Diagnosis {
	return &faultline.Diagnosis{Exchange: ex.ID}
}
