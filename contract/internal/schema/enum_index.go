package schema

import (
	"hash/maphash"

	"github.com/faultline-http/faultline/internal/tape"
)

// An enumIndex gives the values of a long enum by their hash, so that one more
// costs a value nothing. Hashes are of this process: it is made again for what
// is read from a snapshot.
type enumIndex map[uint64][]int32

// indexEnum is nil for a few values, which are compared one by one.
func indexEnum(list []constant) enumIndex {
	if len(list) <= fewItems {
		return nil
	}
	x := make(enumIndex, len(list))
	e := eval{t: new(tape.Tape)}
	for i := range list {
		h := e.hashOf(&list[i])
		x[h] = append(x[h], int32(i))
	}
	return x
}

// hashOf is what hash gives for the same value in a body.
func (e *eval) hashOf(c *constant) uint64 {
	if c.kind == tape.String {
		return maphash.String(seed, c.text)
	}
	if err := tape.Parse(e.t, []byte(c.json), tape.Limits{}); err != nil {
		panic("schema: " + err.Error()) // constants are sound JSON
	}
	return e.hash(0)
}
