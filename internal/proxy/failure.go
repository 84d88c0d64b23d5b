package proxy

import (
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/socket"
	"github.com/faultline-http/faultline/internal/wire"
)

// dialPhase tells from the error of dial how far it came.
func dialPhase(err error) faultline.Phase {
	var dns *net.DNSError
	var tls *handshakeError
	switch {
	case errors.As(err, &dns):
		return faultline.PhaseResolve
	case errors.As(err, &tls):
		return faultline.PhaseHandshake
	}
	return faultline.PhaseConnect
}

// phase tells how far a call came that broke after the connection stood.
func (x *call) phase(err error) faultline.Phase {
	var op *net.OpError
	var own *socket.Error
	var wrong *wire.Error
	switch {
	case errors.As(err, &wrong):
		return faultline.PhaseReceive
	case errors.As(err, &own) && own.Op == "write", errors.As(err, &op) && strings.HasSuffix(op.Op, "write"):
		return faultline.PhaseSend
	}
	return faultline.PhaseWait
}

// A sendError says why there is no answer, and how far the call came.
type sendError struct {
	phase faultline.Phase
	err   error
}

// sendFailed records why there is no answer and makes ours: 504 where time ran
// out, else 502 (RFC 9110, sections 15.6.3 and 15.6.5).
func (x *call) sendFailed(e *sendError) bool {
	switch {
	case x.bodyErr != nil && x.bodyErr.reading:
		return x.bodyBroke(x.bodyErr)
	case x.cn.gone.Load():
		x.ex.Failure = &faultline.Failure{Phase: faultline.PhaseWait, Text: errClientGone.Error()}
		return false
	}
	x.ex.Failure = &faultline.Failure{Phase: e.phase, Text: words(e.err)}
	if isTimeout(e.err) {
		return x.answerWith(x.guard.Gateway(http.StatusGatewayTimeout, e.err))
	}
	return x.answerWith(x.guard.Gateway(http.StatusBadGateway, e.err))
}

// bodyBroke records a client that hung up inside its body, or answers one that
// sent something that is no body.
func (x *call) bodyBroke(err *passError) bool {
	var wrong *wire.Error
	if errors.As(err, &wrong) {
		x.req.Close = true
		return x.answerWith(x.guard.Malformed(wrong))
	}
	x.ex.Failure = &faultline.Failure{Phase: faultline.PhaseSend, Text: "the client broke off its request: " + words(err.err)}
	return false
}

// refuseMalformed answers a request whose head cannot be read. A connection
// that ended, or said nothing in time, gets no answer: nobody waits for one.
func (x *call) refuseMalformed(err error) {
	var wrong *wire.Error
	if !errors.As(err, &wrong) {
		if !isTimeout(err) {
			return
		}
		wrong = &wire.Error{Status: http.StatusRequestTimeout, Reason: "the head of the request was not complete in time"}
	}
	x.refuseWith(wrong, faultline.Request{Scheme: x.cn.scheme()})
}

// refuseWith answers a request that does not get as far as a service. Of the
// request the exchange shows what could be read.
func (x *call) refuseWith(wrong *wire.Error, shown faultline.Request) {
	x.ex = faultline.Exchange{Start: x.start, Vantage: faultline.AtProxy, Labels: x.cn.labels, Request: shown}
	x.req.Close, x.req.Minor, x.req.Method, x.req.Header, x.req.Host = true, 1, "", x.req.Header[:0], ""
	x.svc = x.p.table.Load().services[0] // somebody has to answer and to count it
	x.begun = true
	x.answerWith(x.svc.guard.StartMalformed(&x.guard, &x.ex, wrong))
	x.end()
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}
