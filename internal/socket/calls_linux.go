//go:build linux && !race && !faultline_safe

package socket

import (
	"syscall"
	"unsafe"
)

func read(fd uintptr, b []byte) (int, syscall.Errno) {
	n, _, err := syscall.RawSyscall(syscall.SYS_READ, fd, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
	return int(n), err
}

func write(fd uintptr, b []byte) (int, syscall.Errno) {
	n, _, err := syscall.RawSyscall(syscall.SYS_WRITE, fd, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
	return int(n), err
}

// both is room for the two pieces of one call.
type both struct{ pieces [2]syscall.Iovec }

func (v *both) write(fd uintptr, a, b []byte) (int, syscall.Errno) {
	v.pieces[0].Base, v.pieces[1].Base = unsafe.SliceData(a), unsafe.SliceData(b)
	v.pieces[0].SetLen(len(a))
	v.pieces[1].SetLen(len(b))
	n, _, err := syscall.RawSyscall(syscall.SYS_WRITEV, fd, uintptr(unsafe.Pointer(&v.pieces)), uintptr(len(v.pieces)))
	v.pieces = [2]syscall.Iovec{}
	return int(n), err
}
