// Package guard stands in the path of live calls. It judges every exchange by
// the contract, decides whether the call goes on, has the failed ones
// diagnosed, takes the secrets out and hands both to the sinks.
//
// The guard decides on exchanges and moves no bytes itself: a front (the
// proxy) owns the streams and tells the guard what has passed.
//
//	call := g.Begin(ex)
//	refusal := call.Head()        // before the body is read
//	if refusal == nil {
//		refusal = call.Request()  // with the body
//	}
//	if refusal != nil {
//		answer := call.Answer(refusal, client)
//		...                       // send it
//	}
//	...                           // else forward, and put the answer into ex
//	call.End()
package guard

import (
	"context"
	"sync/atomic"
)

// A Guard judges calls. It is safe for concurrent use.
type Guard struct {
	rules  atomic.Pointer[rules]
	ids    *ids
	counts *counters
	queue  *queue
}

// New returns a guard. Close ends it.
func New(o Options) *Guard {
	if o.QueueCalls <= 0 {
		o.QueueCalls = DefaultQueueCalls
	}
	if o.QueueBytes <= 0 {
		o.QueueBytes = DefaultQueueBytes
	}
	g := &Guard{ids: newIDs(), counts: newCounters()}
	g.queue = newQueue(o.Sinks, o.QueueCalls, o.QueueBytes, &g.counts.dropped, g.mishap)
	g.rules.Store(newRules(o))
	return g
}

// Reload puts other options in place of the present ones. Calls under way are
// judged by what they began with. Sinks, queue and counts stay as they are:
// what o says of them is not looked at.
func (g *Guard) Reload(o Options) { g.rules.Store(newRules(o)) }

// Mode is what the guard does about refused requests.
func (g *Guard) Mode() Mode { return g.rules.Load().opts.Mode }

// BodyLimit is how many bytes of each body a front should capture; of a call
// under way, [Call.BodyLimit] says it.
func (g *Guard) BodyLimit() int64 { return g.rules.Load().opts.BodyLimit }

// Counts returns what has been seen so far.
func (g *Guard) Counts() Counts { return g.counts.snapshot() }

// Close waits until the sinks have what was delivered, or until ctx ends. The
// guard takes no further exchanges.
func (g *Guard) Close(ctx context.Context) error { return g.queue.close(ctx) }
