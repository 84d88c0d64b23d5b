package wire

import "encoding/binary"

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainText reports whether all bytes may stand in a field value: eight at a
// time, since values are what heads mostly are.
func plainText(b []byte) bool {
	for len(b) >= 8 {
		x := binary.LittleEndian.Uint64(b)
		// The high bit of a byte is set if the byte is below 0x20, or is 0x7F. Bytes
		// above ASCII have it set themselves and are taken.
		low := x - ones*0x20
		del := (x ^ ones*0x7f) - ones
		if (low|del)&^x&highs != 0 && !plainBytes(b[:8]) {
			return false
		}
		b = b[8:]
	}
	return plainBytes(b)
}

func plainBytes(b []byte) bool {
	for _, c := range b {
		if !valueByte[c] {
			return false
		}
	}
	return true
}
