package proxy

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// call is one request on its way to the server, and its answer on the way back.
type call struct {
	p     *Proxy
	cn    *conn
	req   wire.Request
	resp  wire.Response
	guard *guard.Call
	ex    *faultline.Exchange
	up    *upstream

	body     wire.Body // of the request
	bodyTee  tee
	ready    []byte // the part of the body that goes out together with the head, as it travelled
	complete bool   // nothing of the body is left to be read
	answered bool   // by the guard
	kept     bool   // the client's connection, after one of our pages
	told100  bool   // the client has been told to go on

	fed     chan struct{} // closed when the feeder ends; nil if there is none
	bodyOut chan struct{} // closed when the body is through, or cannot be
	bodyErr *passError    // valid after bodyOut
	gone    atomic.Bool   // the client has hung up

	start  time.Time     // first byte of the request
	parsed time.Time     // its head is complete
	waited time.Duration // for the client's body, before the server was called
	ours   time.Duration // spent by the proxy itself, waiting for nobody
}

// run carries the call and reports whether the connection can take another one.
func (x *call) run() bool {
	if x.servePage() {
		return x.kept
	}
	x.begin()
	defer x.end()
	if r := x.refusedByUs(); r != nil {
		return x.answer(r)
	}
	if r := x.guard.Head(); r != nil {
		return x.answer(r)
	}
	x.body.Reset(x.cn.br, x.req.Framing, x.p.opts.Limits.Wire)
	if err := x.prepare(); err != nil {
		return x.bodyBroke(err)
	}
	if x.guard.NeedsBody() {
		x.keepRequestBody()
		if r := x.guard.Request(); r != nil {
			return x.answer(r)
		}
	}
	if err := x.send(); err != nil {
		return x.sendFailed(err)
	}
	return x.receive()
}

// begin makes the exchange. It shows the call as the client made it; where the
// server's address has a path of its own, only the server's view fits a
// contract, so then it shows that.
func (x *call) begin() {
	r := &x.req
	x.ex = &faultline.Exchange{
		Start: x.start, Vantage: faultline.AtProxy,
		Request: faultline.Request{
			Method: r.Method, Scheme: "http", Host: r.Host, Target: r.Target, Proto: r.Proto(), Header: r.Header,
		},
	}
	if x.p.base != "" {
		q := &x.ex.Request
		q.Scheme, q.Host, q.Target = x.p.opts.To.Scheme, x.p.authority, x.p.target(r)
	}
	x.bodyTee.limit = x.p.guard.BodyLimit()
	x.guard = x.p.guard.Begin(x.ex)
}

// end gives the exchange to the guard. By then no other goroutine has it.
func (x *call) end() {
	x.ex.Timing.Total = time.Since(x.start)
	x.keepRequestBody()
	x.guard.End()
}

func (x *call) keepRequestBody() {
	if x.answered {
		return // the guard has masked what it keeps
	}
	x.ex.Request.Body = x.bodyTee.body()
	if !x.body.Done() {
		x.ex.Request.Body.Truncated = true
	}
	x.ex.Request.Trailer = x.body.Trailer
}

// refusedByUs are requests that a reverse proxy cannot carry.
func (x *call) refusedByUs() *guard.Refusal {
	switch {
	case x.req.Method == http.MethodConnect:
		// What follows may be meant for the tunnel, and is no request then.
		x.req.Close = true
		return x.guard.Refuse(http.StatusNotImplemented, "CONNECT is for forward proxies",
			"this proxy stands in front of one server: the request goes to its address, without a proxy setting")
	case x.p.looped(&x.req):
		return x.guard.Refuse(http.StatusLoopDetected, "The proxy was asked to forward to itself",
			"the Via field shows that the request came through this proxy before: --to points back at it")
	}
	return nil
}

// prepare reads what is there of the body without waiting, or, when the guard
// wants to see it before the server does, all of it up to the limit.
func (x *call) prepare() *passError {
	wanted := x.guard.NeedsBody()
	if wanted && x.req.Expect && !x.body.Done() && x.cn.br.Buffered() == 0 {
		// The body is needed for the decision, so the guard has to ask for it.
		_, _ = x.cn.bw.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
		if err := x.cn.flush(); err != nil {
			return &passError{err: err}
		}
		x.told100 = true
	}
	limit, most := x.p.guard.BodyLimit(), bufferSize
	if wanted {
		// Chunks of a byte or two are mostly framing, which is held as well.
		most = int(2*limit) + bufferSize
	}
	for !x.body.Done() && x.bodyTee.size <= limit && len(x.ready) <= most && (wanted || !x.body.Waits()) {
		var since time.Time
		if x.body.Waits() {
			since = time.Now()
			x.cn.waitRead(x.p.opts.Limits.BodyIdle)
		}
		piece, data, err := x.body.Next()
		if !since.IsZero() {
			x.waited += time.Since(since)
		}
		if err != nil {
			return &passError{reading: true, err: err}
		}
		x.bodyTee.add(data)
		x.ready = append(x.ready, piece...)
	}
	x.complete = x.body.Done()
	x.cn.resume()
	return nil
}

// send connects, sends the request and reads the head of the answer.
func (x *call) send() *sendError {
	x.ours = time.Since(x.parsed) - x.waited
	for attempt := 1; ; attempt++ {
		up, err := x.p.pool.get(context.Background(), attempt > 1)
		if err != nil {
			return &sendError{dialPhase(err), err}
		}
		x.up = up
		x.cn.setUpstream(up.c)
		x.ex.Timing.Connect = up.connect
		again := up.reused && attempt == 1 && x.complete && retryable(x.req.Method)
		if err = x.write(); err == nil {
			x.feed()
			if err = x.readHead(); err == nil {
				return nil
			}
		}
		x.stopFeeding()
		x.cn.setUpstream(nil)
		_ = up.c.Close()
		if !again || x.gone.Load() || !x.nothingAnswered(err) {
			return &sendError{x.phase(err), err}
		}
		// RFC 9112, section 9.3.1: the server had closed the idle connection; the
		// call can be repeated without being made twice.
		x.guard.Retried()
	}
}

// retryable are the idempotent methods (RFC 9110, section 9.2.2).
func retryable(method string) bool {
	switch method {
	case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE":
		return true
	}
	return false
}

// write sends the head and the part of the body that is there.
func (x *call) write() error {
	x.cn.head = x.p.appendRequest(x.cn.head[:0], &x.req, x.cn.c.RemoteAddr())
	_ = x.up.c.SetWriteDeadline(time.Now().Add(x.p.opts.Limits.BodyIdle))
	_, _ = x.up.bw.Write(x.cn.head) // a bufio.Writer keeps its error for Flush
	_, _ = x.up.bw.Write(x.ready)
	return x.up.bw.Flush()
}

// keepsClient reports whether the client's connection can take another call.
func (x *call) keepsClient() bool {
	return !x.req.Close && !x.cn.isStopping()
}

// answer sends a response of our own.
func (x *call) answer(r *guard.Refusal) bool {
	base := ""
	if !x.p.opts.NoPages {
		base = "http://" + x.req.Host + x.p.opts.Pages
	}
	x.stopFeeding()
	x.keepRequestBody()
	x.answered = true
	started := time.Now()
	if x.up == nil && r.Action == faultline.ActionBlocked && !x.parsed.IsZero() {
		started = x.parsed.Add(x.waited) // the decision is part of the cost
	}
	a := x.guard.Answer(r, guard.Client{Loopback: x.cn.loopback, Base: base})
	keep := x.respond(a)
	x.p.overhead.add(x.ours + time.Since(started))
	return keep
}

// respond writes an answer of our own and ends the connection if a part of the
// request is still on its way.
func (x *call) respond(a guard.Answer) bool {
	keep := x.keepsClient() && x.req.Framing.Kind == wire.NoBody || x.keepsClient() && x.complete
	b := x.cn.head[:0]
	b = append(b, "HTTP/1.1 "...)
	b = append(b, statusLine(a.Status)...)
	// RFC 9110, section 6.6.1: whoever makes an answer and has a clock dates it.
	b = append(b, "Date: "...)
	b = time.Now().UTC().AppendFormat(b, http.TimeFormat)
	b = append(b, "\r\n"...)
	for _, f := range a.Header {
		b = append(b, f.Name...)
		b = append(b, ": "...)
		b = append(b, f.Value...)
		b = append(b, "\r\n"...)
	}
	switch {
	case !keep:
		b = append(b, "Connection: close\r\n"...)
	case x.req.Minor == 0:
		b = append(b, "Connection: keep-alive\r\n"...)
	}
	b = append(b, "\r\n"...)
	if x.req.Method != http.MethodHead {
		b = append(b, a.Body...)
	}
	x.cn.head = b
	_, _ = x.cn.bw.Write(b)
	if x.cn.flush() != nil {
		return false
	}
	x.cn.lingers = !keep
	return keep
}

func statusLine(status int) string {
	text := http.StatusText(status)
	return strings.Join([]string{string(rune('0' + status/100)), string(rune('0' + status/10%10)), string(rune('0' + status%10)), " ", text, "\r\n"}, "")
}
