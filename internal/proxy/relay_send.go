package proxy

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// send calls the server and returns its answer.
func (x *relayed) send(ctx context.Context) (*http.Response, error) {
	x.ours = time.Since(x.start) - x.waited
	// Interim answers come in a goroutine of the transport, which may be late.
	var mu sync.Mutex
	over := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { x.attempts.Add(1) },
		Got1xxResponse: func(status int, h textproto.MIMEHeader) error {
			mu.Lock()
			defer mu.Unlock()
			if !over {
				x.passInterim(status, http.Header(h))
			}
			return nil
		},
	})
	x.watchIdle()
	sent := time.Now()
	res, err := x.svc.pool.transport().RoundTrip(x.outgoing(ctx))
	mu.Lock()
	over = true
	mu.Unlock()
	x.ex.Timing.FirstByte = time.Since(sent)
	if err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errLate) {
			err = cause
		}
		return nil, err
	}
	return res, nil
}

// passInterim sends a 1xx on. That the client may send its body is told by the
// front when the body is read.
func (x *relayed) passInterim(status int, h http.Header) {
	if status == http.StatusContinue || status == http.StatusSwitchingProtocols {
		return
	}
	if x.r.ProtoMajor > 1 && x.r.Header.Get("Expect") != "" && !x.body.begun() {
		return // net/http tells nobody to go on who was told something else before
	}
	mine := x.w.Header()
	maps.Copy(mine, h)
	x.w.WriteHeader(status)
	clear(mine)
}

// outgoing is the request as the server gets it.
func (x *relayed) outgoing(ctx context.Context) *http.Request {
	s := x.svc
	out := &http.Request{
		Method: x.r.Method, URL: verbatimURL(s.scheme(), s.authority, s.target(x.told.target)), Host: s.authority, Header: passed(x.r.Header),
		Body: x.body.outgoing(), ContentLength: x.r.ContentLength, Trailer: x.r.Trailer,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if out.Body == http.NoBody {
		out.ContentLength = 0
	}
	if s.PreserveHost {
		out.Host = x.r.Host
	}
	h := out.Header
	s.RequestHeaders.ApplyMap(h)
	if wantsTrailer(x.r.Header) {
		h["Te"] = []string{"trailers"}
	}
	// RFC 9110, section 7.6.3: a gateway must say that the message came through it.
	h["Via"] = append(h["Via"][:len(h["Via"]):len(h["Via"])], strings.TrimPrefix(x.r.Proto, "HTTP/")+" "+x.p.via)
	if _, ok := h["User-Agent"]; !ok {
		h["User-Agent"] = []string{""} // else net/http would name itself
	}
	if s.Forwarded {
		x.addForwarded(h)
	}
	return out.WithContext(ctx)
}

func (x *relayed) addForwarded(h http.Header) {
	if host := hostOf(x.told.client); host != "" {
		h["X-Forwarded-For"] = append(h["X-Forwarded-For"], host)
	}
	h["X-Forwarded-Proto"] = append(h["X-Forwarded-Proto"], x.scheme())
	if x.r.Host != "" {
		h["X-Forwarded-Host"] = append(h["X-Forwarded-Host"], x.r.Host)
	}
}

// verbatimURL is a URL whose target stays as it was sent, percent-encoding and all.
func verbatimURL(scheme, host, target string) *url.URL {
	u := &url.URL{Scheme: scheme, Host: host, Opaque: target}
	if strings.HasPrefix(target, "//") {
		// An opaque part that begins so would be read as an authority.
		path, query, has := strings.Cut(target, "?")
		plain, err := url.PathUnescape(path)
		if err != nil {
			plain = path
		}
		u.Opaque, u.Path, u.RawPath, u.RawQuery, u.ForceQuery = "", plain, path, query, has && query == ""
	}
	return u
}

// sendFailed records why there is no answer and makes ours, as call.sendFailed does.
func (x *relayed) sendFailed(err error) {
	switch {
	case x.r.Context().Err() != nil:
		x.clientGone(faultline.PhaseWait)
		return
	case x.body.broke() != nil:
		x.bodyBroke(x.body.broke())
		return
	}
	x.ex.Failure = &faultline.Failure{Phase: relayPhase(err), Text: words(err)}
	if x.svc.To.Scheme == schemeH2C && closedOn(err) {
		x.ex.Failure.Text += " (it was spoken to by HTTP/2 without TLS, `h2c://`, which it may not know)"
	}
	status := http.StatusBadGateway
	if isTimeout(err) {
		status = http.StatusGatewayTimeout
	}
	x.answerWith(x.guard.Gateway(status, err))
}

// closedOn reports whether the server ended the connection without a word that
// could be understood.
func closedOn(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// clientGone records a client that ended its stream or its connection.
func (x *relayed) clientGone(ph faultline.Phase) {
	x.ex.Failure = &faultline.Failure{Phase: ph, Text: errClientGone.Error()}
	x.broken = true
	if h := frontConn(x.r.Context()); h != nil {
		h.noteCancelled()
	}
}

// bodyBroke records a client that broke off inside its body, or answers one
// that sent something that is no body.
func (x *relayed) bodyBroke(err error) {
	var wrong *wire.Error
	if strings.Contains(err.Error(), "declared a Content-Length") {
		wrong = lengthError(err)
	}
	if wrong != nil || errors.As(err, &wrong) {
		if x.r.ProtoMajor == 1 {
			x.w.Header()["Connection"] = []string{"close"} // where the next request would begin is not known
		}
		x.answerWith(x.guard.Malformed(wrong))
		return
	}
	x.ex.Failure = &faultline.Failure{Phase: faultline.PhaseSend, Text: "the client broke off its request: " + words(err)}
	x.broken = true
}

// wrongLength is what net/http tells of a body by HTTP/2 or HTTP/3 that is not as
// long as its head says.
var wrongLength = &wire.Fault{
	Name: "content-length-mismatch", Topic: wire.BodyLength, Cause: "content.length-mismatch", Status: http.StatusBadRequest,
	Words: "the body is not as long as Content-Length says", Want: "as many bytes as Content-Length says",
	Source: "RFC 9113, section 8.1.1", Fix: "count the bytes of the body, not its characters, or leave Content-Length out",
}

func lengthError(err error) *wire.Error {
	return &wire.Error{Fault: wrongLength, Topic: wrongLength.Topic, Status: wrongLength.Status, Reason: wrongLength.Words + ": " + err.Error(), InBody: true}
}

// relayPhase tells from an error of net/http how far a call came.
func relayPhase(err error) faultline.Phase {
	var dialed *dialError
	switch {
	case errors.As(err, &dialed):
		return dialPhase(err)
	case strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "PROTOCOL_ERROR"), strings.Contains(err.Error(), "frame"):
		return faultline.PhaseReceive
	}
	return faultline.PhaseWait
}
