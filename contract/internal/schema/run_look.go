package schema

import "github.com/faultline-http/faultline/internal/signs"

// A Look is what a verdict shows of a body in passing. The zero value says that
// nothing was looked for.
type Look struct {
	Whole bool // the body is JSON, and all of its members were looked at
	Fails bool // one of them says that the call failed
}

// Read is Valid for the body of an answer that may report a failure behind a
// status of success: the names are at hand while it is judged.
func (p *Program) Read(id ID, body []byte) (valid bool, seen Look) {
	node, ok := p.verdict.roots[id]
	if !ok || len(body) > p.opts.MaxBytes {
		return p.Valid(id, body), Look{}
	}
	s := p.get()
	r := runner{v: p.verdict, s: s, src: body, noting: true}
	valid = r.run(node, p.opts.MaxDepth)
	p.put(s)
	return valid, Look{Whole: valid && !r.blind, Fails: r.fails}
}

// note looks at a value under a name by which envelopes report failures.
func (r *runner) note(name []byte, value int) {
	r.fails = r.fails || signs.Tells(name, r.src[value:])
}

// noteAny does so with a name that no rule knows; its closing quote stands at end.
func (r *runner) noteAny(end, value int) {
	if !r.noting || r.fails || value < 0 {
		return
	}
	if name := signs.Name(r.src, end); name != nil {
		r.note(name, value)
	}
}
