//go:build unix

package torture

import (
	"net"
	"os"
	"testing"
)

// TestOutOfFiles gives the program few file descriptors and more clients than
// that. It says so, and serves again as soon as some have gone.
func TestOutOfFiles(t *testing.T) {
	t.Parallel()
	seen, server := newRecorder(t)
	p := runProgram(t, "ulimit -n 48; exec $FAULTLINE proxy --to http://"+server+" --listen 127.0.0.1:0")
	var idle []net.Conn
	for range 100 {
		c, err := net.Dial("tcp", p.addr)
		if err != nil {
			t.Fatal(err)
		}
		idle = append(idle, c)
	}
	p.said.wait(t, `file descriptors`)
	for _, c := range idle {
		_ = c.Close()
	}
	if err := askAfter(p.addr, "/after"); err != nil {
		t.Error(err)
	}
	seen.take("/after")
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v: %s", err, p.said)
	}
}
