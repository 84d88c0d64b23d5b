package fuzz

import (
	"hash/fnv"
	"math/rand/v2"
)

// A choice decides by the bytes of the fuzzer as long as there are any, so that
// a small change of them is a small change of the case, and then by chance that
// is the same for the same bytes.
type choice struct {
	rest []byte
	rand *rand.Rand
}

func newChoice(data []byte) *choice {
	h := fnv.New64a()
	h.Write(data)
	return &choice{rest: data, rand: rand.New(rand.NewPCG(h.Sum64(), 1))}
}

// of chooses a number below n.
func (c *choice) of(n int) int {
	if len(c.rest) < 2 {
		return c.rand.IntN(n)
	}
	picked := int(c.rest[0])<<8 | int(c.rest[1])
	c.rest = c.rest[2:]
	return picked % n
}

// once is true once in n times.
func (c *choice) once(n int) bool { return c.of(n) == 0 }

func pick[T any](c *choice, from []T) T { return from[c.of(len(from))] }
