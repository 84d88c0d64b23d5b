package guard

import (
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

// A mishap is a panic of ours: in a rule, in judging by a contract, in a sink.
// The call goes on as if nobody had looked at it. It is counted, and told once
// for each place.

// caught ends a mishap in what a front calls of a Call.
func (c *Call) caught() {
	v := recover()
	if v == nil {
		return
	}
	c.guard.mishap(v)
	if c.request == pending {
		c.request = mishap
	}
}

// caughtRefusal is caught where the front cannot carry the call and has to answer.
func (c *Call) caughtRefusal(r **Refusal, status int) {
	v := recover()
	if v == nil {
		return
	}
	c.guard.mishap(v)
	c.request = refusedUnread
	c.d = &faultline.Diagnosis{Exchange: c.id(), Failed: true}
	*r = &Refusal{Status: status, Action: faultline.ActionBlocked, Diagnosis: c.d}
}

// caughtAnswer makes the shortest answer that there is.
func (c *Call) caughtAnswer(a *Answer, status int) {
	v := recover()
	if v == nil {
		return
	}
	c.guard.mishap(v)
	body := []byte(`{"status":` + strconv.Itoa(status) + `,"title":"` + http.StatusText(status) + `"}` + "\n")
	*a = Answer{Status: status, Body: body, Header: faultline.Header{
		{Name: "Content-Type", Value: "application/problem+json"},
		{Name: "Cache-Control", Value: "no-store"},
		{Name: "Content-Length", Value: strconv.Itoa(len(body))},
	}}
	// What is kept was not masked to the end: of it only what holds no secret stays.
	c.kept = &faultline.Exchange{
		ID: c.id(), Start: c.Exchange.Start, Vantage: c.Exchange.Vantage,
		Request:  faultline.Request{Method: strings.Clone(c.Exchange.Request.Method), Scheme: c.Exchange.Request.Scheme, Proto: c.Exchange.Request.Proto},
		Response: &faultline.Response{Status: status, Proto: "HTTP/1.1", Header: a.Header, Body: faultline.NewBody(body)},
	}
	c.d = &faultline.Diagnosis{Exchange: c.id(), Failed: true}
	c.refused, c.action = true, faultline.ActionBlocked
}

// mostPlaces bounds how many places are told.
const mostPlaces = 32

// Mishap counts a panic of the front, which has recovered v, and tells where it
// was. It is called by the deferred function itself.
func (g *Guard) Mishap(v any) { g.mishap(v) }

// mishap counts a panic and tells where it was.
func (g *Guard) mishap(v any) {
	g.counts.mishaps.Add(1)
	at := place()
	notice := g.rules.Load().opts.Notice
	if notice == nil || !g.counts.firstAt(at) {
		return
	}
	text := fmt.Sprint(v)
	const most = 200
	notice(fmt.Sprintf("a mistake in faultline itself, please report it: %s in %s", strconv.QuoteToGraphic(text[:min(len(text), most)]), at))
}

// firstAt reports whether nothing has been told of the place.
func (c *counters) firstAt(at string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.places[at] || len(c.places) >= mostPlaces {
		return false
	}
	if c.places == nil {
		c.places = map[string]bool{}
	}
	c.places[at] = true
	return true
}

// place is the function and line that panicked: the first below the runtime's.
func place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	below := false
	for {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			below = true
		case below && !strings.HasPrefix(f.Function, "runtime."):
			_, name, _ := strings.Cut(f.Function[strings.LastIndexByte(f.Function, '/')+1:], ".")
			file := f.File[strings.LastIndexByte(f.File, '/')+1:]
			return name + " (" + file + ":" + strconv.Itoa(f.Line) + ")"
		}
		if !more {
			return "a place that is not known"
		}
	}
}

// sheltered is a Watcher whose mishaps end the watching and nothing else.
type sheltered struct {
	Watcher
	mishap func(v any)
	drop   func() // forgets what was seen so far; may be nil
}

// Write is a Watcher's.
func (s *sheltered) Write(p []byte) {
	if s.Watcher != nil {
		defer s.caught()
		s.Watcher.Write(p)
	}
}

// End is a Watcher's.
func (s *sheltered) End() {
	if s.Watcher != nil {
		defer s.caught()
		s.Watcher.End()
	}
}

func (s *sheltered) caught() {
	v := recover()
	if v == nil {
		return
	}
	s.mishap(v)
	s.Watcher = nil
	if s.drop != nil {
		s.drop()
	}
}
