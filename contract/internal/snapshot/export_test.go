package snapshot

import (
	"encoding/binary"
	"hash/crc32"
)

// Sealed puts the right checksum behind data, so that a test gets past it.
func Sealed(data []byte) []byte {
	if len(data) < 4 {
		return data
	}
	body := data[:len(data)-4]
	return binary.LittleEndian.AppendUint32(body[:len(body):len(body)], crc32.Checksum(body, castagnoli))
}
