package guard

import (
	"context"

	"github.com/faultline-http/faultline"
)

// A Sink takes the failed calls: it shows, keeps or counts them. Healthy calls
// are counted by the guard, see [Counts]; a [HealthySink] gets them, too.
//
// Deliver is called from one goroutine, one exchange after the other in the
// order in which the calls ended. Secrets are masked already. The sink may keep
// both values and must not change them, since other sinks get the same ones. d
// is never nil. The context ends when the guard is closed and its time to
// finish has passed. A slow sink makes nobody wait: what does not fit into the
// queue is dropped and counted.
type Sink interface {
	Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis)
}

// A HealthySink wants every call. DeliverHealthy gets those that nothing is
// wrong with: d has no findings and is not Failed. One such sink makes every
// call cost a copy.
type HealthySink interface {
	Sink
	DeliverHealthy(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis)
}

// SinkFunc is a function that is a Sink.
type SinkFunc func(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis)

// Deliver calls f.
func (f SinkFunc) Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	f(ctx, ex, d)
}

// Everything makes a HealthySink of a sink that treats all calls alike.
func Everything(s Sink) HealthySink { return everything{s} }

type everything struct{ Sink }

func (s everything) DeliverHealthy(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	s.Deliver(ctx, ex, d)
}
