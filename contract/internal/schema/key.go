package schema

import (
	"encoding/binary"
	"math"
)

// A key is the name of a member as senders write it, quotes and colon
// included, made for comparing eight bytes at once.
type key struct {
	head, tail         uint64 // bytes 0 to 7 and 8 to 15
	headMask, tailMask uint64 // what of them counts: there are shorter keys
	rest               string // what follows them
	size               int
}

// keyReach is how many bytes must follow for a key to be found by its bytes.
const keyReach = 16

// newKey is a key that is never found if the name needs escapes.
func newKey(name string) key {
	if !isPlain(name) {
		return key{size: math.MaxInt, rest: name} // no text is that long
	}
	text := []byte(`"` + name + `":`)
	k := key{size: len(text), headMask: ^uint64(0), tailMask: ^uint64(0)}
	if len(text) > keyReach {
		k.rest = string(text[keyReach:])
	}
	if n := keyReach - len(text); n >= 8 {
		k.headMask, k.tailMask = k.headMask>>(8*(n-8)), 0
	} else if n > 0 {
		k.tailMask >>= 8 * n
	}
	text = append(text, make([]byte, keyReach)...)
	k.head, k.tail = binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[8:])
	return k
}

// at reports whether the key stands at src[i], the colon right behind it.
func (k *key) at(src []byte, i int) bool {
	return i <= len(src)-keyReach && k.begins(src[i:i+keyReach]) && k.ends(src, i)
}

// begins compares the first bytes, which are keyReach.
func (k *key) begins(text []byte) bool {
	head := (binary.LittleEndian.Uint64(text) ^ k.head) & k.headMask
	return head|(binary.LittleEndian.Uint64(text[8:])^k.tail)&k.tailMask == 0
}

// ends compares what is behind the first bytes.
func (k *key) ends(src []byte, i int) bool {
	return k.rest == "" || k.size <= len(src)-i && string(src[i+keyReach:i+k.size]) == k.rest
}
