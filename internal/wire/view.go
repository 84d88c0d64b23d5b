//go:build !faultline_safe

package wire

import "unsafe"

// view is the bytes as a string, without a copy: a head of ten fields would
// otherwise cost an allocation for each message. Who makes one sees to it that
// the bytes do not change while the string is used; see [Reader.Release].
func view(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}
