package listen

import (
	"io/fs"
	"syscall"
)

// modeBeforeBind gives the socket its mode. Linux makes the file of a bound
// socket with the mode of the socket's inode (unix_bind in net/unix/af_unix.c).
func modeBeforeBind(c syscall.RawConn, mode fs.FileMode) (err error) {
	ctl := c.Control(func(fd uintptr) { err = syscall.Fchmod(int(fd), uint32(mode.Perm())) })
	if ctl != nil {
		return ctl
	}
	return err
}
