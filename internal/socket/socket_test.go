package socket

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// pair is two ends of a connection.
func pair(t *testing.T, network string) (near, far net.Conn) {
	t.Helper()
	address := "127.0.0.1:0"
	if network == "unix" {
		address = filepath.Join(t.TempDir(), "s")
	}
	ln, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	if near, err = net.Dial(network, ln.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if far, err = ln.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = near.Close(), far.Close() })
	return near, far
}

// plain is a connection that is no socket of the system.
type plain struct{ net.Conn }

func TestWriterSendsBothPiecesWhole(t *testing.T) {
	t.Parallel()
	for _, network := range []string{"tcp", "unix", "plain"} {
		for _, sizes := range [][2]int{{0, 0}, {10, 0}, {0, 10}, {10, 20}, {mostForTest, 7}, {7, 3 << 20}, {3 << 20, 3 << 20}} {
			kind := network
			if kind == "plain" {
				kind = "tcp"
			}
			near, far := pair(t, kind)
			a, b := bytes.Repeat([]byte("a"), sizes[0]), bytes.Repeat([]byte("b"), sizes[1])
			got := make(chan []byte, 1)
			go func() {
				all, _ := io.ReadAll(far)
				got <- all
			}()
			var w Writer
			if network == "plain" {
				near = plain{near}
			}
			w.Reset(near)
			if n, err := w.Write(a, b); err != nil || n != int64(len(a)+len(b)) {
				t.Fatalf("%s %v: %d, %v", network, sizes, n, err)
			}
			_ = near.Close()
			if all := <-got; !bytes.Equal(all, append(a, b...)) {
				t.Fatalf("%s %v: %d bytes arrived, or other ones", network, sizes, len(all))
			}
		}
	}
}

// mostForTest is larger than what one system call is asked to take.
const mostForTest = 300 << 10

func TestWriterTellsWhatTheSystemSays(t *testing.T) {
	t.Parallel()
	near, far := pair(t, "tcp")
	var w Writer
	w.Reset(near)
	if err := near.SetWriteDeadline(time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("x"), nil); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("past the deadline: %v", err)
	}
	_ = near.SetWriteDeadline(time.Time{})
	_ = far.(*net.TCPConn).SetLinger(0)
	_ = far.Close()
	var err error
	for err == nil { // until the news of the reset has arrived
		_, err = w.Write([]byte("x"), nil)
	}
	var e *Error
	if !errors.As(err, &e) || e.Op != "write" || !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("after a reset: %v", err)
	}
	_ = near.Close()
	if _, err := w.Write([]byte("x"), nil); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after our own close: %v", err)
	}
}
