package guard

import (
	"context"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/wire"
)

// breaking is a guard that panics wherever it diagnoses, and what it told of it.
func breaking(t *testing.T, mode Mode) (g *Guard, all func() []heard, told *[]string) {
	t.Helper()
	told = new([]string)
	g, all = listen(t, Options{
		Contracts: []*contract.Contract{load(t)}, Mode: mode, Notice: func(text string) { *told = append(*told, text) },
	})
	g.rules.Load().engine = nil
	return g, all, told
}

// TestMishapsBreakNoCall: a mistake of ours lets calls pass, is counted and told.
func TestMishapsBreakNoCall(t *testing.T) {
	t.Parallel()
	g, all, told := breaking(t, Block)
	for range 3 {
		c := g.Begin(&faultline.Exchange{Request: faultline.Request{
			Method: "POST", Scheme: "http", Host: "a", Target: "/v1/orders", Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			Body: faultline.NewBody([]byte(`{}`)),
		}})
		if r := c.Request(); r != nil {
			t.Fatalf("refused without a diagnosis: %+v", r)
		}
		c.Exchange.Response = &faultline.Response{Status: 500}
		c.End()
	}
	n := g.Counts()
	if n.Seen != 3 || n.Failed != 3 || n.OK != 0 || n.Unexplained != 3 || n.Mishaps != 6 {
		t.Errorf("counts: %+v", n)
	}
	if got := n.Requests.Invalid + n.Requests.Valid + n.Requests.NotValidated[Mishap]; got != 3 {
		t.Errorf("requests: %+v", n.Requests)
	}
	if len(*told) != 1 || !strings.HasPrefix((*told)[0], `a mistake in faultline itself, please report it: "runtime error: invalid memory address or nil pointer dereference" in `) || !strings.Contains((*told)[0], "(engine.go:") {
		t.Errorf("told %q", *told)
	}
	for _, h := range all() {
		if !h.d.Failed || len(h.d.Findings) != 0 || h.ex.Response == nil {
			t.Errorf("delivered %+v", h.d)
		}
	}
}

// TestMishapsInJudging: what cannot be judged passes, and every message is counted.
func TestMishapsInJudging(t *testing.T) {
	t.Parallel()
	g, _, _ := breaking(t, Block)
	c := g.Begin(&faultline.Exchange{Request: faultline.Request{Method: "GET", Scheme: "http", Host: "a", Target: "/v1/orders"}})
	c.Exchange = nil // nothing that can be judged
	if r := c.Request(); r != nil || c.request != mishap {
		t.Errorf("refused: %+v, outcome %d", r, c.request)
	}
}

// TestMishapsInAnswers: the client gets an answer all the same.
func TestMishapsInAnswers(t *testing.T) {
	t.Parallel()
	g, all, _ := breaking(t, Observe)
	ex := &faultline.Exchange{Request: faultline.Request{Method: "GET", Host: "a", Target: "/v1/orders?key=secret-secret", Scheme: "http"}}
	c := g.Begin(ex)
	a := c.Answer(c.Gateway(502), Client{})
	c.End()
	if a.Status != 502 || !strings.Contains(string(a.Body), `"status":502`) {
		t.Errorf("answer %d %s", a.Status, a.Body)
	}
	g.rules.Load().redactor = nil
	c, r := g.BeginMalformed(&faultline.Exchange{Request: ex.Request}, &wire.Error{Status: 400, Reason: "no"})
	if a := c.Answer(r, Client{}); a.Status != 400 || !strings.Contains(string(a.Body), `"status":400`) {
		t.Errorf("answer %d %s", a.Status, a.Body)
	}
	c.End()
	n := g.Counts()
	if n.Seen != 2 || n.Failed != 2 || n.Mishaps == 0 {
		t.Errorf("counts: %+v", n)
	}
	for _, h := range all() {
		if strings.Contains(h.ex.Request.Target, "secret") {
			t.Errorf("a secret was delivered: %q", h.ex.Request.Target)
		}
	}
}

// TestSinksThatPanicTakeNobodyAlong: the other sinks get the call, and those after it.
func TestSinksThatPanicTakeNobodyAlong(t *testing.T) {
	t.Parallel()
	got := make(chan int, 4)
	g := New(Options{Sinks: []Sink{
		SinkFunc(func(context.Context, *faultline.Exchange, *faultline.Diagnosis) { panic("no") }),
		SinkFunc(func(_ context.Context, ex *faultline.Exchange, _ *faultline.Diagnosis) { got <- ex.Response.Status }),
	}})
	for _, status := range []int{500, 503} {
		g.Begin(&faultline.Exchange{Request: faultline.Request{Method: "GET", Scheme: "http", Host: "a", Target: "/"}, Response: &faultline.Response{Status: status}}).End()
		if s := <-got; s != status {
			t.Errorf("got %d, want %d", s, status)
		}
	}
	if err := g.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := g.Counts().Mishaps; n != 2 {
		t.Errorf("%d mishaps, want 2", n)
	}
}

// failing is a watcher that panics at the second piece.
type failing struct{ pieces int }

func (f *failing) Write([]byte) {
	if f.pieces++; f.pieces > 1 {
		panic("too much")
	}
}
func (f *failing) End() { panic("at the end") }

func TestWatchersThatPanicWatchNoMore(t *testing.T) {
	t.Parallel()
	f, mishaps, dropped := &failing{}, 0, false
	s := &sheltered{f, func(any) { mishaps++ }, func() { dropped = true }}
	for range 3 {
		s.Write([]byte("x"))
	}
	s.End()
	if f.pieces != 2 || mishaps != 1 || !dropped {
		t.Errorf("%d pieces, %d mishaps, dropped %v", f.pieces, mishaps, dropped)
	}
}
