package listen

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// The PROXY protocol of HAProxy, versions 1 and 2:
// https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt
//
// The header is read with its exact length and not one byte more: what follows
// stays in the socket, so that nothing has to stand between it and its reader.

const (
	// maxV1 is the longest line of version 1 with its end (section 2.1).
	maxV1 = 107

	// maxV2 bounds addresses and extensions of version 2. The largest that are
	// seen in the wild hold a certificate's names, of some hundred bytes.
	maxV2 = 4096

	// shortest is the length of "PROXY UNKNOWN\r\n"; a header of version 2 has at least 16 bytes.
	shortest = 15
)

// signature begins every header of version 2.
var signature = []byte("\r\n\r\n\x00\r\nQUIT\n")

// route is what a header tells: both ends of the connection between client and
// balancer. They are invalid for a health check of the balancer itself.
type route struct{ client, server netip.AddrPort }

// A headerError says what is wrong with a PROXY header.
type headerError struct{ text string }

func (e *headerError) Error() string { return e.text }

func wrongHeader(format string, args ...any) error {
	return &headerError{fmt.Sprintf(format, args...)}
}

// readRoute reads a header from the begin of a connection.
func readRoute(c io.Reader) (route, error) {
	buf := make([]byte, shortest, maxV1)
	if n, err := io.ReadFull(c, buf); err != nil {
		return route{}, shortHeader(buf[:n], err)
	}
	switch {
	case bytes.HasPrefix(buf, signature):
		return readV2(c, buf)
	case bytes.HasPrefix(buf, []byte("PROXY ")):
		return readV1(c, buf)
	}
	return route{}, foreignHeader(buf)
}

func shortHeader(got []byte, err error) error {
	if len(got) == 0 || !bytes.HasPrefix(signature, got) && !strings.HasPrefix("PROXY TCP", string(got[:min(len(got), 9)])) {
		return err
	}
	return wrongHeader("the PROXY header broke off after %d bytes", len(got))
}

// foreignHeader names what came in place of a header.
func foreignHeader(got []byte) error {
	what := "something else"
	switch {
	case looksLikeTLS(got):
		what = "a TLS handshake"
	case looksLikeHTTP(got):
		what = "an HTTP request"
	}
	return wrongHeader("a PROXY header was expected and %s began with %q: switch the PROXY protocol on in the balancer, or take its address out of the balancers", what, got)
}

// readV1 reads on to the end of the line.
func readV1(c io.Reader, buf []byte) (route, error) {
	for {
		// Only a line with too few fields, which is refused, ends before the last byte.
		if line, _, ended := bytes.Cut(buf, []byte("\r\n")); ended {
			return parseV1(string(line))
		}
		from := len(buf)
		more := atLeast(buf)
		if from+more > maxV1 {
			return route{}, wrongHeader("the PROXY header has no end within %d bytes", maxV1)
		}
		n, err := io.ReadFull(c, buf[from:from+more])
		buf = buf[:from+n]
		if err != nil && !bytes.Contains(buf, []byte("\r\n")) {
			return route{}, wrongHeader("the PROXY header broke off after %d bytes", len(buf))
		}
	}
}

// atLeast is how many bytes are missing at the least: every field to come has
// one and a separator.
func atLeast(line []byte) int {
	if line[len(line)-1] == '\r' {
		return 1
	}
	if bytes.HasPrefix(line, []byte("PROXY UNKNOWN")) {
		return 1 // what follows the word is free text
	}
	return 2 + 2*max(0, 5-bytes.Count(line, []byte(" ")))
}

func parseV1(line string) (route, error) {
	if line == "PROXY UNKNOWN" || strings.HasPrefix(line, "PROXY UNKNOWN ") {
		return route{}, nil
	}
	f := strings.Split(line, " ")
	if len(f) != 6 || f[1] != "TCP4" && f[1] != "TCP6" {
		return route{}, wrongHeader("the PROXY header %q is not of the form `PROXY TCP4 CLIENT SERVER CLIENT-PORT SERVER-PORT`", line)
	}
	client, err := endV1(f[1], f[2], f[4])
	if err != nil {
		return route{}, err
	}
	server, err := endV1(f[1], f[3], f[5])
	return route{client, server}, err
}

func endV1(family, addr, port string) (netip.AddrPort, error) {
	a, err := netip.ParseAddr(addr)
	if err != nil || a.Zone() != "" || a.Is4() != (family == "TCP4") {
		return netip.AddrPort{}, wrongHeader("the PROXY header says %s, and %q is no address of that kind", family, addr)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || len(port) > 1 && port[0] == '0' {
		return netip.AddrPort{}, wrongHeader("the port %q in the PROXY header is no number from 0 to 65535", port)
	}
	return netip.AddrPortFrom(a, uint16(n)), nil
}

// readV2 reads the rest of a binary header: version and command, family, length,
// addresses and extensions (section 2.2).
func readV2(c io.Reader, buf []byte) (route, error) {
	buf = buf[:16]
	if _, err := io.ReadFull(c, buf[shortest:]); err != nil {
		return route{}, wrongHeader("the PROXY header broke off after %d bytes", shortest)
	}
	version, command, family := buf[12]>>4, buf[12]&15, buf[13]
	length := int(binary.BigEndian.Uint16(buf[14:]))
	switch {
	case version != 2:
		return route{}, wrongHeader("the PROXY header is of version %d: 1 and 2 exist", version)
	case command > 1:
		return route{}, wrongHeader("the PROXY header has the command %d: LOCAL (0) and PROXY (1) exist", command)
	case length > maxV2:
		return route{}, wrongHeader("the PROXY header announces %d bytes: %d at most are read", length, maxV2)
	}
	rest := make([]byte, length)
	if n, err := io.ReadFull(c, rest); err != nil {
		return route{}, wrongHeader("the PROXY header broke off after %d bytes", 16+n)
	}
	if command == 0 {
		return route{}, nil // LOCAL: the balancer speaks for itself
	}
	return parseV2(family, rest)
}

// parseV2 reads the addresses. Families that have none that matter to us are
// accepted and tell nothing, as the protocol asks.
func parseV2(family byte, b []byte) (route, error) {
	size := 0
	switch family >> 4 {
	case 1:
		size = net.IPv4len
	case 2:
		size = net.IPv6len
	case 0, 3:
		return route{}, nil
	default:
		return route{}, wrongHeader("the PROXY header has the address family %d: 0 to 3 exist", family>>4)
	}
	if len(b) < 2*size+4 {
		return route{}, wrongHeader("the PROXY header has %d bytes of addresses: %d are needed", len(b), 2*size+4)
	}
	end := func(addr, port int) netip.AddrPort {
		a, _ := netip.AddrFromSlice(b[addr : addr+size])
		return netip.AddrPortFrom(a.Unmap(), binary.BigEndian.Uint16(b[port:]))
	}
	return route{end(0, 2*size), end(size, 2*size+2)}, nil
}
