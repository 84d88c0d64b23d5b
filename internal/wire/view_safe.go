//go:build faultline_safe

package wire

// view is the twin that copies, for builds without unsafe.
func view(b []byte) string { return string(b) }
