package format

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestSentAgreesWithValid changes bytes of texts at random: what is found as it
// is sent is valid, and ends where the quote is.
func TestSentAgreesWithValid(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	texts := map[string][]string{
		"date":      {"2026-11-20", "2024-02-29", "2100-02-28", "0000-12-31"},
		"date-time": {"2026-11-20T14:30:00Z", "2024-02-29t23:59:59.123z", "1990-12-31T15:59:59-08:00", "2026-04-30T00:00:00.5+23:59"},
		"email":     {"name@example.com", "a.b+c@d-e.f", strings.Repeat("a", 64) + "@b", "a@" + strings.Repeat("b", 63) + ".de"},
	}
	for name, list := range texts {
		f := Lookup(name)
		for _, text := range list {
			if found := f.Sent([]byte(text+`"`), 0); found != len(text)+1 {
				t.Errorf("%s %s is not found as it is sent: %d", name, text, found)
			}
			for range 20000 {
				changed := []byte(text)
				for range 1 + rnd.IntN(3) {
					changed[rnd.IntN(len(changed))] = "0123456789-:.TtZz@ab+\x80\"["[rnd.IntN(24)]
				}
				switch rnd.IntN(4) {
				case 0:
					changed = changed[:rnd.IntN(len(changed))]
				case 1:
					changed = append(changed, changed[rnd.IntN(len(changed)):]...)
				}
				src := append(append([]byte(`"`), changed...), `",`...)
				end := f.Sent(src, 1)
				if end < 0 {
					continue
				}
				if src[end-1] != '"' || !f.Valid(src[1:end-1]) {
					t.Fatalf("%s: %s is found to end at %d", name, src, end)
				}
			}
		}
	}
}

func TestSentIsUnsureAtTheEnd(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"date", "date-time", "email"} {
		f := Lookup(name)
		for n := range len(f.Example()) + 1 {
			if found := f.Sent([]byte(f.Example()[:n]), 0); found != unsure {
				t.Errorf("%s: %s without a quote is found to end at %d", name, f.Example()[:n], found)
			}
		}
	}
}
