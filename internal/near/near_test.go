package near_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/near"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", near.Most+1)
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"customer_id", "customer_id", 0},
		{"custmer_id", "customer_id", 1},
		{"cusotmer_id", "customer_id", 1},
		{"kustomer_ids", "customer_id", 2},
		{"ca", "abc", 3}, // restricted: a swapped pair is not edited again
		{long, long, 0},
		{long, "x", near.Most + 2},
	} {
		if got := near.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := near.Distance(tt.b, tt.a); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

// Not parallel: AllocsPerRun counts what the whole process allocates.
func TestDistanceAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { near.Distance("custmer_id", "customer_id") }); n != 0 {
		t.Errorf("Distance allocates %v times", n)
	}
}
