package capture

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/outside"
)

func TestExchange1ReadsTheCorpus(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join(outside.Corpus(t), "exchanges.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	var exchanges []*faultline.Exchange
	for ex, err := range Read("exchanges.jsonl", f) {
		if err != nil {
			t.Error(err)
			continue
		}
		n++
		exchanges = append(exchanges, ex)
	}
	if n < 900 {
		t.Errorf("read %d exchanges, want at least 900", n)
	}
	for _, format := range []Format{exchange1Format(), harFormat()} {
		writtenAndRead(t, format, exchanges)
	}
}

// writtenAndRead compares what a format keeps of each exchange.
func writtenAndRead(t *testing.T, format Format, exchanges []*faultline.Exchange) {
	t.Helper()
	var out bytes.Buffer
	if err := format.Encode(&out, slices.Values(exchanges)); err != nil {
		t.Fatal(err)
	}
	i := 0
	for got, err := range format.Decode(&out) {
		if err != nil {
			t.Fatalf("%s: %v", format.Name, err)
		}
		got.Labels = exchanges[i].Labels // HAR has no place for the name of a contract
		if before, after := asLine(t, exchanges[i]), asLine(t, got); before != after {
			t.Errorf("%s: %s differs\nwritten %s\n   read %s", format.Name, got.ID, before, after)
		}
		i++
	}
	if i != len(exchanges) {
		t.Errorf("%s: read %d exchanges, want %d", format.Name, i, len(exchanges))
	}
}

func asLine(t *testing.T, ex *faultline.Exchange) string {
	t.Helper()
	var line bytes.Buffer
	if err := encodeExchange1(&line, slices.Values([]*faultline.Exchange{ex})); err != nil {
		t.Fatal(err)
	}
	return line.String()
}

func TestPhaseOfAFailure(t *testing.T) {
	t.Parallel()
	tests := []struct {
		words    string
		answered bool
		want     faultline.Phase
	}{
		{"dial tcp: lookup api.example.com on 10.0.0.2:53: no such host", false, faultline.PhaseResolve},
		{"dial tcp 203.0.113.10:443: connect: connection refused", false, faultline.PhaseConnect},
		{"dial tcp 203.0.113.10:443: i/o timeout", false, faultline.PhaseConnect},
		{"curl: (35) OpenSSL/3.0: error:0A00010B:SSL routines::wrong version number", false, faultline.PhaseHandshake},
		{"curl: (28) Operation timed out after 1001 milliseconds with 0 bytes received", false, faultline.PhaseWait},
		{"curl: (28) Operation timed out after 1001 milliseconds with 17 bytes received", false, faultline.PhaseReceive},
		{"curl: (18) transfer closed with 470 bytes remaining to read", true, faultline.PhaseReceive},
		{"read tcp 10.1.2.3:1->203.0.113.10:443: read: connection reset by peer", false, faultline.PhaseUnknown},
		{"context deadline exceeded (Client.Timeout exceeded while awaiting headers)", false, faultline.PhaseUnknown},
		{"TypeError: Failed to fetch", true, faultline.PhaseUnknown},
	}
	for _, tt := range tests {
		if got := failure(tt.words, tt.answered).Phase; got != tt.want {
			t.Errorf("phase of %q = %v, want %v", tt.words, got, tt.want)
		}
	}
}
