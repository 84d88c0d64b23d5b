package guard

import (
	"cmp"
	"slices"
	"sync/atomic"
	"time"
)

// OperationCounts is what came of the calls of one operation or, where the
// contract has none for them, of one method.
type OperationCounts struct {
	Contract   string // its file; empty for calls without an operation
	Operation  string // empty for calls without one
	Method     string // of calls without an operation; empty for methods that HTTP does not define
	OK, Failed int64
	Statuses   map[int]int64 // 0: no answer, or one of statuses that are too many to be told apart
	Healthy    map[int]int64 // of them, those with nothing wrong
	Took       time.Duration // the healthy calls together
}

// Name is the operation, or the method of calls without one.
func (o *OperationCounts) Name() string { return cmp.Or(o.Operation, o.Method) }

// mostStatuses bounds how many statuses of one operation are told apart. Few
// have more than six; a server that makes them up must not take memory.
const mostStatuses = 15

// tally counts the calls of one operation.
type tally struct {
	name     tallyName
	statuses [mostStatuses]atomic.Int32 // taken one after the other, as they first come
	shards   []tallyShard
}

type tallyName struct{ contract, operation, method string }

type tallyShard struct {
	statuses, healthy [mostStatuses + 1]atomic.Int64 // the last one: all others
	took              atomic.Int64                   // nanoseconds, of the healthy ones
	_                 [64]byte
}

// methods are those that calls without an operation are told apart by (RFC
// 9110, section 9.1; RFC 5789); the last stands for all others.
var methods = [...]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", ""}

// methodOf points to the method among those above.
func methodOf(method string) *string {
	for i := range methods {
		if methods[i] == method {
			return &methods[i]
		}
	}
	return &methods[len(methods)-1]
}

func (t *tally) add(shard, status int, failed bool, took time.Duration) {
	s, slot := &t.shards[shard], t.slot(status)
	s.statuses[slot].Add(1)
	if !failed {
		s.healthy[slot].Add(1)
		s.took.Add(int64(took))
	}
}

// slot is where a status is counted.
func (t *tally) slot(status int) int {
	if status <= 0 {
		return mostStatuses
	}
	for i := range t.statuses {
		at := &t.statuses[i]
		if at.Load() == int32(status) || at.CompareAndSwap(0, int32(status)) || at.Load() == int32(status) {
			return i
		}
	}
	return mostStatuses
}

// tally is the one of the call's operation, or of its method.
func (c *Call) tally() *tally {
	var key any = c.match.Operation
	if c.match.Operation == nil {
		key = methodOf(c.Exchange.Request.Method)
	}
	if t, ok := c.rules.tallies.Load(key); ok {
		return t.(*tally)
	}
	name := tallyName{method: *methodOf(c.Exchange.Request.Method)}
	if op := c.match.Operation; op != nil {
		name = tallyName{contract: c.api.File(), operation: op.ID}
	}
	t := c.guard.counts.tally(name)
	c.rules.tallies.Store(key, t)
	return t
}

// tally finds or makes the tally of an operation: it goes on counting when the
// contract is read anew.
func (c *counters) tally(name tallyName) *tally {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.tallies[name]
	if t == nil {
		t = &tally{name: name, shards: make([]tallyShard, len(c.shards))}
		c.tallies[name] = t
	}
	return t
}

// operations sums the tallies up; the counters are locked.
func (c *counters) operations() []OperationCounts {
	out := make([]OperationCounts, 0, len(c.tallies))
	for _, t := range c.tallies {
		out = append(out, t.sum())
	}
	slices.SortFunc(out, func(a, b OperationCounts) int {
		return cmp.Or(cmp.Compare(a.Contract, b.Contract), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Method, b.Method))
	})
	return out
}

func (t *tally) sum() OperationCounts {
	out := OperationCounts{Contract: t.name.contract, Operation: t.name.operation, Method: t.name.method, Statuses: map[int]int64{}, Healthy: map[int]int64{}}
	for i := range t.shards {
		s := &t.shards[i]
		out.Took += time.Duration(s.took.Load())
		for slot := range s.statuses {
			status := 0
			if slot < mostStatuses {
				status = int(t.statuses[slot].Load())
			}
			healthy := s.healthy[slot].Load() // read first: of two moments, the later has more
			all := s.statuses[slot].Load()
			out.OK += healthy
			out.Failed += all - healthy
			if all > 0 {
				out.Statuses[status] += all
			}
			if healthy > 0 {
				out.Healthy[status] += healthy
			}
		}
	}
	return out
}
