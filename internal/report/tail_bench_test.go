package report

import (
	"io"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
)

// BenchmarkTailLine is a failed call as a line of a pipe.
func BenchmarkTailLine(b *testing.B) {
	ex := &faultline.Exchange{
		ID: "k7m2q111", Start: time.Date(2026, 11, 21, 14, 31, 2, 0, time.UTC),
		Request:  faultline.Request{Method: "POST", Scheme: "http", Host: "localhost:8080", Target: "/orders"},
		Response: &faultline.Response{Status: 400},
		Timing:   faultline.Timing{Total: 41 * time.Millisecond},
		Labels:   map[string]string{faultline.LabelAction: faultline.ActionBlocked},
	}
	d := &faultline.Diagnosis{Exchange: ex.ID, Operation: "createOrder", Failed: true, Fingerprint: "a", Findings: []faultline.Finding{{
		Cause: faultline.Cause{Slug: "body.unknown-field", Party: faultline.Client}, Brief: "`custmer_id` → `customer_id`",
	}}}
	t := NewTail(io.Discard, TailOptions{Options: Options{}, Now: time.Now})
	b.ReportAllocs()
	for b.Loop() {
		if err := t.Add(ex, d); err != nil {
			b.Fatal(err)
		}
	}
}
