package listen

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

// An Acceptor takes connections from any number of listeners, at most so many at
// once from all of them together.
type Acceptor struct {
	slots  chan struct{}
	notify func(Notice)
	wg     sync.WaitGroup
}

// NewAcceptor returns an acceptor for at most max connections at once; further
// ones wait in the system's queue. Notify may be nil.
func NewAcceptor(most int, notify func(Notice)) *Acceptor {
	if notify == nil {
		notify = func(Notice) {}
	}
	return &Acceptor{slots: make(chan struct{}, most), notify: notify}
}

// Open is how many connections there are.
func (a *Acceptor) Open() int { return len(a.slots) }

// Wait returns when every connection has been handled.
func (a *Acceptor) Wait() { a.wg.Wait() }

// The pause after an accept that failed for want of resources: those of other
// connections come back by themselves.
const (
	firstPause = 5 * time.Millisecond
	maxPause   = time.Second
)

// Serve accepts until ctx ends or the listener is closed, and calls handle in a
// goroutine of its own for each connection, which it closes afterwards. It
// returns nil at such an end and does not wait for the connections, see Wait.
func (a *Acceptor) Serve(ctx context.Context, l net.Listener, handle func(net.Conn)) error {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	var pause time.Duration
	for {
		select {
		case a.slots <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		c, err := l.Accept()
		if err != nil {
			<-a.slots
			if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
				return nil
			}
			if !passing(err) {
				return err
			}
			pause = a.pause(ctx, pause, err)
			continue
		}
		if pause > 0 {
			pause = 0
			a.notify(Notice{Resumed, "connections are accepted again"})
		}
		a.wg.Go(func() {
			defer func() { _ = c.Close(); <-a.slots }()
			handle(c)
		})
	}
}

func (a *Acceptor) pause(ctx context.Context, last time.Duration, err error) time.Duration {
	if last == 0 {
		a.notify(Notice{Paused, "no connection can be accepted for the moment, so accepting pauses: " + err.Error() +
			" (raise the limit of open files, ulimit -n or LimitNOFILE=, or lower the number of connections)"})
	}
	pause := min(max(2*last, firstPause), maxPause)
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return pause
}

// passing tells an accept that may work in a moment from a listener that is gone.
func passing(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && resourceShort(err)
}

// Accept returns the next connection that the access rules admit. Others are
// closed at once, without an answer.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := AddrPort(c.RemoteAddr())
		if l.spec.Access.Allows(from.Addr()) {
			return c, nil
		}
		l.spec.notify(Denied, "a connection from %s was closed: the access rules of %s exclude the address", from.Addr(), l.spec.Address)
		_ = c.Close()
	}
}

// AddrPort is the address as a value; invalid for Unix sockets.
func AddrPort(a net.Addr) netip.AddrPort {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	ap := tcp.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}
