package proxy

import (
	"context"
	"time"

	"github.com/faultline-http/faultline"
)

// send connects, sends the request and reads the head of the answer.
func (x *call) send() *sendError {
	now := time.Now()
	x.ours = now.Sub(x.arrived) - x.waited
	repeatable := x.complete && faultline.Idempotent(x.req.Method)
	for attempt := 1; ; attempt++ {
		up, err := x.svc.pool.get(context.Background(), now, attempt > 1, repeatable)
		if err != nil {
			return &sendError{dialPhase(err), err}
		}
		x.up = up
		x.cn.up.Store(up)
		up.uses++
		if up.uses == 1 {
			x.ex.Timing.Connect = up.connect
		}
		sent, err := x.write()
		if err == nil {
			if !x.complete {
				x.feed()
			}
			if err = x.readHead(); err == nil {
				return nil
			}
		}
		x.stopFeeding()
		x.cutUpstream()
		again := up.uses > 1 && attempt == 1 && !x.cn.gone.Load() && (sent == 0 || repeatable && x.nothingAnswered(err))
		if !again || isTimeout(err) {
			return &sendError{x.phase(err), err}
		}
		// RFC 9112, section 9.3.1: the server had closed the idle connection; the
		// call can be repeated without being made twice, since nothing of it was sent,
		// or since making it twice does nothing more.
		x.guard.Retried()
		x.forgetUpstream()
	}
}

// write sends the head and the part of the body that is there, and returns how
// much was taken.
func (x *call) write() (int64, error) {
	x.head = x.appendRequest(x.head[:0])
	x.cn.enter(tellServer)
	n, err := writeBoth(&x.up.out, &x.head, x.ready)
	if !x.cn.enter(busy) {
		return n, errLate
	}
	return n, err
}

// cutUpstream closes the connection to the server. What was read from it stays
// until the call has ended.
func (x *call) cutUpstream() {
	if x.up == nil {
		return
	}
	x.cn.up.Store(nil)
	x.up.close()
	x.parks = false
}

// forgetUpstream lets go of a closed connection, and of all that was read from it.
func (x *call) forgetUpstream() {
	x.up.rd.Close()
	x.up = nil
}

// parkUpstream keeps the connection to the server for other calls, now that
// nothing of the answer is used any more.
func (x *call) parkUpstream() {
	switch {
	case x.up == nil:
	case x.parks:
		x.cn.up.Store(nil)
		x.up.pool.put(x.up, &x.resp, x.ended)
		x.up = nil
	default:
		x.cutUpstream()
		x.forgetUpstream()
	}
}
