package cli

import (
	"context"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/report"
)

// A record is what a reader yields: a call, or why it cannot be read.
type record struct {
	ex  *faultline.Exchange
	err error
}

const (
	// ahead is how many calls are read before the first of them is explained: a
	// success behind a failure tells as much as one before it.
	ahead = 2000
	// idle is how long standard input may say nothing before what was read is
	// explained: somebody may be waiting at the other end of a pipe.
	idle = 200 * time.Millisecond
)

// explainCalls explains the calls of a file, or of standard input, in their
// order. Each call is held against those around it and those that succeeded.
func (x *explainer) explainCalls(ctx context.Context, arg string, out report.Writer) error {
	done := make(chan struct{})
	defer close(done)
	records := x.records(ctx, arg, done)
	var waiting []record
	for open := true; open; {
		var pause <-chan time.Time
		if arg == "-" && len(waiting) > 0 {
			pause = time.After(idle)
		}
		now := 0 // so many of those that wait are explained
		select {
		case r, more := <-records:
			open = more
			if more {
				waiting = append(waiting, x.remembered(r))
				now = max(0, len(waiting)-ahead)
			} else {
				now = len(waiting)
			}
		case <-pause:
			now = len(waiting)
		}
		for _, r := range waiting[:now] {
			if err := x.record(r, out); err != nil {
				return err
			}
			if ctx.Err() != nil {
				return x.cannotRead(errInterrupted, out)
			}
		}
		waiting = waiting[now:]
	}
	return nil
}

// records reads in a goroutine of its own, which ends when the input does or
// when done is closed.
func (x *explainer) records(ctx context.Context, arg string, done <-chan struct{}) <-chan record {
	out := make(chan record)
	go func() {
		defer close(out)
		for ex, err := range x.app.exchangesIn(ctx, arg) {
			select {
			case out <- record{ex, err}:
			case <-done:
				return
			}
		}
	}()
	return out
}

func (x *explainer) remembered(r record) record {
	if r.ex != nil {
		x.history.Add(r.ex)
	}
	return r
}

func (x *explainer) record(r record, out report.Writer) error {
	if r.err != nil {
		return x.cannotRead(r.err, out)
	}
	return x.one(r.ex, out)
}
