package proxy

import (
	"errors"
	"time"
)

// feed passes the rest of the body on in a goroutine of its own, since an
// answer may come before the body is through, and then keeps an ear on the
// client: when it hangs up, the server is not kept busy.
func (x *call) feed() {
	x.fed, x.bodyOut = make(chan struct{}), make(chan struct{})
	if x.complete {
		close(x.bodyOut)
		x.up.awaitAnswer(x.p.opts.Limits.FirstByte)
	}
	go func() {
		defer close(x.fed)
		if !x.complete && !x.passBody() {
			return
		}
		x.watch()
	}()
}

// passBody reports whether all of the body has arrived at the server.
func (x *call) passBody() bool {
	defer close(x.bodyOut)
	limits := x.p.opts.Limits
	flush := func() error {
		_ = x.up.c.SetWriteDeadline(time.Now().Add(limits.BodyIdle))
		return x.up.bw.Flush()
	}
	x.bodyErr = pass(&x.body, x.up.bw, &x.bodyTee, false, flush, func() { x.cn.waitRead(limits.BodyIdle) })
	switch {
	case x.bodyErr == nil:
		x.complete = true
		x.up.awaitAnswer(limits.FirstByte)
		return true
	case x.bodyErr.reading && x.cn.isHalted():
		// It is us who stopped: the server wants no more, and the client has done nothing wrong.
		x.bodyErr = &passError{err: errStopped}
	case x.bodyErr.reading:
		// The client broke off: a server that waits for the rest must not take the part for the whole.
		x.gone.Store(true)
		_ = x.up.c.Close()
	default:
		// The server takes no more. Its answer may say why, and is still to be read.
		x.up.awaitAnswer(limits.FirstByte)
	}
	return false
}

// watch waits until the client says something, which it should not before it
// has the answer unless it pipelines, or hangs up.
func (x *call) watch() {
	_, err := x.cn.br.Peek(1)
	if err != nil && !x.cn.isHalted() && !isTimeout(err) {
		x.gone.Store(true)
		_ = x.up.c.Close()
	}
}

func (cn *conn) isHalted() bool {
	cn.mu.Lock()
	defer cn.mu.Unlock()
	return cn.halted
}

// stopFeeding ends the feeder. Afterwards body and tee belong to the caller.
func (x *call) stopFeeding() {
	if x.fed == nil {
		return
	}
	x.cn.halt()
	<-x.fed
	x.fed = nil
	x.cn.resume()
}

// finishBody gives a body that is still on its way a moment to arrive, so that
// the connections can be kept, and reports whether it did.
func (x *call) finishBody() bool {
	select {
	case <-x.bodyOut:
		return x.bodyErr == nil
	default:
	}
	t := time.NewTimer(lingerTime)
	defer t.Stop()
	select {
	case <-x.bodyOut:
		return x.bodyErr == nil
	case <-t.C:
		return false
	}
}

// errStopped stands for a body that the proxy itself stopped to pass on.
var errStopped = errors.New("the rest of the body is not wanted any more")

// errClientGone stands for whatever broke because the client hung up.
var errClientGone = errors.New("the client closed the connection before the answer was complete")
