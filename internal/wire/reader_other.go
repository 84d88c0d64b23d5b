//go:build !unix

package wire

import "io"

// readiness cannot be asked for here: a read holds its buffer while it waits.
type readiness struct{}

func (*readiness) watch(io.Reader)         {}
func (*readiness) usable() bool            { return false }
func (*readiness) fill(*Reader, int) error { return nil }
