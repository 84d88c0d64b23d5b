package listen

import (
	"crypto/tls"
	"net"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/testcert"
)

// notices collects what a listener tells.
type notices struct {
	mu   sync.Mutex
	list []Notice
}

func (n *notices) add(x Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, x)
}

func (n *notices) take() []Notice {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.list
	n.list = nil
	return list
}

// opened opens one listener, which ends with the test.
func opened(t *testing.T, s Spec) *Listener {
	t.Helper()
	if s.Address == "" {
		s.Address = "127.0.0.1:0"
	}
	ls, err := Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ls[0].Close() })
	return ls[0]
}

// greeted is what became of one connection.
type greeted struct {
	conn *Conn
	err  error
}

// greetOne accepts and greets the next connection in the background. The
// connection is closed at the end of the test, or at once if it failed.
func greetOne(t *testing.T, l *Listener) <-chan greeted {
	t.Helper()
	out := make(chan greeted, 1)
	go func() {
		raw, err := l.Accept()
		if err != nil {
			out <- greeted{nil, err}
			return
		}
		c, err := l.Greet(raw, 10*time.Second)
		var failed *GreetError
		if err != nil {
			failed, _ = err.(*GreetError)
		}
		if failed == nil || failed.Plain == nil {
			if err != nil {
				_ = raw.Close()
			}
		}
		t.Cleanup(func() { _ = raw.Close() })
		out <- greeted{c, err}
	}()
	return out
}

func dialed(t *testing.T, l *Listener) net.Conn {
	t.Helper()
	c, err := net.Dial(l.Addr().Network(), l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// need skips a test whose program is not installed, or fails it where all of
// them are required.
func need(t *testing.T, program, install string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatalf("%s is not installed: %s", program, install)
	}
	t.Skipf("%s is not installed: %s", program, install)
	return ""
}

// saved is a pair of files with the certificate.
func saved(ca *testcert.Authority, name string, c tls.Certificate) Pair {
	cert, key := ca.Save(name, c)
	return Pair{cert, key}
}
