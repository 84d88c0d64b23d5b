package listen

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func v2(command, family byte, rest string) string {
	return string(signature) + string([]byte{command, family, byte(len(rest) >> 8), byte(len(rest))}) + rest
}

var headers = []struct{ name, sent, client, err string }{
	{"version 1", "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n", "192.0.2.1:56324", ""},
	{"shortest", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n", "1.1.1.1:1", ""},
	{"version 1, IPv6", "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n", "[2001:db8::1]:56324", ""},
	{"shortest of IPv6", "PROXY TCP6 :: :: 0 0\r\n", "[::]:0", ""},
	{"unknown", "PROXY UNKNOWN\r\n", "", ""},
	{"unknown with words", "PROXY UNKNOWN ffff:f:f a b c d\r\n", "", ""},
	{"longest", "PROXY UNKNOWN " + strings.Repeat("f", 91) + "\r\n", "", ""},
	{"too long", "PROXY UNKNOWN " + strings.Repeat("f", 92) + "\r\n", "", "no end within 107 bytes"},
	{"five fields", "PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\nGET / HTTP", "", "is not of the form"},
	{"wrong family", "PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n", "", `says TCP4, and "2001:db8::1" is no address of that kind`},
	{"no address", "PROXY TCP4 localhost 2.2.2.2 1 2\r\n", "", `"localhost" is no address`},
	{"port too large", "PROXY TCP4 1.1.1.1 2.2.2.2 65536 2\r\n", "", `the port "65536"`},
	{"port with zero", "PROXY TCP4 1.1.1.1 2.2.2.2 080 2\r\n", "", `the port "080"`},
	{"cut", "PROXY TCP4 1.1.1.1 2.2.2.2", "", "broke off after 26 bytes"},
	{"cut at once", "PROXY", "", "broke off after 5 bytes"},
	{"version 2", v2(0x21, 0x11, "\xc0\x00\x02\x01\xc6\x33\x64\x02\xdc\x04\x01\xbb"), "192.0.2.1:56324", ""},
	{"with extensions", v2(0x21, 0x11, "\xc0\x00\x02\x01\xc6\x33\x64\x02\xdc\x04\x01\xbb\x03\x00\x04abcd"), "192.0.2.1:56324", ""},
	{"version 2, IPv6", v2(0x21, 0x21, strings.Repeat("\x20\x01", 16)+"\x00\x01\x00\x02"), "[2001:2001:2001:2001:2001:2001:2001:2001]:1", ""},
	{"local", v2(0x20, 0x00, ""), "", ""},
	{"Unix", v2(0x21, 0x31, strings.Repeat("\x00", 216)), "", ""},
	{"unspecified", v2(0x21, 0x00, "anything"), "", ""},
	{"version 3", v2(0x31, 0x11, ""), "", "version 3"},
	{"command 2", v2(0x22, 0x11, ""), "", "the command 2"},
	{"family 4", v2(0x21, 0x41, ""), "", "address family 4"},
	{"too few", v2(0x21, 0x11, "\xc0\x00"), "", "2 bytes of addresses: 12 are needed"},
	{"too many", v2(0x21, 0x11, strings.Repeat("x", 4097)), "", "announces 4097 bytes"},
	{"version 2 cut", v2(0x21, 0x11, strings.Repeat("x", 12))[:20], "", "broke off after 20 bytes"},
	{"a request", "GET /v1/orders HTTP/1.1\r\n", "", "an HTTP request began"},
	{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03xxxxxx", "", "a TLS handshake began"},
	{"something", "hello, is this port open?", "", "something else began"},
}

func TestPROXYHeaders(t *testing.T) {
	t.Parallel()
	for _, tt := range headers {
		const after = "GET / HTTP/1.1\r\n"
		r := strings.NewReader(tt.sent)
		if tt.err == "" {
			r = strings.NewReader(tt.sent + after)
		}
		got, err := readRoute(r)
		var wrong *headerError
		switch {
		case tt.err != "":
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%s: error %v, want %q", tt.name, err, tt.err)
			}
			continue
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if client := got.client.String(); client != tt.client && (tt.client != "" || got.client.IsValid()) {
			t.Errorf("%s: client %s, want %s", tt.name, client, tt.client)
		}
		if rest, _ := io.ReadAll(r); string(rest) != after {
			t.Errorf("%s: %q is left, want what follows the header", tt.name, rest)
		}
	}
}

func FuzzPROXYHeader(f *testing.F) {
	for _, tt := range headers {
		f.Add(tt.sent)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		r := strings.NewReader(sent)
		got, err := readRoute(r)
		used := len(sent) - r.Len()
		if used > maxV2+16 {
			t.Errorf("%d bytes were read", used)
		}
		if err != nil || !strings.HasPrefix(sent, "PROXY TCP") {
			return
		}
		// What was accepted is spelt in one way only, but for the addresses.
		line := strings.TrimSuffix(sent[:used], "\r\n")
		fields := strings.Fields(line)
		if len(fields) != 6 || strings.Join(fields, " ") != line || fmt.Sprint(got.client.Port()) != fields[4] || netip.MustParseAddr(fields[2]).Compare(got.client.Addr()) != 0 {
			t.Errorf("%q was read as %v", line, got)
		}
	})
}

func TestOnlyBalancersTellTheClient(t *testing.T) {
	t.Parallel()
	loopback, elsewhere := ranges(t, "loopback"), ranges(t, "192.0.2.0/24")
	const header = "PROXY TCP4 203.0.113.9 198.51.100.2 56324 443\r\n"
	for name, tt := range map[string]struct {
		spec         Spec
		sent, client string
		err          string
	}{
		"balancer":       {Spec{Balancers: loopback}, header, "203.0.113.9:56324", ""},
		"health check":   {Spec{Balancers: loopback}, "PROXY UNKNOWN\r\n", "127.0.0.1", ""},
		"not a balancer": {Spec{Balancers: elsewhere}, "", "127.0.0.1", ""},
		"no header":      {Spec{Balancers: loopback}, "GET / HTTP/1.1\r\n\r\n", "", "a PROXY header was expected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := opened(t, tt.spec)
			done := greetOne(t, l)
			c := dialed(t, l)
			_, _ = io.WriteString(c, tt.sent+"after")
			g := <-done
			if tt.err != "" {
				if g.err == nil || !strings.Contains(g.err.Error(), tt.err) {
					t.Errorf("error %v, want %q", g.err, tt.err)
				}
				return
			}
			if g.err != nil {
				t.Fatal(g.err)
			}
			if got := g.conn.RemoteAddr().String(); !strings.HasPrefix(got, tt.client) {
				t.Errorf("client = %s, want %s", got, tt.client)
			}
			rest := make([]byte, 5)
			if _, err := io.ReadFull(g.conn, rest); err != nil || string(rest) != "after" {
				t.Errorf("after the header: %q, %v", rest, err)
			}
		})
	}
}

// TestHAProxySendsItsHeader has the protocol's own maker in front of us.
func TestHAProxySendsItsHeader(t *testing.T) {
	t.Parallel()
	haproxy := need(t, "haproxy", "RUNLEVEL=1 apt-get install -y haproxy")
	loopback := ranges(t, "loopback")
	for _, option := range []string{"send-proxy", "send-proxy-v2"} {
		l := opened(t, Spec{Balancers: loopback})
		file := filepath.Join(t.TempDir(), "haproxy.cfg")
		if err := os.WriteFile(file, fmt.Appendf(nil, `defaults
  mode tcp
  timeout connect 5s
  timeout client 5s
  timeout server 5s
listen all
  bind fd@3
  server us %s %s
`, l.Addr(), option), 0o600); err != nil {
			t.Fatal(err)
		}
		// A port that HAProxy chooses is not told: it gets a socket of ours.
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		f, err := ln.(*net.TCPListener).File()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(haproxy, "-db", "-f", file)
		cmd.ExtraFiles = []*os.File{f}
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
		done := greetOne(t, l)
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_ = ln.Close()
		_ = f.Close()
		_, _ = io.WriteString(c, "hello\n")
		g := <-done
		if g.err != nil {
			t.Fatalf("%s: %v", option, g.err)
		}
		if got, want := g.conn.RemoteAddr().String(), c.LocalAddr().String(); got != want {
			t.Errorf("%s: client %s, want %s", option, got, want)
		}
		if line, err := bufio.NewReader(g.conn).ReadString('\n'); line != "hello\n" {
			t.Errorf("%s: %q, %v", option, line, err)
		}
		_ = c.Close()
	}
}
