package schema

import (
	"bytes"
	"hash/maphash"

	"github.com/faultline-http/faultline/internal/tape"
)

// A keySpan is a key of the object being read: bytes of the text, or of the
// arena of keys whose escapes were undone.
type keySpan struct {
	start, end uint32
	undone     bool
}

// keyStack finds keys that stand twice in one object. Objects inside each other
// share it: each pops what it pushed.
type keyStack struct {
	spans  []keySpan
	arena  []byte
	hashes []uint64 // of the keys of one large object
	hashed hashSet
}

func (k *keyStack) reset() {
	k.spans, k.arena = k.spans[:0], k.arena[:0]
}

// push adds the key between the quotes of src[start:end].
func (k *keyStack) push(src []byte, start, end int, escaped bool) {
	if !escaped {
		k.spans = append(k.spans, keySpan{start: uint32(start), end: uint32(end)})
		return
	}
	from := len(k.arena)
	k.arena = tape.AppendUnescaped(k.arena, src[start:end])
	k.spans = append(k.spans, keySpan{start: uint32(from), end: uint32(len(k.arena)), undone: true})
}

func (k *keyStack) bytes(src []byte, s *keySpan) []byte {
	if s.undone {
		return k.arena[s.start:s.end]
	}
	return src[s.start:s.end]
}

// drop takes the keys from base on away.
func (k *keyStack) drop(base int) {
	k.spans = k.spans[:base]
}

// fewKeys is where comparing each with each is cheaper than sorting.
const fewKeys = 12

// pop takes the keys from base on away and reports whether two were equal.
func (k *keyStack) pop(src []byte, base int) bool {
	spans := k.spans[base:]
	k.spans = k.spans[:base]
	if len(spans) < 2 {
		return false
	}
	twice := false
	if len(spans) <= fewKeys {
		for i := 1; i < len(spans) && !twice; i++ {
			for j := range i {
				a, b := &spans[i], &spans[j]
				if a.end-a.start == b.end-b.start && bytes.Equal(k.bytes(src, a), k.bytes(src, b)) {
					twice = true
					break
				}
			}
		}
	} else {
		twice = k.many(src, spans)
	}
	for i := range spans {
		if spans[i].undone {
			k.arena = k.arena[:spans[i].start]
			break
		}
	}
	return twice
}

func (k *keyStack) many(src []byte, spans []keySpan) bool {
	k.hashes = k.hashes[:0]
	k.hashed.begin(len(spans))
	for i := range spans {
		text := k.bytes(src, &spans[i])
		k.hashes = append(k.hashes, maphash.Bytes(seed, text))
		twin := k.hashed.add(k.hashes, i, func(j int) bool {
			return bytes.Equal(k.bytes(src, &spans[j]), text)
		})
		if twin >= 0 {
			return true
		}
	}
	return false
}

// twins reports whether an object of the tape has a key twice.
func (e *eval) twins() bool {
	for i := range e.t.Tokens {
		if e.twinsIn(i) {
			return true
		}
	}
	return false
}

// twinsIn is twins for one value, if that is an object, without what it holds.
func (e *eval) twinsIn(token int) bool {
	tok := &e.t.Tokens[token]
	if tok.Kind != tape.Object || tok.Count < 2 {
		return false
	}
	e.keys.reset()
	for key := token + 1; key < int(tok.Next); key = int(e.t.Tokens[key+1].Next) {
		k := &e.t.Tokens[key]
		e.keys.push(e.t.Src, int(k.Start)+1, int(k.End)-1, k.Escaped)
	}
	return e.keys.pop(e.t.Src, 0)
}
