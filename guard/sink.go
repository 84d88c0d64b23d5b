package guard

import (
	"context"

	"github.com/faultline-http/faultline"
)

// A Sink takes what the guard found: it shows, keeps or counts it.
//
// Deliver is called from one goroutine, one exchange after the other in the
// order in which the calls ended. Secrets are masked already. The sink may keep
// both values and must not change them, since other sinks get the same ones. d
// is never nil: for a healthy call it has no findings and is not Failed. The
// context ends when the guard is closed and its time to finish has passed. A
// slow sink makes nobody wait: what does not fit into the queue is dropped and
// counted.
type Sink interface {
	Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis)
}

// SinkFunc is a function that is a Sink.
type SinkFunc func(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis)

// Deliver calls f.
func (f SinkFunc) Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	f(ctx, ex, d)
}
