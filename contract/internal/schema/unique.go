package schema

import (
	"hash/maphash"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

type hashed struct {
	hash  uint64
	token int32
}

var seed = maphash.MakeSeed()

// fewItems is where comparing each with each is cheaper than hashing.
const fewItems = 16

// twin is the first item of an array that equals an earlier one, or -1.
func (e *eval) twin(token int) int {
	tok := &e.t.Tokens[token]
	if tok.Count < 2 {
		return -1
	}
	e.hashes = e.hashes[:0]
	for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
		h := uint64(0)
		if tok.Count > fewItems {
			h = e.hash(item)
		}
		e.hashes = append(e.hashes, hashed{h, int32(item)})
	}
	if tok.Count > fewItems {
		slices.SortFunc(e.hashes, func(a, b hashed) int {
			switch {
			case a.hash < b.hash:
				return -1
			case a.hash > b.hash:
				return 1
			}
			return int(a.token - b.token)
		})
	}
	first := int32(-1)
	for i := range e.hashes {
		for j := i + 1; j < len(e.hashes) && e.hashes[j].hash == e.hashes[i].hash; j++ {
			if e.steps--; e.steps < 0 {
				e.spent = true
				return token
			}
			a, b := e.hashes[i].token, e.hashes[j].token
			if (first < 0 || b < first) && equalTokens(e.t, int(a), e.t, int(b)) {
				first = b
			}
		}
	}
	return int(first)
}

// hash is equal for equal values.
func (e *eval) hash(token int) uint64 {
	tok := &e.t.Tokens[token]
	e.steps--
	switch tok.Kind {
	case tape.Number:
		d := parseDecimal(e.t.Bytes(token))
		h := maphash.Bytes(seed, d.head)
		if len(d.tail) > 0 {
			// The point must not matter: 10.5 and 1.05e1.
			e.scratch = append(append(e.scratch[:0], d.head...), d.tail...)
			h = maphash.Bytes(seed, e.scratch)
		}
		h ^= uint64(d.exp) * 0x9e3779b97f4a7c15
		if d.neg {
			h = ^h
		}
		return h
	case tape.String:
		return maphash.Bytes(seed, e.text(token))
	case tape.Array:
		h := uint64(tok.Count) + 1
		for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
			h = h*0x9e3779b97f4a7c15 + e.hash(item)
		}
		return h
	case tape.Object:
		h := uint64(tok.Count) + 2
		for key := token + 1; key < int(tok.Next); key = int(e.t.Tokens[key+1].Next) {
			h += e.hash(key) * (2*e.hash(key+1) + 1) // whatever the order
		}
		return h
	}
	return maphash.Bytes(seed, e.t.Bytes(token))
}
