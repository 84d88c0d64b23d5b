package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// preflightExchange is the call of mock-up (d).
func preflightExchange() *faultline.Exchange {
	return &faultline.Exchange{
		ID: "c2v7k", Start: time.Date(2026, 11, 20, 14, 31, 3, 0, time.UTC),
		Request: faultline.Request{
			Method: "OPTIONS", Scheme: "http", Host: "localhost:8080", Target: "/v1/orders", Proto: "HTTP/1.1",
			Header: faultline.Header{
				{Name: "Origin", Value: "https://app.example.com"},
				{Name: "Access-Control-Request-Method", Value: "PUT"},
				{Name: "Access-Control-Request-Headers", Value: "content-type, x-request-id"},
				{Name: "Sec-Fetch-Mode", Value: "cors"},
			},
		},
		Response: &faultline.Response{Status: 204, Header: faultline.Header{
			{Name: "Access-Control-Allow-Origin", Value: "https://app.example.com"},
			{Name: "Access-Control-Allow-Methods", Value: "GET, POST, PUT"},
			{Name: "Access-Control-Allow-Headers", Value: "content-type"},
		}},
		Timing: faultline.Timing{Total: 4 * time.Millisecond},
	}
}

// refusedPreflight is drawn from what the engine finds: there is nothing in the
// picture that it cannot say.
func refusedPreflight() (*faultline.Exchange, *faultline.Diagnosis, Options) {
	ex := preflightExchange()
	return ex, diagnose.New().Diagnose(ex), Options{}
}

// TestTailRowOfARefusedPreflight: the row keeps the status, which looks well,
// and says why the call never came.
func TestTailRowOfARefusedPreflight(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	tail := NewTail(&b, TailOptions{Options: Options{Width: 120}})
	ex := preflightExchange()
	if err := tail.Add(ex, diagnose.New().Diagnose(ex)); err != nil {
		t.Fatal(err)
	}
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(b.String()[strings.LastIndex(b.String(), "c2v7k"):]), " ")
	if want := "c2v7k server 204 4 OPTIONS /v1/orders cors.header `x-request-id` not allowed"; got != want {
		t.Errorf("row = %q, want %q", got, want)
	}
}
