package proxy

import (
	"net/http"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// call is one request on its way to the server, and its answer on the way back.
// Its memory is used again: what it holds points into the buffers of its
// connections, and the guard copies what it keeps.
type call struct {
	callState

	req     wire.Request
	resp    wire.Response
	guard   guard.Call
	bodyTee tee
	ansTee  tee
	piled   []byte // where a body is gathered, if it does not lie in the connection's buffer
	whole   wire.Block
	head    []byte // where heads are written before they are sent
}

// callState is what a call begins anew with.
type callState struct {
	p     *Proxy
	cn    *conn
	svc   *service
	begun bool // the guard has the exchange
	ex    faultline.Exchange
	got   faultline.Response // of the exchange
	up    *upstream

	body      wire.Body // of the request
	answer    wire.Body
	ready     []byte // the part of the body that goes out together with the head, as it travelled
	complete  bool   // nothing of the body is left to be read
	answered  bool   // by the guard
	challenge bool   // the answer asks for a login
	kept      bool   // the client's connection, after one of our pages
	told100   bool   // the client has been told to go on
	parks     bool   // the connection to the server can be used again

	feeding *feeding   // nil unless the body goes out while the answer may come already
	bodyErr *passError // what became of it

	start    time.Time     // first byte of the request
	arrived  time.Time     // the end of its head
	answerAt time.Time     // the head of the answer has been read
	ended    time.Time     // the answer has been passed on
	waited   time.Duration // for the client's body, before the server was called
	ours     time.Duration // spent by the proxy itself, waiting for nobody
}

var calls = sync.Pool{New: func() any { return new(call) }}

func borrowCall(cn *conn) *call {
	x := calls.Get().(*call)
	x.cn, x.p = cn, cn.p
	return x
}

// giveBack ends the use of all memory that the call had borrowed.
func (x *call) giveBack() {
	x.cn.rd.Release()
	x.bodyTee.reset()
	x.ansTee.reset()
	x.whole.Release()
	x.resp.Raw = ""
	x.head, x.piled = reusable(x.head), reusable(x.piled)
	x.callState = callState{}
	calls.Put(x)
}

// keepable is how large memory may be that a call keeps for the next one.
const keepable = 64 << 10

// reusable empties a slice, and lets go of one that has become large.
func reusable(b []byte) []byte {
	if cap(b) > keepable {
		return nil
	}
	return b[:0]
}

// run carries the call and reports whether the connection can take another one.
func (x *call) run() bool {
	x.svc = x.route()
	if (x.svc == nil || !x.svc.outside) && x.servePage() {
		return x.kept
	}
	keep := x.carry()
	x.end()
	x.parkUpstream()
	return keep
}

func (x *call) carry() bool {
	if x.svc == nil {
		return x.nowhere()
	}
	if x.svc.relays() {
		return x.join()
	}
	x.cn.patient.Store(x.req.Close)
	if x.req.Method == http.MethodConnect && x.p.forward != nil && x.cn.inside == nil {
		return x.connect()
	}
	x.begin()
	if refuse := x.refusalOf(); refuse != nil {
		return x.answerWith(refuse())
	}
	if r := x.refusedByUs(); r != nil {
		return x.answerWith(r)
	}
	if r := x.guard.Head(); r != nil {
		return x.answerWith(r)
	}
	x.body.Reset(&x.cn.rd, x.req.Framing, &x.p.opts.Limits.Wire)
	if err := x.prepare(); err != nil {
		return x.bodyBroke(err)
	}
	if x.guard.NeedsBody() {
		x.keepRequestBody()
		if r := x.guard.Request(); r != nil {
			return x.answerWith(r)
		}
	}
	if err := x.send(); err != nil {
		return x.sendFailed(err)
	}
	return x.receive()
}

// begin makes the exchange. It shows the call as the client made it, but where the
// server gets another one.
func (x *call) begin() {
	x.ex = x.asked()
	x.svc.show(&x.ex.Request, path(&x.req))
	x.svc.guard.Start(&x.guard, &x.ex)
	x.begun = true
	x.bodyTee.limit = x.guard.BodyLimit()
	x.ansTee.limit = x.bodyTee.limit
	if x.req.Framing.Kind != wire.NoBody {
		x.bodyTee.watch = x.guard.WatchRequest()
	}
}

// asked is the call as the client made it.
func (x *call) asked() faultline.Exchange {
	r := &x.req
	return faultline.Exchange{
		Start: x.start, Vantage: faultline.AtProxy, Labels: x.cn.labels,
		Request: faultline.Request{
			Method: r.Method, Scheme: x.scheme(), Host: r.Host, Target: r.Target, Proto: r.Proto(), Header: r.Header,
		},
	}
}

// scheme is that of the address that the client called.
func (x *call) scheme() string {
	if x.svc.outside {
		return x.svc.To.Scheme
	}
	return x.cn.scheme()
}

// end lets the guard judge the exchange. By then no other goroutine has it.
func (x *call) end() {
	x.ended = time.Now()
	if !x.begun {
		return
	}
	x.ex.Timing.Total = x.ended.Sub(x.start)
	x.bodyTee.end()
	x.ansTee.end()
	x.keepRequestBody()
	x.guard.End()
}

func (x *call) keepRequestBody() {
	if x.answered {
		return // the guard has masked what it keeps
	}
	if x.body.Done() {
		x.bodyTee.end() // who watched knows all of it before the guard asks
	}
	x.ex.Request.Body = x.bodyTee.body()
	if !x.body.Done() {
		x.ex.Request.Body.Truncated = true
	}
	x.ex.Request.Trailer = x.body.Trailer
}

// Why a request is refused that a reverse proxy cannot carry, on either road.
const (
	connectTitle  = "CONNECT is for forward proxies"
	connectDetail = "this proxy stands in front of a service: the request goes to its address, without a proxy setting"
	loopTitle     = "The proxy was asked to forward to itself"
	loopDetail    = "the Via field shows that the request came through this proxy before: --to points back at it"
)

// refusedByUs are requests that a reverse proxy cannot carry.
func (x *call) refusedByUs() *guard.Refusal {
	switch {
	case !x.svc.Access.None() && !x.svc.Access.Permits(addressIn(x.cn.client)):
		return x.guard.Denied()
	case x.req.Method == http.MethodConnect:
		return x.refusedConnect()
	case x.p.looped(&x.req):
		return x.guard.Refuse(http.StatusLoopDetected, loopTitle, loopDetail)
	}
	return nil
}

// refusedConnect is for clients that take a reverse proxy for a forward one.
// What follows may be meant for the tunnel, and is no request then.
func (x *call) refusedConnect() *guard.Refusal {
	x.req.Close = true
	return x.guard.Refuse(http.StatusNotImplemented, connectTitle, connectDetail)
}

// keepsClient reports whether the client's connection can take another call.
func (x *call) keepsClient() bool {
	return !x.req.Close && !x.cn.stopping.Load()
}
