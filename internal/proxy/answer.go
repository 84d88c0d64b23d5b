package proxy

import (
	"net/http"
	"strconv"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// answer sends a response of our own.
func (x *call) answerWith(r *guard.Refusal) bool {
	x.stopFeeding()
	x.cutUpstream()
	x.keepRequestBody()
	x.answered = true
	started := time.Now()
	if x.up == nil && r.Action == faultline.ActionBlocked && !x.arrived.IsZero() {
		started = x.arrived.Add(x.waited) // the decision is part of the cost
	}
	a := x.guard.Answer(r, guard.Client{Loopback: x.cn.loopback, Base: x.pages()})
	if x.challenge {
		// RFC 9110, section 15.5.8: a 407 says what login it wants.
		a.Header = append(a.Header, faultline.Field{Name: "Proxy-Authenticate", Value: `Basic realm="faultline"`})
	}
	keep := x.respond(a)
	x.p.overhead.add(x.ours + time.Since(started))
	return keep
}

// pages is the address of the causes' pages, as the client reaches them; empty
// if there are none.
func (x *call) pages() string {
	switch {
	case x.p.opts.NoPages:
		return ""
	case x.svc.outside:
		return "http://" + x.cn.c.LocalAddr().String() + x.p.opts.Pages
	case x.req.Host == "":
		return x.cn.scheme() + "://" + x.cn.c.LocalAddr().String() + x.p.opts.Pages
	}
	return x.cn.scheme() + "://" + x.req.Host + x.p.opts.Pages
}

// respond writes an answer of our own and ends the connection if a part of the
// request is still on its way.
func (x *call) respond(a guard.Answer) bool {
	keep := x.keepsClient() && x.req.Framing.Kind == wire.NoBody || x.keepsClient() && x.complete
	b := x.head[:0]
	b = appendStatusLine(b, a.Status)
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
	body := a.Body
	if x.req.Method == http.MethodHead {
		body = nil
	}
	x.head = b
	if x.cn.write(&x.head, body) != nil {
		return false
	}
	x.cn.lingers = !keep
	return keep
}

func appendStatusLine(b []byte, status int) []byte {
	b = append(b, "HTTP/1.1 "...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, ' ')
	b = append(b, http.StatusText(status)...)
	return append(b, "\r\n"...)
}
