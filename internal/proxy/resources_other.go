//go:build !unix

package proxy

import (
	"errors"
	"net"
)

// resourceShort: every error of accept but a closed listener is worth another try here.
func resourceShort(err error) bool { return !errors.Is(err, net.ErrClosed) }

// stillOpen cannot look without waiting here; a connection that turns out
// closed is noticed by its first use.
func stillOpen(net.Conn) bool { return true }
