package listen

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
)

// A Listener is one open socket together with what its description asks of
// connections. Accept returns them as they come; what takes time is done by
// Greet.
type Listener struct {
	net.Listener
	spec Spec
	tls  *tls.Config // nil: plain
	keys *keyring    // nil if there is no file to watch

	// AltSvc tells clients of HTTP/2 where else they may call (RFC 7838); empty:
	// nothing. It is set before the first connection is accepted.
	AltSvc string
}

// Open opens what is described: one listener, or with "systemd" as many as were
// passed. Certificate files are watched until the listeners are closed.
func Open(ctx context.Context, s Spec) ([]*Listener, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	// Certificates first: a mistake in them should not take a port for a moment.
	config, keys, err := s.config()
	if err != nil {
		return nil, fmt.Errorf("listen %s: %w", s.Address, err)
	}
	sockets, err := s.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("listen %s: %w", s.Address, err)
	}
	if keys != nil {
		keys.watch(len(sockets))
	}
	out := make([]*Listener, len(sockets))
	for i, socket := range sockets {
		out[i] = &Listener{Listener: socket, spec: s, tls: config, keys: keys}
	}
	return out, nil
}

func (s *Spec) config() (*tls.Config, *keyring, error) {
	if s.TLS == nil {
		return nil, nil, nil
	}
	return s.TLS.config(s.notify)
}

func (s *Spec) open(ctx context.Context) ([]net.Listener, error) {
	kind, rest, _ := parseAddress(s.Address)
	switch kind {
	case overUnix:
		return one(openUnix(ctx, rest, s.Mode))
	case overSystemd:
		return fromSystemd(rest)
	case overFile:
		fd, _ := strconv.Atoi(rest)
		return one(fromFile(uintptr(fd), s.Address))
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", rest)
	if err != nil {
		return nil, openError(err)
	}
	return []net.Listener{ln}, nil
}

func one(ln net.Listener, err error) ([]net.Listener, error) {
	if err != nil {
		return nil, err
	}
	return []net.Listener{ln}, nil
}

// openError says what to do about the usual reasons.
func openError(err error) error {
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another process listens there: end it, or choose another port (%w)", err)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("ports below 1024 need a privilege: choose one above, or give the program CAP_NET_BIND_SERVICE (%w)", err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("no interface of this machine has the address: use 127.0.0.1, or an empty host for all of them (%w)", err)
	case errors.As(err, &dns):
		return fmt.Errorf("the host does not resolve: use an address of this machine (%w)", err)
	}
	return err
}

// fromFile takes over a listening socket that is open in this process. Its file
// stays as it is when the listener is closed: it belongs to who opened it.
func fromFile(fd uintptr, name string) (net.Listener, error) {
	f := os.NewFile(fd, name)
	if f == nil {
		return nil, fmt.Errorf("descriptor %d is not open", fd)
	}
	defer func() { _ = f.Close() }() // the listener has a copy
	ln, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("descriptor %d is no listening socket: %w", fd, err)
	}
	if u, ok := ln.(*net.UnixListener); ok {
		u.SetUnlinkOnClose(false)
	}
	return ln, nil
}

// Spec returns the description.
func (l *Listener) Spec() *Spec { return &l.spec }

// Secure reports whether TLS is spoken.
func (l *Listener) Secure() bool { return l.tls != nil }

// TLSConfig is how TLS is spoken, for a port of another kind beside this one; nil: not
// at all. It follows the files like the listener does.
func (l *Listener) TLSConfig() *tls.Config { return l.tls.Clone() }

// Reload reads the certificate files now, whether they changed or not. What
// cannot be used leaves the old ones standing and is the error.
func (l *Listener) Reload() error {
	if l.keys == nil {
		return nil
	}
	return l.keys.reload()
}

// Close closes the socket.
func (l *Listener) Close() error {
	err := l.Listener.Close()
	if l.keys != nil && !errors.Is(err, net.ErrClosed) {
		l.keys.release()
	}
	return err
}
