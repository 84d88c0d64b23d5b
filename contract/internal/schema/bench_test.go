package schema

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

// A load is a body of orders to judge.
type load struct {
	name  string
	text  []byte
	wrong int // mistakes in it
}

func loads(t testing.TB) []load {
	t.Helper()
	medium := body(t, "valid_10k.json")
	open, end := bytes.IndexByte(medium, '[')+1, bytes.LastIndexByte(medium, ']')
	large := bytes.Clone(medium[:end])
	for range 9 {
		large = append(append(large, ','), medium[open:end]...)
	}
	return []load{
		{"1kB", body(t, "valid_1k.json"), 0},
		{"10kB", medium, 0},
		{"100kB", append(large, medium[end:]...), 0},
		{"10kB-wrong-at-the-end", body(t, "invalid_10k.json"), 1},
		{"10kB-ten-mistakes", bytes.Replace(medium, []byte(`"currency":"`), []byte(`"currency":"X`), 10), 10},
	}
}

func BenchmarkValid(b *testing.B) {
	p, id := orders(b)
	for _, l := range loads(b) {
		b.Run(l.name, func(b *testing.B) {
			b.SetBytes(int64(len(l.text)))
			b.ReportAllocs()
			for b.Loop() {
				if p.Valid(id, l.text) != (l.wrong == 0) {
					b.Fatal("the wrong verdict")
				}
			}
		})
	}
}

func TestLoads(t *testing.T) {
	t.Parallel()
	p, id := orders(t)
	for _, l := range loads(t) {
		if got := p.Explain(id, l.text); len(got) != l.wrong {
			t.Errorf("%s: %d violations, want %d", l.name, len(got), l.wrong)
		}
	}
}

// TestExplainAllocatesLessThanUnmarshal stands for the time, which no test can
// hold.
func TestExplainAllocatesLessThanUnmarshal(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	p, id := orders(t)
	l := loads(t)[4]
	ours := testing.AllocsPerRun(20, func() { p.Explain(id, l.text) })
	theirs := testing.AllocsPerRun(20, func() {
		var v any
		_ = json.Unmarshal(l.text, &v)
	})
	if ours > theirs {
		t.Errorf("explaining takes %v allocations, encoding/json %v", ours, theirs)
	}
}
