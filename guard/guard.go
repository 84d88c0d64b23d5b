// Package guard stands in the path of live calls. It judges every exchange by
// the contract, decides whether the call goes on, has the failed ones
// diagnosed, takes the secrets out and hands both to the sinks.
//
// The guard decides on exchanges and moves no bytes itself: a front (the
// proxy) owns the streams and tells the guard what has passed.
//
//	call := g.Begin(ex)
//	if refusal := call.Head(); refusal != nil { ... }    // before the body is read
//	if refusal := call.Request(); refusal != nil { ... } // with the body
//	...                                                  // forward, answer
//	call.End()
package guard

import (
	"sync/atomic"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// A Guard judges calls. It is safe for concurrent use.
type Guard struct {
	opts    Options
	current atomic.Pointer[judge]
}

// judge is a contract and the engine that knows it: swapped as one.
type judge struct {
	contract *contract.Contract
	engine   *diagnose.Engine
}

// New returns a guard. Close ends it.
func New(o Options) *Guard {
	g := &Guard{opts: o}
	g.Swap(o.Contract)
	return g
}

// Swap puts another contract in place of the present one. Calls under way are
// judged by the contract that they began with.
func (g *Guard) Swap(c *contract.Contract) {
	j := &judge{contract: c, engine: diagnose.New()}
	if c != nil {
		j.engine = diagnose.New(diagnose.WithContract(c))
	}
	g.current.Store(j)
}

// Counts returns what has been seen so far.
func (g *Guard) Counts() Counts { return Counts{} }
