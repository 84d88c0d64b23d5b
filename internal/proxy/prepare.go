package proxy

import (
	"time"

	"github.com/faultline-http/faultline/internal/wire"
)

const (
	// gathered is the largest body that is worth having as a whole before the
	// server is called, as long as it keeps coming: no second goroutine is needed then.
	gathered = 128 << 10

	// gatherTime is how long such a body may take; after that it goes on as it comes.
	gatherTime = 2 * tick

	// goOn tells a client that waits with its body to send it (RFC 9110, section 15.2.1).
	goOn = "HTTP/1.1 100 Continue\r\n\r\n"
)

// prepare reads what is there of the body without waiting, or, when the guard
// wants to see it before the server does, all of it up to the limit.
func (x *call) prepare() *passError {
	if x.body.Done() {
		x.complete = true
		return nil
	}
	wanted := x.guard.NeedsBody()
	if wanted && x.req.Expect && x.cn.rd.Buffered() == 0 {
		// The body is needed for the decision, so the guard has to ask for it.
		if err := x.cn.say(append(x.head[:0], goOn...)); err != nil {
			return &passError{err: err}
		}
		x.told100 = true
	}
	var err *passError
	if f := x.req.Framing; f.Kind == wire.Length && (wanted || !x.req.Expect && f.Length <= gathered) && f.Length <= x.bodyTee.limit {
		err = x.gather(int(f.Length), wanted)
	} else {
		err = x.pile(wanted)
	}
	x.complete = x.body.Done()
	return err
}

// gather takes a body of known length as a whole: from the buffer that holds
// the head if it is there, else from memory of its own. One that is not wanted
// by the guard need not be complete.
func (x *call) gather(length int, wanted bool) *passError {
	if x.cn.rd.Buffered() >= length {
		x.ready = x.body.Take()
		x.bodyTee.lend(x.ready)
		return nil
	}
	x.whole.Borrow(length)
	ph := gathering
	if wanted {
		ph = readBody
	}
	since := time.Now()
	for x.whole.Len() < length {
		x.cn.enter(ph)
		err := x.body.TakeInto(&x.whole)
		inTime := x.cn.enter(busy)
		if err == nil && inTime {
			continue
		}
		if !inTime {
			x.cn.halting.resume(x.cn.c)
			if !wanted {
				break
			}
			err = errLate
		}
		if err != nil {
			return &passError{reading: true, err: err}
		}
	}
	x.waited += time.Since(since)
	x.ready = x.whole.Bytes()
	x.bodyTee.lend(x.ready)
	return nil
}

// pile takes a body piece by piece: what has arrived, or all of it.
func (x *call) pile(wanted bool) *passError {
	limit, most := x.bodyTee.limit, together
	if wanted {
		// Chunks of a byte or two are mostly framing, which is held as well.
		most = int(2*limit) + together
	}
	for !x.body.Done() && x.bodyTee.size <= limit && len(x.piled) <= most && (wanted || !x.body.Waits()) {
		var since time.Time
		if x.body.Waits() {
			since = time.Now()
			x.cn.enter(readBody)
		}
		piece, data, err := x.body.Next()
		if !since.IsZero() {
			x.waited += time.Since(since)
			if !x.cn.enter(busy) {
				x.cn.halting.resume(x.cn.c)
				err = errLate
			}
		}
		if err != nil {
			return &passError{reading: true, err: err}
		}
		x.bodyTee.add(data)
		x.piled = append(x.piled, piece...)
	}
	x.ready = x.piled
	return nil
}
