package proxy

import (
	"context"
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// inTurn lets the guards of several services deliver to sinks that expect one
// exchange at a time.
func inTurn(sinks []guard.Sink) []guard.Sink {
	out := make([]guard.Sink, len(sinks))
	for i, s := range sinks {
		t := &turn{sink: s}
		out[i] = t
		if healthy, ok := s.(guard.HealthySink); ok {
			out[i] = &healthyTurn{t, healthy}
		}
	}
	return out
}

type turn struct {
	mu   sync.Mutex
	sink guard.Sink
}

func (t *turn) Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sink.Deliver(ctx, ex, d)
}

type healthyTurn struct {
	*turn
	healthy guard.HealthySink
}

func (t *healthyTurn) DeliverHealthy(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.healthy.DeliverHealthy(ctx, ex, d)
}
