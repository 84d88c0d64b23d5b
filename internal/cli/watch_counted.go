package cli

import (
	"cmp"
	"slices"
	"time"

	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/report"
)

// healthyCalls tells a tail of the calls that went well. No sink gets those:
// the guard counts them, and this says what has come to the counts since it
// was last asked.
type healthyCalls struct {
	counts func() guard.Counts
	seen   map[healthyKind]int64
	took   map[healthyKind]time.Duration // by operation; the status is 0
	asked  time.Time
}

type healthyKind struct {
	contract, operation, method string
	status                      int
}

func newHealthyCalls(counts func() guard.Counts, now time.Time) *healthyCalls {
	return &healthyCalls{counts: counts, seen: map[healthyKind]int64{}, took: map[healthyKind]time.Duration{}, asked: now}
}

// fresh are the calls since the last time, and when that was. What they took
// is known by operation: each status gets its share.
func (h *healthyCalls) fresh(now time.Time) (since time.Time, all []report.Counted) {
	seen, took := map[healthyKind]int64{}, map[healthyKind]time.Duration{}
	c := h.counts()
	for i := range c.Operations { // of several services, some may have the same contract
		op := &c.Operations[i]
		kind := healthyKind{op.Contract, op.Operation, op.Method, 0}
		took[kind] += op.Took
		for status, n := range op.Healthy {
			kind.status = status
			seen[kind] += n
		}
	}
	more := map[healthyKind]int64{} // of all statuses together
	for kind, n := range seen {
		more[kind.anyStatus()] += max(0, n-h.seen[kind])
	}
	for kind, n := range seen {
		if n -= h.seen[kind]; n <= 0 {
			continue
		}
		op := kind.anyStatus()
		share := (took[op] - h.took[op]) * time.Duration(n) / time.Duration(more[op])
		all = append(all, report.Counted{Operation: kind.operation, Method: kind.method, Status: kind.status, Count: int(n), Took: share})
	}
	slices.SortFunc(all, func(a, b report.Counted) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Status, b.Status))
	})
	since, h.asked, h.seen, h.took = h.asked, now, seen, took
	return since, all
}

func (k healthyKind) anyStatus() healthyKind {
	k.status = 0
	return k
}
