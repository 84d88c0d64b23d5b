package listen

import (
	"fmt"
	"io/fs"
	"net"
	"strconv"
	"strings"
)

// A Spec describes a listener. The zero value of each field but Address is a
// useful default.
type Spec struct {
	// Address says where: "127.0.0.1:8080", ":8443", "unix:/run/faultline.sock",
	// "systemd" (every socket that systemd passed), "systemd:NAME" (those named
	// so by FileDescriptorName=), "fd:3" (a socket that a parent process left open).
	Address string

	// Mode is who may connect to a Unix socket; 0: [SocketMode].
	Mode fs.FileMode

	// TLS says how it is spoken; nil: not at all.
	TLS *TLS

	// Balancers are the addresses whose connections begin with a PROXY header.
	// From all others such a header is not taken: anybody can write one.
	Balancers Ranges

	// Notify is told what happens outside any call. It may be called from
	// several goroutines and must not wait. Nil: nobody is told.
	Notify func(Notice)
}

// SocketMode keeps a Unix socket to the user that runs the proxy.
const SocketMode fs.FileMode = 0o600

// network is the kind of an address.
type network uint8

const (
	overTCP network = iota
	overUnix
	overSystemd
	overFile
)

// parseAddress tells the kinds of addresses apart.
func parseAddress(address string) (kind network, rest string, err error) {
	switch before, after, _ := strings.Cut(address, ":"); before {
	case "unix":
		if after == "" {
			return 0, "", fmt.Errorf("listen %s: the path of the socket is missing: unix:/run/faultline.sock", address)
		}
		return overUnix, after, nil
	case "systemd":
		return overSystemd, after, nil
	case "fd":
		if n, err := strconv.ParseUint(after, 10, 31); err != nil || n < 3 {
			return 0, "", fmt.Errorf("listen %s: the number of an open descriptor is wanted, 3 or above: fd:3", address)
		}
		return overFile, after, nil
	}
	return overTCP, address, checkTCP(address)
}

func checkTCP(address string) error {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("listen %s: host and port are wanted (127.0.0.1:8080, :8080, [::1]:8080), or unix:/path", address)
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return fmt.Errorf("listen %s: %q is no port: a number from 0 to 65535", address, port)
	}
	return nil
}

// Check reports what is wrong with a description as far as that can be said
// without opening anything.
func (s *Spec) Check() error {
	if _, _, err := parseAddress(s.Address); err != nil {
		return err
	}
	if s.TLS == nil {
		return nil
	}
	if err := s.TLS.check(); err != nil {
		return fmt.Errorf("listen %s: %w", s.Address, err)
	}
	return nil
}

func (s *Spec) notify(topic Topic, format string, args ...any) {
	if s.Notify != nil {
		s.Notify(Notice{Topic: topic, Text: fmt.Sprintf(format, args...)})
	}
}
