//go:build unix

package listen

import (
	"errors"
	"syscall"
)

// resourceShort reports whether the process or the system ran out of something
// that comes back.
func resourceShort(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOBUFS) ||
		errors.Is(err, syscall.ENOMEM) || errors.Is(err, syscall.ECONNABORTED)
}
