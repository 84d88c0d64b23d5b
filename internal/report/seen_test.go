package report

import (
	"testing"
	"time"
)

func TestSeenAmong(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)
	all := []time.Time{start.Add(40 * time.Second), start, start.Add(8 * time.Second)}
	for _, tt := range []struct {
		name string
		this time.Time
		all  []time.Time
		want string
	}{
		{"once", start, all[1:2], ""},
		{"the first", start, all, "first of 3 in 40 s"},
		{"a later one", all[2], all, "3 of these in 40 s"},
	} {
		if got := SeenAmong(tt.this, tt.all); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
