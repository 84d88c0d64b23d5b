package faultline_test

import (
	"testing"
	"time"
	"unsafe"

	"github.com/faultline-http/faultline"
	"github.com/google/go-cmp/cmp"
)

// TestOwnedCopiesOutliveTheirBuffers: a front reads messages into a buffer,
// points the exchange into it, and reads the next message over it.
func TestOwnedCopiesOutliveTheirBuffers(t *testing.T) {
	t.Parallel()
	var buffer []byte
	text := func(s string) string {
		buffer = append(buffer, s...)
		return unsafe.String(&buffer[len(buffer)-len(s)], len(s))
	}
	body := func(s string) faultline.Body {
		text(s)
		return faultline.NewBody(buffer[len(buffer)-len(s):])
	}
	request := func() faultline.Request {
		return faultline.Request{
			Method: text("POST"), Scheme: text("https"), Host: text("example.com"), Target: text("/v1/orders?x=1"), Proto: text("HTTP/1.1"),
			Header: faultline.Header{{Name: text("Content-Type"), Value: text("application/json")}}, Body: body(`{"a":1}`),
			Trailer: faultline.Header{{Name: text("Digest"), Value: text("md5")}},
		}
	}
	response := func() *faultline.Response {
		b := body("gone")
		b.Note = text("cut")
		return &faultline.Response{Status: 404, Reason: text("Not Found"), Proto: text("HTTP/1.1"), Header: faultline.Header{{Name: text("Date"), Value: text("today")}}, Body: b}
	}
	exchange := func() *faultline.Exchange {
		buffer = make([]byte, 0, 4096)
		return &faultline.Exchange{
			ID: text("k7m2q4tx"), Start: time.Unix(1700000000, 0), Vantage: faultline.AtProxy, Request: request(), Response: response(),
			Failure: &faultline.Failure{Phase: faultline.PhaseReceive, Text: text("it broke")},
			Hops:    []faultline.Hop{{Request: request(), Response: response(), Failure: &faultline.Failure{Text: text("reset")}}},
			Timing:  faultline.Timing{Total: time.Second}, Unseen: faultline.UnseenRequestBody,
			Labels: map[string]string{text("faultline.peer"): text("203.0.113.9")},
		}
	}
	want := exchange()
	ex := exchange()
	owned := ex.Own()
	for i := range buffer {
		buffer[i] = '#'
	}
	if diff := cmp.Diff(want, owned); diff != "" {
		t.Errorf("the copy changed with the buffer (-want +got):\n%s", diff)
	}
}

func TestOwnCopiesLittle(t *testing.T) {
	ex := &faultline.Exchange{Request: faultline.Request{Header: faultline.Header{{Name: "Host", Value: "a"}}, Body: faultline.NewBody([]byte("body"))}}
	// Exchange, fields, body, and all texts in one.
	if n := testing.AllocsPerRun(100, func() { ex.Own() }); n > 4 {
		t.Errorf("%v allocations, want 4", n)
	}
}
