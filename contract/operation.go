package contract

import (
	"sync"

	"github.com/faultline-http/faultline"
)

// An Operation is one method on one path of a contract.
type Operation struct {
	ID       string // operationId, or "METHOD /template"
	Method   string
	Template string // path template without the servers' base path
	Source   faultline.Source

	contract   *Contract
	unverified string
	params     []parameter
	body       *requestBody // nil if the operation takes none
	responses  []response
	security   requirements
}

// Unverified says why the operation cannot be judged, with file and line, or ""
// if it can. Nothing of an unverified operation is judged: its Valid methods
// are true, its Explain methods empty, and neither means that a call keeps the
// contract.
func (op *Operation) Unverified() string { return op.unverified }

// ValidRequest reports whether the request keeps the contract. It allocates
// nothing. Ask Unverified and Unjudged first: what cannot be judged passes.
func (op *Operation) ValidRequest(r *faultline.Request, p Params) bool {
	if op.unverified != "" {
		return true
	}
	s := scratches.Get().(*scratch)
	ok := op.validParams(r, &p, s) && op.satisfied(r) && op.validBody(r, s)
	scratches.Put(s)
	return ok
}

// ExplainRequest lists every violation of the request; none exactly if
// ValidRequest is true.
func (op *Operation) ExplainRequest(r *faultline.Request, p Params) []Violation {
	if op.unverified != "" {
		return nil
	}
	var out []Violation
	out = append(out, op.explainParams(r, &p)...)
	out = append(out, op.explainSecurity(r)...)
	return append(out, op.explainBody(r)...)
}

// scratch is the room in which the parts of a parameter are put together to
// one value.
type scratch struct{ json, text []byte }

var scratches = sync.Pool{New: func() any {
	return &scratch{json: make([]byte, 0, 1024), text: make([]byte, 0, 512)}
}}
