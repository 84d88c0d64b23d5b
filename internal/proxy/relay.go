package proxy

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/listen"
)

// relayed is a call in which HTTP/2 or HTTP/3 is spoken on one side at least.
// Messages are those of net/http then: the values of the fields and every byte
// of the bodies stay, the order of fields with different names does not.
// Framing, flow control and resets are the library's; what is asked of the
// guard, and when, is the same as on the direct road (call.go).
type relayed struct {
	p    *Proxy
	svc  *service
	w    http.ResponseWriter
	r    *http.Request
	told told

	guard guard.Call
	begun bool // the guard has the exchange
	ex    faultline.Exchange
	got   faultline.Response // of the exchange

	body     *relayBody
	ansTee   tee
	answered bool // by the guard
	broken   bool // the answer must not end as if it were complete

	start    time.Time
	waited   time.Duration // for the client's body, before the server was called
	ours     time.Duration // spent by the proxy itself, waiting for nobody
	cancel   context.CancelCauseFunc
	idle     *time.Timer  // ends what stands still
	attempts atomic.Int32 // how often a connection was used for the call
}

// told is what a front knows of a request beyond net/http's view of it.
type told struct {
	header faultline.Header // as it came; nil: only the map is known
	target string           // as it came
	proto  string
	client net.Addr
	secure bool // clients reach the front by https
	labels map[string]string
	inside *inside // the tunnel that the request came through; nil: none
}

// Handler carries calls that come by net/http: of HTTP/2 and HTTP/3.
func (p *Proxy) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if !aborted(v) {
					p.mishap(v)
				}
				panic(http.ErrAbortHandler)
			}
		}()
		p.relay(w, r, toldBy(r))
	})
}

// aborted recognises the panic by which a handler of net/http ends a stream.
func aborted(v any) bool {
	err, ok := v.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

// toldBy is what net/http knows.
func toldBy(r *http.Request) told {
	t := told{target: r.RequestURI, proto: strings.TrimSuffix(r.Proto, ".0"), secure: r.TLS != nil}
	if c := frontConn(r.Context()); c != nil {
		c.calls.Add(1)
		t.client, t.labels, t.inside = c.client, c.labels, c.inside
		return t
	}
	if addr, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		t.client = net.TCPAddrFromAddrPort(addr)
	}
	if r.TLS != nil {
		t.labels = map[string]string{}
		(&listen.Conn{TLS: r.TLS}).Label(func(name, value string) { t.labels[name] = value })
	}
	return t
}

// relay carries a call. An answer that broke off ends in the panic by which
// net/http is told so: the client sees its stream reset.
func (p *Proxy) relay(w http.ResponseWriter, r *http.Request, t told) {
	x := &relayed{p: p, w: w, r: r, told: t, start: time.Now()}
	if t.inside != nil {
		t.inside.spoke(nil)
		x.svc = t.inside.svc
	} else {
		if x.servePage() {
			return
		}
		x.svc = p.table.Load().find(r.Host, t.target)
		if x.svc == nil && p.forward != nil {
			x.svc = p.forward.own // which refuses it
		}
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	x.cancel = cancel
	x.carry(ctx)
	x.end()
	cancel(nil)
	if x.broken {
		panic(http.ErrAbortHandler)
	}
}

func (x *relayed) carry(ctx context.Context) {
	if x.svc == nil {
		x.nowhere()
		return
	}
	x.begin()
	if r := x.refusedByUs(); r != nil {
		x.answerWith(r)
		return
	}
	if r := x.guard.Head(); r != nil {
		x.answerWith(r)
		return
	}
	if x.guard.NeedsBody() {
		if err := x.body.readAhead(x.guard.BodyLimit()); err != nil {
			x.bodyBroke(err)
			return
		}
		x.waited = time.Since(x.start)
		x.keepRequestBody()
		if r := x.guard.Request(); r != nil {
			x.answerWith(r)
			return
		}
	}
	res, err := x.send(ctx)
	if err != nil {
		x.sendFailed(err)
		return
	}
	x.receive(res)
}

// begin makes the exchange, as call.begin does.
func (x *relayed) begin() {
	x.ex = x.asked()
	x.svc.show(&x.ex.Request, x.told.target)
	x.svc.guard.Start(&x.guard, &x.ex)
	x.begun = true
	x.body = newRelayBody(x, x.guard.BodyLimit())
	x.ansTee.limit = x.guard.BodyLimit()
	if !x.body.ended {
		x.body.tee.watch = x.guard.WatchRequest()
	}
}

// asked is the call as the client made it.
func (x *relayed) asked() faultline.Exchange {
	header := x.told.header
	if header == nil {
		header = flat(x.r.Header)
	}
	return faultline.Exchange{
		Start: x.start, Vantage: faultline.AtProxy, Labels: x.told.labels,
		Request: faultline.Request{
			Method: x.r.Method, Scheme: x.scheme(), Host: x.r.Host, Target: x.told.target, Proto: x.told.proto, Header: header,
		},
	}
}

// end lets the guard judge the exchange. By then nobody else reads the body.
func (x *relayed) end() {
	x.ex.Timing.Total = time.Since(x.start)
	x.stopBody()
	x.ansTee.end()
	x.keepRequestBody()
	if x.attempts.Load() > 1 {
		x.guard.Retried()
	}
	x.guard.End()
}

func (x *relayed) stopBody() {
	x.body.stop()
	if x.idle != nil {
		x.idle.Stop()
	}
}

func (x *relayed) keepRequestBody() {
	if x.answered {
		return // the guard has masked what it keeps
	}
	x.ex.Request.Body, x.ex.Request.Trailer = x.body.kept(), x.body.trailer()
}

func (x *relayed) scheme() string {
	if x.told.secure {
		return "https"
	}
	return "http"
}

// refusedByUs are requests that a reverse proxy cannot carry.
func (x *relayed) refusedByUs() *guard.Refusal {
	switch {
	case !x.svc.Access.None() && !x.svc.Access.Permits(addressIn(x.told.client)):
		return x.guard.Denied()
	case x.r.Method == http.MethodConnect && x.r.Header.Get(":protocol") != "":
		return x.guard.Refuse(http.StatusNotImplemented, "WebSocket over HTTP/2 is not carried",
			"extended CONNECT (RFC 8441) was not offered here: open the WebSocket over HTTP/1.1")
	case x.svc.To == nil:
		return x.guard.Refuse(http.StatusNotImplemented, "The forward proxy is spoken to by HTTP/1.1",
			"this proxy carries calls to any server for clients that are told to use it, and takes those by HTTP/1.1 only")
	case x.r.Method == http.MethodConnect:
		return x.guard.Refuse(http.StatusNotImplemented, connectTitle, connectDetail)
	case strings.Contains(strings.Join(x.r.Header["Via"], ","), x.p.via):
		return x.guard.Refuse(http.StatusLoopDetected, loopTitle, loopDetail)
	case webSocket(x.r):
		return x.guard.Refuse(http.StatusNotImplemented, "The server is reached by HTTP/2, which carries no upgrade",
			"a WebSocket begins with an upgrade of HTTP/1.1: let the proxy reach this server by http:// or https://")
	}
	return nil
}

// webSocket recognises an upgrade that means something to the client. Others,
// such as to h2c, are offers that a server may leave alone (RFC 9110, section 7.8).
func webSocket(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}
