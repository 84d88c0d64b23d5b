//go:build !unix

package proxy

import (
	"errors"
	"net"
)

// resourceShort: every error of accept but a closed listener is worth another try here.
func resourceShort(err error) bool { return !errors.Is(err, net.ErrClosed) }

// A probe cannot look without waiting here; a connection that turns out closed
// is noticed by its first use.
type probe struct{}

func (*probe) on(net.Conn) {}

func (*probe) stillOpen() bool { return true }
