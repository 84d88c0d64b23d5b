package guard

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/faultline-http/faultline"
)

// queue keeps callers and sinks apart: put never waits, and one goroutine
// hands out what was put.
type queue struct {
	sinks []Sink
	// wantsHealthy: one of the sinks wants the calls that nothing is wrong with.
	wantsHealthy bool
	items        chan delivery
	bytes        atomic.Int64 // of the bodies that wait
	limit        int64
	dropped      *atomic.Int64
	mishap       func(v any) // told of a sink that panicked

	mu     sync.RWMutex // held for reading by put, so that close cannot overtake it
	closed bool
	done   chan struct{}
	ctx    context.Context // ends when close gives up
	cancel context.CancelFunc
}

type delivery struct {
	ex      *faultline.Exchange
	d       *faultline.Diagnosis
	healthy bool
	size    int64
}

func newQueue(sinks []Sink, calls int, bytes int64, dropped *atomic.Int64, mishap func(v any)) *queue {
	q := &queue{sinks: sinks, limit: bytes, dropped: dropped, mishap: mishap, done: make(chan struct{})}
	for _, s := range sinks {
		_, ok := s.(HealthySink)
		q.wantsHealthy = q.wantsHealthy || ok
	}
	q.ctx, q.cancel = context.WithCancel(context.Background())
	if len(sinks) == 0 {
		close(q.done)
		return q
	}
	q.items = make(chan delivery, calls)
	go q.run()
	return q
}

func (q *queue) run() {
	defer close(q.done)
	for it := range q.items {
		for _, s := range q.sinks {
			if q.ctx.Err() != nil {
				break
			}
			q.hand(&it, s)
		}
		q.bytes.Add(-it.size)
	}
}

// hand lets a sink fail without taking the others along.
func (q *queue) hand(it *delivery, s Sink) {
	defer func() {
		if v := recover(); v != nil {
			q.mishap(v)
		}
	}()
	it.to(q.ctx, s)
}

// to hands an exchange to a sink, if the sink wants it.
func (it *delivery) to(ctx context.Context, s Sink) {
	if !it.healthy {
		s.Deliver(ctx, it.ex, it.d)
		return
	}
	if s, ok := s.(HealthySink); ok {
		s.DeliverHealthy(ctx, it.ex, it.d)
	}
}

// put hands an exchange over, or drops it if too much waits already.
func (q *queue) put(ex *faultline.Exchange, d *faultline.Diagnosis, healthy bool) {
	if q.items == nil {
		return
	}
	size := heldBytes(ex)
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.closed || q.bytes.Add(size) > q.limit && size > 0 {
		if !q.closed {
			q.bytes.Add(-size)
		}
		q.dropped.Add(1)
		return
	}
	select {
	case q.items <- delivery{ex, d, healthy, size}:
	default:
		q.bytes.Add(-size)
		q.dropped.Add(1)
	}
}

func (q *queue) close(ctx context.Context) error {
	q.mu.Lock()
	first := !q.closed
	q.closed = true
	q.mu.Unlock()
	if first && q.items != nil {
		close(q.items)
	}
	defer q.cancel()
	select {
	case <-q.done:
		return nil
	case <-ctx.Done():
		// A sink that listens to its context ends now; one that does not is left behind.
		return context.Cause(ctx)
	}
}

func heldBytes(ex *faultline.Exchange) int64 {
	n := len(ex.Request.Body.Raw)
	if len(ex.Request.Body.Decoded) != n {
		n += len(ex.Request.Body.Decoded)
	}
	if r := ex.Response; r != nil {
		n += len(r.Body.Raw)
		if len(r.Body.Decoded) != len(r.Body.Raw) {
			n += len(r.Body.Decoded)
		}
	}
	return int64(n)
}
