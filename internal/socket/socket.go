// Package socket reads from and writes to connections of the system with as
// little between the program and the system as Go allows.
//
// The sockets of package net do not block: a system call on one takes as long as
// the copying. On Linux it is therefore made without telling the scheduler, which
// would otherwise take the processor away from calls that take 20 µs, wake another
// thread for it, and hand it back: under load that costs a proxy a tenth of its
// time. Elsewhere, with the race detector, and with the build tag faultline_safe,
// the calls are the ordinary ones.
package socket

import "syscall"

// raw is the system's connection below c; nil if there is none.
func raw(c any) syscall.RawConn {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	rc, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	return rc
}

// An Error is what the system said of a read or a write. Its text leaves out
// the addresses, which whoever reports it knows.
type Error struct {
	Op  string // "read" or "write"
	Err error
}

func (e *Error) Error() string { return e.Op + ": " + e.Err.Error() }

// Unwrap returns what the system said.
func (e *Error) Unwrap() error { return e.Err }
