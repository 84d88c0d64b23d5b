package contract

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

func (op *Operation) validParams(r *faultline.Request, p *Params, s *scratch) bool {
	for i := range op.params {
		q := &op.params[i]
		s.pieces = op.gather(q, r, p, s.pieces[:0])
		if !op.validParam(q, s.pieces, s) {
			return false
		}
	}
	return true
}

// validParam reports whether the pieces are a value of the parameter in one of
// the ways in which they can be read.
func (op *Operation) validParam(q *parameter, pieces []piece, s *scratch) bool {
	if len(pieces) == 0 {
		return !q.required
	}
	if q.allowEmpty && q.in == faultline.InQuery && len(pieces) == 1 && pieces[0].raw == "" {
		return true
	}
	var room [maxReadings]reading
	for _, how := range q.readings(pieces, room[:0]) {
		if op.keeps(q, how, op.read(q, how, pieces, s), s) || how == asObject && op.keepsAsChoice(q, pieces, s) {
			return true
		}
	}
	return false
}

// keepsAsChoice reads the members of an object as each branch of the schema
// types them: the text 5 is a number in one and a string in another.
func (op *Operation) keepsAsChoice(q *parameter, pieces []piece, s *scratch) bool {
	for _, id := range op.contract.program.Choices(q.id) {
		branch := *q
		branch.id = id
		if op.keeps(q, asObject, op.read(&branch, asObject, pieces, s), s) {
			return true
		}
	}
	return false
}

// keeps reports whether a value that was read keeps the parameter's schema.
func (op *Operation) keeps(q *parameter, how reading, got read, s *scratch) bool {
	switch {
	case got.wrong || got.notUTF8:
		return false
	case got.plain && (how != asContent || got.scalar):
		return true
	case got.scalar:
		return op.contract.program.ValidText(q.id, got.text)
	}
	return q.id == schema.None || op.contract.program.Valid(q.id, s.value.json)
}
