package proxy

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline/internal/listen"
)

// acceptor takes connections from any number of listeners, so many at once from
// all of them together.
type acceptor struct {
	free             chan struct{}
	ctx              context.Context // ends all accepting
	fail             context.CancelCauseFunc
	wg               sync.WaitGroup
	accepted, pauses atomic.Int64
	noticed          atomic.Int64 // when a shortage was told last
}

// Connections are those of clients.
type Connections struct {
	Open     int64
	Accepted int64 // so far
	Pauses   int64 // times that accepting paused for want of file descriptors or memory
}

// Connections counts the connections of clients.
func (p *Proxy) Connections() Connections {
	p.clients.mu.Lock()
	open := len(p.clients.open)
	p.clients.mu.Unlock()
	return Connections{int64(open), p.acceptor.accepted.Load(), p.acceptor.pauses.Load()}
}

func (a *acceptor) begin(ctx context.Context, fail context.CancelCauseFunc, most int) {
	a.free, a.ctx, a.fail = make(chan struct{}, most), ctx, fail
}

// failed is why accepting ended, unless it was told to.
func (a *acceptor) failed() error {
	if err := context.Cause(a.ctx); !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Listen takes connections from one more listener, while Serve runs. Closing the
// listener ends that; its connections stay.
func (p *Proxy) Listen(ln net.Listener) {
	p.acceptor.wg.Go(func() {
		stop := context.AfterFunc(p.acceptor.ctx, func() { _ = ln.Close() })
		defer stop()
		if err := p.accept(p.acceptor.ctx, ln); err != nil {
			p.acceptor.fail(err)
		}
		_ = ln.Close()
	})
}

func (p *Proxy) accept(ctx context.Context, ln net.Listener) error {
	free := p.acceptor.free
	var pause time.Duration
	for {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		c, err := ln.Accept()
		if err != nil {
			<-free
			if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
				return nil
			}
			if !temporary(err) {
				return err
			}
			pause = p.pauseAfter(ctx, pause, err)
			continue
		}
		pause = 0
		p.acceptor.accepted.Add(1)
		cn := newConn(p, c)
		cn.front, _ = ln.(*listen.Listener)
		p.clients.add(cn)
		go func() {
			defer func() { p.clients.remove(cn); <-free }()
			cn.serve()
		}()
	}
}

// noticeEvery keeps a shortage that comes and goes from filling a log.
const noticeEvery = time.Minute

// pauseAfter waits when there are no file descriptors: those of other
// connections come back.
func (p *Proxy) pauseAfter(ctx context.Context, last time.Duration, err error) time.Duration {
	if last == 0 {
		p.acceptor.pauses.Add(1)
	}
	if now := time.Now().UnixNano(); now-p.acceptor.noticed.Load() > int64(noticeEvery) {
		p.acceptor.noticed.Store(now)
		p.notice("no connection can be accepted for want of file descriptors or memory (%v): clients wait until others have gone", err)
	}
	pause := min(max(2*last, 5*time.Millisecond), time.Second)
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
	return pause
}
