package proxy

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// readHead reads the head of the final answer and passes interim ones on.
func (x *call) readHead() error {
	sent := time.Now()
	for range maxInterim {
		if err := wire.ReadResponse(x.up.br, &x.resp, x.req.Method, x.p.opts.Limits.Wire); err != nil {
			return err
		}
		if x.resp.Status >= 200 || x.resp.Status == http.StatusSwitchingProtocols {
			x.up.setAnswered()
			x.ex.Timing.FirstByte = time.Since(sent)
			return nil
		}
		if err := x.passInterim(); err != nil {
			return err
		}
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
	_, _ = x.cn.bw.Write(appendResponse(nil, &x.resp, passing{}))
	if err := x.cn.flush(); err != nil {
		x.gone.Store(true)
		return errClientGone
	}
	return nil
}

// receive passes the answer on and reports whether the client's connection can
// take another call.
func (x *call) receive() bool {
	got := time.Now()
	if x.resp.Status == http.StatusSwitchingProtocols {
		return x.switchProtocols()
	}
	r := &faultline.Response{Status: x.resp.Status, Reason: x.resp.Reason, Proto: x.resp.Proto(), Header: x.resp.Header}
	x.ex.Response = r
	how := x.passing()
	x.cn.head = appendResponse(x.cn.head[:0], &x.resp, how)
	_, _ = x.cn.bw.Write(x.cn.head)
	x.ours += time.Since(got)
	x.p.overhead.add(x.ours)

	kept := tee{limit: x.p.guard.BodyLimit()}
	var body wire.Body
	body.Reset(x.up.br, x.resp.Framing, x.p.opts.Limits.Wire)
	idle := x.p.opts.Limits.BodyIdle
	err := pass(&body, x.cn.bw, &kept, how.dechunk, x.cn.flush, func() { _ = x.up.c.SetReadDeadline(time.Now().Add(idle)) })
	r.Body, r.Trailer = kept.body(), body.Trailer
	if err != nil {
		x.answerBroke(err)
		return false
	}
	return x.settle(how)
}

// passing decides what becomes of the client's connection.
func (x *call) passing() passing {
	kind := x.resp.Framing.Kind
	how := passing{close: x.req.Close || kind == wire.UntilClose || x.cn.isStopping(), unchunked: x.req.Minor == 0}
	if x.req.Minor == 0 && kind == wire.Chunked {
		how.dechunk, how.close = true, true
	}
	if x.req.Expect && !x.told100 && !x.bodyThrough() {
		// The client has not been told to send its body and will not: where the next
		// request would begin is unknown (RFC 9110, section 10.1.1).
		how.close = true
	}
	how.keepAlive = x.req.Minor == 0 && !how.close
	if x.bodyThrough() {
		x.keepRequestBody()
		x.guard.Request() // outside of Block it refuses nothing, but Mark knows then
		for _, f := range x.guard.Mark() {
			how.extra = append(how.extra, wireField{f.Name, f.Value})
		}
	}
	return how
}

// bodyThrough reports whether the whole request has gone to the server. Only
// then may its captured body be looked at while the feeder lives.
func (x *call) bodyThrough() bool {
	select {
	case <-x.bodyOut:
		return x.bodyErr == nil
	default:
		return false
	}
}

// settle ends the call after a complete answer and keeps what can be kept.
func (x *call) settle(how passing) bool {
	through := x.bodyThrough()
	if !through && !how.close {
		through = x.finishBody()
	}
	x.stopFeeding()
	x.cn.setUpstream(nil)
	if through && !x.resp.Close && !x.gone.Load() {
		x.p.pool.put(x.up, &x.resp)
	} else {
		_ = x.up.c.Close()
	}
	keep := !how.close && through
	x.cn.lingers = !keep
	return keep && !x.gone.Load()
}

// answerBroke records an answer that broke off after its head had gone out. It
// is never passed off as complete: the client's connection is cut.
func (x *call) answerBroke(err *passError) {
	gone := x.gone.Load() || !err.reading
	x.stopFeeding()
	x.cn.setUpstream(nil)
	_ = x.up.c.Close()
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
