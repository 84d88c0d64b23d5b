package schema

import (
	"hash/maphash"

	"github.com/faultline-http/faultline/internal/tape"
)

var seed = maphash.MakeSeed()

// fewItems is where comparing each with each is cheaper than hashing.
const fewItems = 16

// twin is the first item of an array that equals an earlier one, or -1.
func (e *eval) twin(token int) int {
	tok := &e.t.Tokens[token]
	if tok.Count < 2 {
		return -1
	}
	if tok.Count <= fewItems {
		return e.twinOfFew(token)
	}
	e.hashes, e.tokens = e.hashes[:0], e.tokens[:0]
	e.hashed.begin(int(tok.Count))
	for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
		e.hashes, e.tokens = append(e.hashes, e.hash(item)), append(e.tokens, int32(item))
		twin := e.hashed.add(e.hashes, len(e.hashes)-1, func(j int) bool {
			return e.afford(item) && equalTokens(e.t, int(e.tokens[j]), e.t, item)
		})
		if e.spent {
			return token
		}
		if twin >= 0 {
			return item
		}
	}
	return -1
}

// twinOfFew compares each with each.
func (e *eval) twinOfFew(token int) int {
	tok := &e.t.Tokens[token]
	for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
		for other := token + 1; other < item; other = int(e.t.Tokens[other].Next) {
			if !e.afford(item) {
				return token
			}
			if equalTokens(e.t, other, e.t, item) {
				return item
			}
		}
	}
	return -1
}

// afford takes the steps of a comparison of a value.
func (e *eval) afford(token int) bool {
	if e.steps -= int(e.t.Tokens[token].Next) - token; e.steps < 0 {
		e.spent = true
	}
	return !e.spent
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
