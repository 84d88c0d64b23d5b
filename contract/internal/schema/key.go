package schema

import (
	"encoding/binary"
	"math"
)

// A key is the name of a member as senders write it, quotes and colon
// included, made for comparing eight bytes at once.
type key struct {
	head, tail         uint64
	headMask, tailMask uint64
	size               int32  // of the text
	back               int32  // where the last eight bytes of it begin
	reach              int    // how many bytes are looked at
	middle             string // what is between head and tail
}

// newKey is a key that is never found if the name needs escapes.
func newKey(name string) key {
	if !isPlain(name) {
		return key{reach: math.MaxInt / 2}
	}
	text := []byte(`"` + name + `":`)
	k := key{size: int32(len(text)), reach: max(8, len(text)), headMask: ^uint64(0)}
	if len(text) < 8 {
		k.headMask >>= 8 * (8 - len(text))
		text = append(text, make([]byte, 8-len(text))...)
	}
	k.back = int32(len(text) - 8)
	k.head, k.tail, k.tailMask = binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[k.back:]), k.headMask
	if len(text) > 16 {
		k.middle = string(text[8:k.back])
	}
	return k
}

// at reports whether the key stands at src[i], the colon right behind it.
func (k *key) at(src []byte, i int) bool {
	if i+k.reach > len(src) {
		return false
	}
	head := binary.LittleEndian.Uint64(src[i:]) ^ k.head
	tail := binary.LittleEndian.Uint64(src[i+int(k.back):]) ^ k.tail
	return head&k.headMask|tail&k.tailMask == 0 && (k.middle == "" || string(src[i+8:i+int(k.back)]) == k.middle)
}
