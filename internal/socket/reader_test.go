//go:build unix

package socket

import (
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
)

// sheet is memory that notes whether it is held.
type sheet struct {
	b       [16]byte
	asked   int
	vacated int
}

func (s *sheet) Room() []byte { s.asked++; return s.b[:] }
func (s *sheet) Vacate()      { s.vacated++ }

func TestReaderHoldsNoMemoryWhileItWaits(t *testing.T) {
	t.Parallel()
	near, far := pair(t, "tcp")
	var r Reader
	if r.Watch(near); !r.Usable() {
		t.Fatal("a connection of the system is not usable")
	}
	var s sheet
	done := make(chan error, 1)
	go func() {
		n, err := r.Read(&s)
		if got := string(s.b[:n]); err == nil && got != "hello" {
			err = errors.New(got)
		}
		done <- err
	}()
	if _, err := far.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if s.asked != s.vacated+1 {
		t.Errorf("asked for room %d times, vacated it %d times", s.asked, s.vacated)
	}
	_ = far.Close()
	if n, err := r.Read(&s); n != 0 || err != nil {
		t.Errorf("at the end: %d, %v", n, err)
	}
	_ = near.Close()
	if _, err := r.Read(&s); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after our own close: %v", err)
	}
}

func TestReaderTellsOfAReset(t *testing.T) {
	t.Parallel()
	near, far := pair(t, "tcp")
	var r Reader
	r.Watch(near)
	_ = far.(*net.TCPConn).SetLinger(0)
	_ = far.Close()
	if _, err := r.Read(&sheet{}); !errors.Is(err, syscall.ECONNRESET) || err.Error() != "read: connection reset by peer" {
		t.Errorf("%v", err)
	}
}

func TestReaderLeavesOtherSourcesAlone(t *testing.T) {
	t.Parallel()
	var r Reader
	for _, src := range []io.Reader{strings.NewReader("x"), nil} {
		if r.Watch(src); r.Usable() {
			t.Errorf("%T is usable", src)
		}
	}
}
