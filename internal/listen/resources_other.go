//go:build !unix

package listen

import (
	"errors"
	"net"
)

// resourceShort: every error of accept but a closed listener is worth another try here.
func resourceShort(err error) bool { return !errors.Is(err, net.ErrClosed) }
