package listen

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"
)

// openUnix listens on a socket in the file system. A file that a process left
// behind when it was killed is taken away, but only if it is a socket and nobody
// answers there.
func openUnix(ctx context.Context, path string, mode fs.FileMode) (net.Listener, error) {
	if mode == 0 {
		mode = SocketMode
	}
	ln, err := bindUnix(ctx, path, mode)
	if errors.Is(err, syscall.EADDRINUSE) {
		if err := removeStale(ctx, path); err != nil {
			return nil, err
		}
		ln, err = bindUnix(ctx, path, mode)
	}
	if err != nil {
		return nil, unixError(path, err)
	}
	return ln, nil
}

func bindUnix(ctx context.Context, path string, mode fs.FileMode) (net.Listener, error) {
	// The mode is set before the file has a name, where the system can do that:
	// nobody gets in between bind and chmod.
	lc := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) error { return modeBeforeBind(c, mode) }}
	ln, err := lc.Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, mode); err != nil {
		_ = ln.Close()
		return nil, err
	}
	return ln, nil
}

func removeStale(ctx context.Context, path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("%s is there already and is no socket: choose another path, or move the file away", path)
	}
	c, err := new(net.Dialer).DialContext(ctx, "unix", path)
	if err == nil {
		_ = c.Close()
		return fmt.Errorf("another process listens on %s: end it, or choose another path", path)
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("%s is there already, and it cannot be told whether anybody listens on it: %w", path, err)
	}
	return os.Remove(path)
}

func unixError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder of %s does not exist: create it (%w)", path, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the folder of %s cannot be written by this user (%w)", path, err)
	case errors.Is(err, syscall.EINVAL) && len(path) > maxSocketPath:
		return fmt.Errorf("the path has %d bytes, and sockets take %d at most: choose a shorter one (%w)", len(path), maxSocketPath, err)
	}
	return err
}

// maxSocketPath is what sockaddr_un holds on Linux, less its terminator; other
// systems take a few bytes less.
const maxSocketPath = 107
