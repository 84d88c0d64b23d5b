//go:build !linux

package listen

import (
	"io/fs"
	"syscall"
)

// modeBeforeBind cannot be done here: the mode is set right after the bind.
func modeBeforeBind(syscall.RawConn, fs.FileMode) error { return nil }
