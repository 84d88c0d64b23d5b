package proxy

import (
	"errors"
	"time"
)

// feeding passes the rest of a body on in a goroutine of its own, since an
// answer may come before the body is through.
type feeding struct {
	to   *upstream     // of the call when the body began to go out
	done chan struct{} // closed when the body is through, or cannot be
	err  *passError    // valid after done
}

// feed begins to pass the rest of the body on.
func (x *call) feed() {
	x.feeding = &feeding{to: x.up, done: make(chan struct{})}
	if x.req.Framing.Length > 0 {
		x.bodyTee.expect(x.req.Framing.Length)
	}
	go x.passBody(x.feeding)
}

func (x *call) passBody(f *feeding) {
	defer func() {
		if v := recover(); v != nil {
			// The server must not take the part for the whole.
			x.p.mishap(v)
			f.err = &passError{err: errMishap}
			f.to.close()
		}
		close(f.done)
	}()
	cn := x.cn
	out := outlet{w: sender{x}}
	f.err = pass(&x.body, &out, &x.bodyTee, false, func(begins bool) bool {
		if begins {
			cn.feeder.enter(readBody, &cn.p.clock)
			return true
		}
		return cn.feeder.enter(busy, &cn.p.clock)
	})
	cn.feeder.enter(busy, &cn.p.clock)
	switch {
	case f.err == nil:
		// From here on it is the server's turn.
		cn.main.begin(awaiting, &cn.p.clock)
	case f.err.reading && cn.halting.stopped():
		// It is us who stopped: the server wants no more, and the client has done nothing wrong.
		f.err = &passError{err: errStopped}
	case f.err.reading:
		// The client broke off: a server that waits for the rest must not take the part for the whole.
		cn.gone.Store(true)
		f.to.close()
	default:
		// The server takes no more. Its answer may say why, and is still to be read.
		cn.main.begin(awaiting, &cn.p.clock)
	}
}

// errMishap is a mistake of ours on the way of a body.
var errMishap = errors.New("the proxy failed")

// bodyThrough reports whether the whole request has gone to the server. Only
// then may its captured body be looked at while the feeder lives.
func (x *call) bodyThrough() bool {
	if x.feeding == nil {
		return x.complete
	}
	select {
	case <-x.feeding.done:
		return x.feeding.err == nil
	default:
		return false
	}
}

// stopFeeding ends the feeder. Afterwards body and tee belong to the caller.
func (x *call) stopFeeding() {
	if x.feeding == nil {
		return
	}
	x.cn.halting.stop(x.cn.c)
	if !x.bodyThrough() {
		// It may be held up by a server that takes no more.
		_ = x.feeding.to.c.SetWriteDeadline(past)
	}
	<-x.feeding.done
	x.bodyErr = x.feeding.err
	x.complete = x.bodyErr == nil
	x.feeding = nil
	x.cn.halting.resume(x.cn.c)
}

// finishBody gives a body that is still on its way a moment to arrive, so that
// the connections can be kept, and reports whether it did.
func (x *call) finishBody() bool {
	if x.feeding == nil {
		return x.complete
	}
	t := time.NewTimer(lingerTime)
	defer t.Stop()
	select {
	case <-x.feeding.done:
		return x.feeding.err == nil
	case <-t.C:
		return false
	}
}

// errStopped stands for a body that the proxy itself stopped to pass on.
var errStopped = errors.New("the rest of the body is not wanted any more")

// errClientGone stands for whatever broke because the client hung up.
var errClientGone = errors.New("the client closed the connection before the answer was complete")
