package contract

import "math/rand/v2"

// SampleBody makes up a JSON body that the operation takes.
func (op *Operation) SampleBody(r *rand.Rand) ([]byte, bool) {
	if op.unverified != "" || op.body == nil || len(op.body.media) == 0 {
		return nil, false
	}
	return op.contract.program.Sample(op.body.media[0].id, r)
}
