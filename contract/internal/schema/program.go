package schema

import (
	"maps"
	"slices"
	"sync"

	"github.com/faultline-http/faultline/internal/tape"
)

// A Program judges values by the schemas that it was built of. It does not
// change and is safe for concurrent use.
type Program struct {
	forms   []form
	opts    Options
	verdict *verdict
	pool    sync.Pool
	shapes  shapes
	index   nodeIndex
}

// Finish compiles what was added. The Builder must not be used after it.
func (b *Builder) Finish() *Program {
	b.closeObjects()
	p := &Program{forms: b.forms, opts: b.opts}
	p.start(slices.Sorted(maps.Keys(b.roots)))
	return p
}

// start compiles the forms for the roots.
func (p *Program) start(roots []ID) {
	p.ready()
	p.settleDiscriminators()
	p.verdict = compile(p, roots)
}

// ready makes room for what is worked out when it is asked for.
func (p *Program) ready() {
	p.shapes = make(shapes, len(p.forms))
	p.pool.New = func() any {
		s := &state{guess: p.verdict.memory()}
		s.eval.forms = p.forms
		return s
	}
}

// A state is what one judgement needs to remember. It is pooled.
type state struct {
	eval  eval
	tape  tape.Tape
	wire  []byte   // the text of a parameter as JSON
	text  []byte   // a string with its escapes undone
	guess []*vslot // which key followed which, last time
	bits  []uint64 // a stack of sets of slots
	keys  keyStack
	items []item // a stack of items that have to differ
	sound []uint64
	out   []Violation // being collected
	at    []int
	path  []step
}

// keepTokens and keepBytes are how large a state may be to go back to the pool:
// one huge body should not hold its memory for good.
const (
	keepTokens = 1 << 16
	keepBytes  = 1 << 20
	// keepViolations is far above what an honest body has.
	keepViolations = 64
)

func (p *Program) get() *state { return p.pool.Get().(*state) }

func (p *Program) put(s *state) {
	clear(s.out)
	if cap(s.out) > keepViolations {
		s.out = nil
	}
	s.tape.Src, s.bits, s.items = nil, s.bits[:0], s.items[:0]
	if cap(s.tape.Tokens) > keepTokens || cap(s.text) > keepBytes || cap(s.wire) > keepBytes || cap(s.eval.scratch) > keepBytes || len(s.eval.memo.entries) > keepTokens || cap(s.eval.hashes) > keepTokens || cap(s.keys.spans) > keepTokens {
		return
	}
	p.pool.Put(s)
}

// Valid reports whether body is JSON that keeps the schema and has no key
// twice in one object. It allocates nothing.
func (p *Program) Valid(id ID, body []byte) bool {
	s := p.get()
	ok := p.valid(s, id, body)
	p.put(s)
	return ok
}

func (p *Program) valid(s *state, id ID, body []byte) bool {
	node, ok := p.verdict.roots[id]
	if !ok {
		return p.validOnTape(s, id, body)
	}
	if len(body) > p.opts.MaxBytes {
		return false
	}
	r := runner{v: p.verdict, s: s, src: body}
	return r.run(node, p.opts.MaxDepth)
}

// validOnTape is the plain version of the verdict, and its judge in the tests.
func (p *Program) validOnTape(s *state, id ID, body []byte) bool {
	if tape.Parse(&s.tape, body, p.limits()) != nil {
		return false
	}
	s.eval.begin(p.forms, &s.tape)
	return s.eval.valid(id, 0) && !s.eval.spent && !s.eval.costly && !s.eval.twins()
}

func (p *Program) limits() tape.Limits {
	return tape.Limits{Depth: p.opts.MaxDepth, Bytes: p.opts.MaxBytes}
}

// ValidText judges the text of a parameter. It is read as the types of the
// schema allow: as a number, a boolean or null if it is written like one, else as
// a string. It allocates nothing.
func (p *Program) ValidText(id ID, text []byte) bool {
	s := p.get()
	defer p.put(s)
	types := p.Types(id)
	for i := range readings {
		reading := &readings[i]
		if !reading.fits(types, text) {
			continue
		}
		s.wire = reading.append(s.wire[:0], text)
		if p.valid(s, id, s.wire) {
			return true
		}
	}
	return false
}

// AppendJSON appends the JSON value that text stands for under the schema: as
// ValidText reads it. Parameters with parts are put together with it and
// judged by Valid and Explain.
func (p *Program) AppendJSON(dst []byte, id ID, text []byte) []byte {
	types := p.Types(id)
	first := -1
	for i := range readings {
		reading := &readings[i]
		if !reading.fits(types, text) {
			continue
		}
		if first < 0 {
			first = i
		}
		start := len(dst)
		dst = reading.append(dst, text)
		if p.Valid(id, dst[start:]) {
			return dst
		}
		dst = dst[:start]
	}
	if first < 0 {
		first = len(readings) - 1
	}
	return readings[first].append(dst, text)
}

// A reading is a way in which the text of a parameter can be meant.
type reading struct {
	types Types
	is    func(text []byte) bool
}

var readings = [...]reading{
	{IntegerType | NumberType, isNumber},
	{BoolType, func(text []byte) bool { return string(text) == "true" || string(text) == "false" }},
	{NullType, func(text []byte) bool { return string(text) == "null" }},
	{AnyType, nil}, // a string, if all else fails
}

func isNumber(text []byte) bool {
	if len(text) == 0 || text[0] != '-' && text[0]-'0' > 9 {
		return false
	}
	end, ok := tape.ScanNumber(text, 0)
	return ok && end == len(text)
}

func (r *reading) fits(types Types, text []byte) bool {
	return r.is == nil || types&r.types != 0 && r.is(text)
}

func (r *reading) append(dst, text []byte) []byte {
	if r.is == nil {
		return tape.AppendQuoted(dst, text)
	}
	return append(dst, text...)
}
