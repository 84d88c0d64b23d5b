package guard

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/race"
)

// service is the order service of testdata: a contract, and messages of 1 KB.
type service struct {
	contract           *contract.Contract
	order, bad, answer []byte
}

func loadService(tb testing.TB) *service {
	tb.Helper()
	c, err := contract.Load(os.DirFS("testdata"), "orders.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	s := &service{contract: c}
	for name, to := range map[string]*[]byte{"order-1k.json": &s.order, "order-1k-bad.json": &s.bad, "answer-1k.json": &s.answer} {
		if *to, err = os.ReadFile("testdata/" + name); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

// A front is one that uses its memory again. request is what it read: a front has it: its memory is used for the next one.
type front struct {
	ex     faultline.Exchange
	resp   faultline.Response
	fields [8]faultline.Field
	answer [4]faultline.Field
	call   Call
}

func (f *front) request(method, target string, body []byte) {
	h := append(f.fields[:0],
		faultline.Field{Name: "Host", Value: "127.0.0.1:8080"}, faultline.Field{Name: "User-Agent", Value: "wrk"},
		faultline.Field{Name: "Accept", Value: "application/json"})
	if body != nil {
		h = append(h, faultline.Field{Name: "Content-Type", Value: "application/json"})
	}
	f.ex = faultline.Exchange{Start: f.ex.Start, Vantage: faultline.AtProxy, Request: faultline.Request{
		Method: method, Scheme: "http", Host: "127.0.0.1:8080", Target: target, Proto: "HTTP/1.1", Header: h,
		Body: faultline.Body{Raw: body, Size: int64(len(body))},
	}}
}

func (f *front) respond(status int, media string, body []byte) {
	h := append(f.answer[:0], faultline.Field{Name: "Date", Value: "Tue, 14 Nov 2023 22:13:21 GMT"}, faultline.Field{Name: "Content-Type", Value: media})
	f.resp = faultline.Response{Status: status, Proto: "HTTP/1.1", Header: h, Body: faultline.Body{Raw: body, Size: int64(len(body))}}
	f.ex.Response = &f.resp
}

// post is a healthy POST, get a healthy GET.
func (f *front) post(g *Guard, s *service) {
	f.request("POST", "/orders", s.order)
	g.Start(&f.call, &f.ex)
	if f.call.Head() != nil || f.call.Request() != nil {
		panic("a good request is refused")
	}
	f.respond(201, "application/json", s.answer)
	f.call.End()
}

func (f *front) get(g *Guard, s *service) {
	f.request("GET", "/orders/ord_0a1b2c3d4e5f6g7h", nil)
	g.Start(&f.call, &f.ex)
	if f.call.Head() != nil || f.call.Request() != nil {
		panic("a good request is refused")
	}
	f.respond(200, "application/json", s.answer)
	f.call.End()
}

// refuse is a POST that is refused, as its client sees it.
func (f *front) refuse(g *Guard, s *service, to Client, body []byte) Answer {
	f.request("POST", "/orders", body)
	g.Start(&f.call, &f.ex)
	r := f.call.Head()
	if r == nil {
		r = f.call.Request()
	}
	if r == nil {
		panic("a bad request passes")
	}
	a := f.call.Answer(r, to)
	f.call.End()
	return a
}

// fail is a POST that the server itself refuses.
func (f *front) fail(g *Guard, s *service) {
	f.request("POST", "/orders", s.order)
	g.Start(&f.call, &f.ex)
	_, _ = f.call.Head(), f.call.Request()
	f.respond(400, "application/problem+json", []byte(`{"type":"about:blank","title":"Bad Request","status":400,"detail":"currency: must be the customer's own, EUR"}`))
	f.call.End()
}

// TestHealthyCallsAllocateNothing holds what makes the guard cheap to leave in
// the path: both bodies validated, the call counted, and nothing left behind.
func TestHealthyCallsAllocateNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector allocates")
	}
	s := loadService(t)
	g := New(Options{Contracts: []*contract.Contract{s.contract}, Mode: Block, Sinks: []Sink{discard{}}})
	for name, call := range map[string]func(*front, *Guard, *service){"POST": (*front).post, "GET": (*front).get} {
		f := new(front)
		call(f, g, s)
		if n := testing.AllocsPerRun(1000, func() { call(f, g, s) }); n != 0 {
			t.Errorf("%s: %v allocations a call, want none", name, n)
		}
	}
	if c := g.Counts(); c.OK != c.Seen || c.Requests.Valid != c.Seen || c.Answers.Valid != c.Seen {
		t.Errorf("Counts = %+v, want all calls healthy and both of their messages judged", c)
	}
}

func BenchmarkHealthy(b *testing.B) {
	s := loadService(b)
	g := New(Options{Contracts: []*contract.Contract{s.contract}, Mode: Block, Sinks: []Sink{discard{}}})
	for name, call := range map[string]func(*front, *Guard, *service){"POST": (*front).post, "GET": (*front).get} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			f := new(front)
			for b.Loop() {
				call(f, g, s)
			}
		})
	}
}

// BenchmarkValidation is what of a healthy call is not the guard's: both
// messages held to the contract.
func BenchmarkValidation(b *testing.B) {
	s := loadService(b)
	f := new(front)
	f.request("POST", "/orders", s.order)
	f.respond(201, "application/json", s.answer)
	m := s.contract.MatchRequest(&f.ex.Request)
	b.ReportAllocs()
	for b.Loop() {
		if !m.Operation.ValidRequest(&f.ex.Request, m.Params) || !m.Operation.ValidResponse(&f.resp) {
			b.Fatal("a good message is refused")
		}
	}
}

// drained is a guard with a sink that keeps nothing.
func drained(s *service) *Guard {
	return New(Options{Contracts: []*contract.Contract{s.contract}, Mode: Block, Sinks: []Sink{discard{}}})
}

// BenchmarkRefuse refuses requests that have not been seen, which differ in
// the white space at their end, and one that is sent again and again.
func BenchmarkRefuse(b *testing.B) {
	s := loadService(b)
	g := drained(s)
	const others = 2 * mostRepeats
	padded := append(slices.Clone(s.bad), bytes.Repeat([]byte(" "), others)...)
	for _, w := range []struct {
		name   string
		to     Client
		others int
	}{
		{"near", Client{Loopback: true, Base: "http://127.0.0.1:8080/.faultline/causes"}, others},
		{"far", Client{}, others},
		{"again", Client{Loopback: true, Base: "http://127.0.0.1:8080/.faultline/causes"}, 1},
	} {
		b.Run(w.name, func(b *testing.B) {
			b.ReportAllocs()
			f := new(front)
			n := 0
			for b.Loop() {
				n++
				f.refuse(g, s, w.to, padded[:len(s.bad)+n%w.others])
			}
		})
	}
}

func BenchmarkFailed(b *testing.B) {
	s := loadService(b)
	g := drained(s)
	b.ReportAllocs()
	f := new(front)
	for b.Loop() {
		f.fail(g, s)
	}
}

// discard is a sink that keeps nothing.
type discard struct{}

func (discard) Deliver(context.Context, *faultline.Exchange, *faultline.Diagnosis) {}
