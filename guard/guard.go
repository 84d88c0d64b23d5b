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

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// A Guard judges calls. It is safe for concurrent use.
type Guard struct {
	opts     Options
	redactor *faultline.Redactor
	current  atomic.Pointer[judge]
	ids      *ids
	counts   counters
	queue    *queue
}

// judge is a contract and the engine that knows it: swapped as one.
type judge struct {
	contract *contract.Contract
	engine   *diagnose.Engine
	name     string // "orders.yaml 1.4.0"
}

// New returns a guard. Close ends it.
func New(o Options) *Guard {
	if o.BodyLimit <= 0 {
		o.BodyLimit = DefaultBodyLimit
	}
	if o.QueueCalls <= 0 {
		o.QueueCalls = DefaultQueueCalls
	}
	if o.QueueBytes <= 0 {
		o.QueueBytes = DefaultQueueBytes
	}
	g := &Guard{opts: o, ids: newIDs(), redactor: o.Redactor}
	if g.redactor == nil {
		g.redactor = &faultline.Redactor{}
	}
	g.queue = newQueue(o.Sinks, o.QueueCalls, o.QueueBytes, &g.counts.dropped)
	g.Swap(o.Contract)
	return g
}

// Swap puts another contract in place of the present one. Calls under way are
// judged by the contract that they began with.
func (g *Guard) Swap(c *contract.Contract) {
	j := &judge{contract: c}
	if c == nil {
		j.engine = diagnose.New()
	} else {
		j.engine = diagnose.New(diagnose.WithContract(c))
		j.name = contractName(c)
	}
	g.current.Store(j)
}

// Mode is what the guard does about refused requests.
func (g *Guard) Mode() Mode { return g.opts.Mode }

// BodyLimit is how many bytes of each body a front should capture.
func (g *Guard) BodyLimit() int64 { return g.opts.BodyLimit }

// Counts returns what has been seen so far.
func (g *Guard) Counts() Counts { return g.counts.snapshot() }

// Close waits until the sinks have what was delivered, or until ctx ends. The
// guard takes no further exchanges.
func (g *Guard) Close(ctx context.Context) error { return g.queue.close(ctx) }

func contractName(c *contract.Contract) string {
	if c.Version() == "" {
		return c.File()
	}
	return c.File() + " " + c.Version()
}
