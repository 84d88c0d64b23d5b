package proxy

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// readHead reads the head of the final answer and passes interim ones on.
func (x *call) readHead() error {
	sent := time.Now()
	for range maxInterim {
		if x.feeding == nil {
			x.cn.enter(awaiting)
		}
		if x.p.crowded.Load() {
			// While others have their turn the answer often arrives, and a read in vain
			// is saved. Where nobody waits for a turn, this would wake a thread for nothing.
			runtime.Gosched()
		}
		err := x.up.rd.ReadResponse(&x.resp, x.req.Method, &x.p.opts.Limits.Wire)
		if !x.cn.enter(busy) {
			return errLate
		}
		if err != nil {
			return err
		}
		if x.resp.Status == http.StatusSwitchingProtocols && x.req.Upgrade == "" {
			// RFC 9110, section 7.8: what would follow is neither an answer nor anything the client can read.
			return errors.New("the server sent `101 Switching Protocols`, and the request asked for no upgrade")
		}
		if x.resp.Status >= 200 || x.resp.Status == http.StatusSwitchingProtocols {
			x.answerAt = time.Now()
			x.ex.Timing.FirstByte = x.answerAt.Sub(sent)
			return nil
		}
		if err := x.passInterim(); err != nil {
			return err
		}
		x.up.rd.Release()
	}
	return fmt.Errorf("the server sent more than %d interim answers", maxInterim)
}

// passInterim sends a 1xx on (RFC 9110, section 15.2): not to HTTP/1.0
// clients, and no second 100 if the guard has asked for the body already.
func (x *call) passInterim() error {
	if x.req.Minor == 0 || x.resp.Status == http.StatusContinue && x.told100 {
		return nil
	}
	if x.resp.Status == http.StatusContinue {
		x.told100 = true
	}
	if err := x.cn.say(appendResponse(x.head[:0], &x.resp, passing{})); err != nil {
		x.cn.gone.Store(true)
		return errClientGone
	}
	return nil
}

// receive passes the answer on and reports whether the client's connection can
// take another call.
func (x *call) receive() bool {
	if x.resp.Status == http.StatusSwitchingProtocols {
		return x.switchProtocols()
	}
	r := &x.got
	*r = faultline.Response{Status: x.resp.Status, Reason: x.resp.Reason, Proto: x.resp.Proto(), Header: x.resp.Header}
	x.ex.Response = r
	if x.resp.Framing.Kind != wire.NoBody {
		x.ansTee.watch = x.guard.WatchResponse()
	}
	how := x.passing()
	x.head = appendResponse(x.head[:0], &x.resp, how)
	x.answer.Reset(&x.up.rd, x.resp.Framing, &x.p.opts.Limits.Wire)
	x.ours += time.Since(x.answerAt)
	x.p.overhead.add(x.ours)

	err := x.passAnswer(how)
	r.Body, r.Trailer = x.ansTee.body(), x.answer.Trailer
	if err != nil {
		x.answerBroke(err)
		return false
	}
	return x.settle(how)
}

// passAnswer sends head and body on: together if all of it is there, else as
// the body comes.
func (x *call) passAnswer(how passing) *passError {
	f := x.resp.Framing
	switch {
	case f.Kind == wire.NoBody:
		return failing(x.cn.write(&x.head, nil))
	case f.Kind == wire.Length && int64(x.up.rd.Buffered()) >= f.Length:
		body := x.answer.Take()
		x.ansTee.lend(body)
		return failing(x.cn.write(&x.head, body))
	case f.Kind == wire.Length:
		x.ansTee.expect(f.Length)
	}
	out := outlet{w: x.cn, buf: x.head}
	err := pass(&x.answer, &out, &x.ansTee, how.dechunk, func(waits bool) bool {
		if waits {
			x.cn.enter(streaming)
			return true
		}
		return x.cn.enter(busy)
	})
	x.head = out.buf[:0]
	return err
}

func failing(err error) *passError {
	if err == nil {
		return nil
	}
	return &passError{err: err}
}

// passing decides what becomes of the client's connection.
func (x *call) passing() passing {
	kind := x.resp.Framing.Kind
	how := passing{close: x.req.Close || kind == wire.UntilClose || x.cn.stopping.Load(), unchunked: x.req.Minor == 0, rules: &x.svc.ResponseHeaders}
	if x.req.Minor == 0 && kind == wire.Chunked {
		how.dechunk, how.close = true, true
	}
	through := x.bodyThrough()
	if x.req.Expect && !x.told100 && !through {
		// The client has not been told to send its body and will not: where the next
		// request would begin is unknown (RFC 9110, section 10.1.1).
		how.close = true
	}
	how.keepAlive = x.req.Minor == 0 && !how.close
	if through {
		x.keepRequestBody()
		x.guard.Request() // outside of Block it refuses nothing, but Mark knows then
		how.extra = x.guard.Mark()
	}
	return how
}

// settle decides what can be kept after a complete answer.
func (x *call) settle(how passing) bool {
	through := x.bodyThrough()
	if !through && !how.close {
		through = x.finishBody()
	}
	x.stopFeeding()
	// The sweep may have ended the call in this very moment.
	gone := !x.cn.enter(busy) || x.cn.gone.Load()
	x.parks = through && !x.resp.Close && !gone
	keep := !how.close && through
	x.cn.lingers = !keep
	return keep && !gone
}

// answerBroke records an answer that broke off after its head had gone out. It
// is never passed off as complete: the client's connection is cut.
func (x *call) answerBroke(err *passError) {
	gone := x.cn.gone.Load() || !err.reading
	x.stopFeeding()
	x.cutUpstream()
	x.ex.Response.Body.Truncated = true
	x.ex.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: words(err.err)}
	if gone {
		x.ex.Failure.Text = errClientGone.Error()
	}
	x.cn.cut()
}

// nothingAnswered reports whether a call failed before the server said
// anything, by an end of the connection rather than by silence.
func (x *call) nothingAnswered(err error) bool {
	var wrong *wire.Error
	return !errors.As(err, &wrong) && !isTimeout(err) && x.resp.Raw == ""
}

// words are those of an error, without the addresses that net puts before them
// twice.
func words(err error) string {
	if errors.Is(err, wire.ErrCut) {
		return "unexpected EOF: the connection ended before the body did"
	}
	return strings.ToValidUTF8(err.Error(), "?")
}
