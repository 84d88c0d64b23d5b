package contract

import (
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// An Operation is one method on one path of a contract.
type Operation struct {
	ID       string // operationId, or "METHOD /template"
	Method   string
	Template string // path template without the servers' base path
	Source   faultline.Source

	contract   *Contract
	query      string // that the path of the contract ends with; see variant
	variants   []*Operation
	unverified string
	params     []parameter
	body       *requestBody // nil if the operation takes none
	responses  []response

	ignoresBody bool // it declares one, where that means nothing
	security    requirements
	callbacks   []Callback
	called      bool // a webhook or a callback: Template is a name or an address, no path
}

// compile works out what the schemas say once they are a program.
func (op *Operation) compile(prog *schema.Program) {
	for i := range op.params {
		op.params[i].types = typesOf(prog, op.params[i].id)
	}
	if op.body != nil {
		settleAll(op.body.media, prog)
	}
	for i := range op.responses {
		settleAll(op.responses[i].media, prog)
		typeHeaders(op.responses[i].headers, prog)
	}
}

func settleAll(list []media, prog *schema.Program) {
	for i := range list {
		list[i].settle(prog)
	}
}

func typeHeaders(list []parameter, prog *schema.Program) {
	for i := range list {
		list[i].types = typesOf(prog, list[i].id)
	}
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
	ok := op.validParams(r, &p, s) && op.declaredOnly(r) && op.satisfied(r) && op.acceptable(r) && op.validBody(r, s)
	s.release()
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
	out = append(out, op.explainUndeclared(r)...)
	out = append(out, op.explainSecurity(r)...)
	out = append(out, op.explainAccept(r)...)
	return append(out, op.explainBody(r)...)
}

// scratch is the room in which the parts of a parameter or a form are put
// together to one value.
type scratch struct {
	pieces  []piece
	items   []piece // of a list, or the members of an object
	parts   []piece // from which members are made
	keys    []string
	text    []byte // of a single value
	value   assembly
	nursery nursery
	looks   bool        // at signs of failure in the body of an answer
	look    schema.Look // what it saw
}

var scratches = sync.Pool{New: func() any {
	return &scratch{pieces: make([]piece, 0, 16), items: make([]piece, 0, 16), value: assembly{json: make([]byte, 0, 1024)}}
}}

// maxKept is how much room goes back to the pool: one large form must not stay
// in memory for good.
const maxKept = 64 << 10

func (s *scratch) release() {
	if cap(s.value.json) > maxKept || cap(s.text) > maxKept || cap(s.value.text) > maxKept ||
		max(cap(s.pieces), cap(s.items), cap(s.parts), cap(s.nursery.list)) > 1024 {
		return
	}
	scratches.Put(s)
}
