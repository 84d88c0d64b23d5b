//go:build unix

package cli

import (
	"golang.org/x/sys/unix"
)

// inForeground reports whether the terminal is ours: a command that a shell
// runs in the background is stopped when it touches the terminal's settings.
func inForeground(fd int) bool {
	group, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}
