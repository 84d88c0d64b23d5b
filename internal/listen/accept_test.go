package listen

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// scripted is a listener that answers Accept by a list.
type scripted struct {
	next   chan any // net.Conn or error
	closed chan struct{}
}

func newScripted(list ...any) *scripted {
	s := &scripted{make(chan any, len(list)), make(chan struct{})}
	for _, x := range list {
		s.next <- x
	}
	return s
}

func (s *scripted) Accept() (net.Conn, error) {
	select {
	case x := <-s.next:
		if c, ok := x.(net.Conn); ok {
			return c, nil
		}
		return nil, x.(error)
	case <-s.closed:
		return nil, net.ErrClosed
	}
}

func (s *scripted) Close() error   { close(s.closed); return nil }
func (s *scripted) Addr() net.Addr { return &net.TCPAddr{} }

func short(errno syscall.Errno) error {
	return &net.OpError{Op: "accept", Net: "tcp", Err: os.NewSyscallError("accept4", errno)}
}

func TestAcceptPausesAndRecovers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one, _ := net.Pipe()
		var told notices
		a := NewAcceptor(10, told.add)
		ln := newScripted(short(syscall.EMFILE), short(syscall.EMFILE), short(syscall.ENFILE), one)
		ctx, cancel := context.WithCancel(t.Context())
		start, handled := time.Now(), make(chan time.Duration, 1)
		done := make(chan error)
		go func() { done <- a.Serve(ctx, ln, func(net.Conn) { handled <- time.Since(start) }) }()
		if got, want := <-handled, 35*time.Millisecond; got != want { // 5 + 10 + 20
			t.Errorf("the connection was taken after %v, want %v", got, want)
		}
		synctest.Wait()
		list := told.take()
		if len(list) != 2 || list[0].Topic != Paused || list[1].Topic != Resumed {
			t.Errorf("notices = %v", list)
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v", err)
		}
		a.Wait()
		if a.Open() != 0 {
			t.Errorf("%d connections are still open", a.Open())
		}
	})
}

func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ln := newScripted()
		ln.next = make(chan any, 3)
		for range 3 {
			c, _ := net.Pipe()
			ln.next <- c
		}
		a := NewAcceptor(2, nil)
		release := make(chan struct{})
		done := make(chan error)
		go func() { done <- a.Serve(t.Context(), ln, func(net.Conn) { <-release }) }()
		synctest.Wait()
		if len(ln.next) != 1 {
			t.Errorf("%d connections wait, want 1", len(ln.next))
		}
		release <- struct{}{}
		synctest.Wait()
		if len(ln.next) != 0 {
			t.Error("the place that became free was not taken")
		}
		close(release)
		synctest.Wait()
		_ = ln.Close()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
}

func TestListenerThatIsGoneIsAnError(t *testing.T) {
	t.Parallel()
	gone := short(syscall.EBADF)
	if err := NewAcceptor(1, nil).Serve(t.Context(), newScripted(gone), nil); !errors.Is(err, syscall.EBADF) {
		t.Errorf("Serve = %v", err)
	}
}
