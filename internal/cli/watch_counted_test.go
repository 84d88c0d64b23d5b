package cli

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/report"
)

func TestOnlyWhatCameToTheCountsIsTold(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 20, 14, 31, 3, 0, time.UTC)
	var now guard.Counts
	h := newHealthyCalls(func() guard.Counts { return now }, start)
	for i, step := range []struct {
		op   guard.OperationCounts
		want []report.Counted
	}{
		{guard.OperationCounts{Operation: "getOrder", Healthy: map[int]int64{200: 4}, Took: 8 * time.Millisecond}, []report.Counted{{Operation: "getOrder", Status: 200, Count: 4, Took: 8 * time.Millisecond}}},
		{guard.OperationCounts{Operation: "getOrder", Healthy: map[int]int64{200: 4}, Took: 8 * time.Millisecond}, nil},
		{guard.OperationCounts{Operation: "getOrder", Healthy: map[int]int64{200: 4, 304: 1}, Took: 9 * time.Millisecond}, []report.Counted{{Operation: "getOrder", Status: 304, Count: 1, Took: time.Millisecond}}},
	} {
		now.Operations = []guard.OperationCounts{step.op}
		at := start.Add(time.Duration(i+1) * time.Second)
		since, got := h.fresh(at)
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("step %d (-want +got):\n%s", i, diff)
		}
		if want := at.Add(-time.Second); !since.Equal(want) {
			t.Errorf("step %d: since %v, want %v", i, since, want)
		}
	}
}
