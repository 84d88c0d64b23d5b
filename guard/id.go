package guard

import (
	"crypto/rand"
	"encoding/binary"
	"sync/atomic"
)

const (
	idAlphabet = "abcdefghjkmnpqrstvwxyz0123456789" // 32 signs; no i, l, o, u: they are misread
	idBits     = 40                                 // 8 signs of 5 bits
	idMask     = 1<<idBits - 1
)

// ids gives every exchange of the process an id of its own. They come from a
// counter that is scrambled by a one-to-one mapping, so that none occurs
// twice, neighbours share no prefix, and two processes give different ones.
type ids struct {
	next        atomic.Uint64
	offset, key uint64
}

func newIDs() *ids {
	var seed [16]byte
	_, _ = rand.Read(seed[:]) // never fails (crypto/rand)
	return &ids{offset: binary.LittleEndian.Uint64(seed[:]), key: binary.LittleEndian.Uint64(seed[8:])}
}

func (g *ids) make() string {
	n := (g.next.Add(1) + g.offset) & idMask
	// Each step can be undone modulo 2^40 (an odd factor, a shift folded in), so
	// the whole is a permutation.
	for range 3 {
		n = (n*0x9E3779B97F4A7C15 + g.key) & idMask
		n ^= n >> 21
	}
	var id [8]byte
	for i := range id {
		id[i] = idAlphabet[n>>(5*(7-i))&31]
	}
	return string(id[:])
}
