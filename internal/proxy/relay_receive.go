package proxy

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// receive passes the answer on.
func (x *relayed) receive(res *http.Response) {
	got := time.Now()
	defer func() { _ = res.Body.Close() }()
	x.got = faultline.Response{
		Status: res.StatusCode, Reason: strings.TrimPrefix(strings.TrimPrefix(res.Status, res.Status[:min(3, len(res.Status))]), " "),
		Proto: strings.TrimSuffix(res.Proto, ".0"), Header: flat(res.Header),
	}
	x.ex.Response = &x.got
	h := x.w.Header()
	maps.Copy(h, passed(res.Header))
	x.svc.ResponseHeaders.ApplyMap(h)
	if res.Body != http.NoBody {
		x.ansTee.watch = x.guard.WatchResponse()
	}
	if x.body.through() {
		x.keepRequestBody()
		x.guard.Request() // outside of Block it refuses nothing, but Mark knows then
		for _, f := range x.guard.Mark() {
			h.Add(f.Name, f.Value)
		}
	}
	announced := len(res.Trailer)
	if announced > 0 {
		h["Trailer"] = []string{strings.Join(names(res.Trailer), ", ")}
	}
	if c := frontConn(x.r.Context()); c != nil && c.altSvc != "" {
		h.Add("Alt-Svc", c.altSvc)
	}
	verbatim(h)
	if res.ContentLength > 0 {
		x.ansTee.expect(res.ContentLength)
	}
	x.ours += time.Since(got)
	x.p.overhead.add(x.ours)
	x.w.WriteHeader(res.StatusCode)
	err := x.pass(res)
	x.got.Body = x.ansTee.body()
	if err != nil {
		x.answerBroke(err)
		return
	}
	x.passTrailer(res.Trailer, announced)
}

// verbatim keeps net/http from adding fields that the server did not send.
func verbatim(h http.Header) {
	for _, name := range []string{"Date", "Content-Type"} {
		if _, ok := h[name]; !ok {
			h[name] = nil
		}
	}
}

// pieces are the buffers of bodies that pass.
var pieces = sync.Pool{New: func() any { return new([pieceSize]byte) }}

// pass copies the body and flushes whenever nothing more is at hand, so that
// events pass as they come.
func (x *relayed) pass(res *http.Response) *passError {
	flusher := http.NewResponseController(x.w)
	buf := pieces.Get().(*[pieceSize]byte)
	defer pieces.Put(buf)
	if res.ContentLength < 0 {
		_ = flusher.Flush() // the head alone may be what the client waits for
	}
	for {
		n, err := res.Body.Read(buf[:])
		x.moves()
		x.ansTee.add(buf[:n])
		if n > 0 {
			if _, err := x.w.Write(buf[:n]); err != nil {
				return &passError{err: err}
			}
			if n < len(buf) && err == nil {
				if err := flusher.Flush(); err != nil {
					return &passError{err: err}
				}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &passError{reading: true, err: err}
		}
	}
}

// passTrailer sends the trailer on: fields that were announced under their
// names, others in the way that net/http has for them.
func (x *relayed) passTrailer(trailer http.Header, announced int) {
	x.got.Trailer = flat(trailer)
	if len(trailer) == 0 {
		return
	}
	if announced == 0 {
		_ = http.NewResponseController(x.w).Flush() // with a known length nothing could follow
	}
	h := x.w.Header()
	for name, values := range trailer {
		if announced != len(trailer) {
			name = http.TrailerPrefix + name
		}
		h[name] = values
	}
}

// answerBroke records an answer that broke off after its head had gone out.
func (x *relayed) answerBroke(err *passError) {
	x.got.Body.Truncated = true
	x.broken = true
	if !err.reading || x.r.Context().Err() != nil {
		x.clientGone(faultline.PhaseReceive)
		return
	}
	x.ex.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: words(err.err)}
	if strings.Contains(err.err.Error(), "stream error") || errors.Is(err.err, io.ErrUnexpectedEOF) {
		x.ex.Failure.Text = "unexpected EOF: " + words(err.err)
	}
}

// answerWith sends a response of our own.
func (x *relayed) answerWith(r *guard.Refusal) {
	base := ""
	if !x.p.opts.NoPages {
		base = x.scheme() + "://" + x.r.Host + x.p.opts.Pages
		if x.told.inside != nil {
			base = x.told.inside.pages
		}
	}
	x.stopBody()
	x.keepRequestBody()
	x.answered = true
	host := hostOf(x.told.client)
	started := time.Now()
	a := x.guard.Answer(r, guard.Client{Loopback: host == "" || isLoopback(host), Base: base})
	x.respond(a)
	x.p.overhead.add(x.ours + time.Since(started))
}

func (x *relayed) respond(a guard.Answer) {
	h := x.w.Header()
	for _, f := range a.Header {
		h.Add(f.Name, f.Value)
	}
	x.w.WriteHeader(a.Status)
	if x.r.Method != http.MethodHead {
		_, _ = x.w.Write(a.Body)
	}
}

// servePage answers requests for the pages of the causes.
func (x *relayed) servePage() bool {
	slug, ok := x.p.pageFor(x.told.target)
	if !ok {
		return false
	}
	x.respond(x.p.page(slug, x.r.Method, strings.Join(x.r.Header["Accept"], ",")))
	return true
}

// names are those of the fields, in a steady order.
func names(h http.Header) []string {
	out := make([]string, 0, len(h))
	for name := range h {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
