package guard

import (
	"cmp"
	"slices"
	"sync/atomic"
)

// OperationCounts is what came of the calls of one operation.
type OperationCounts struct {
	Contract   string // its file; empty for calls without an operation
	Operation  string
	OK, Failed int64
	Statuses   map[int]int64 // 0: no answer, or one of statuses that are too many to be told apart
}

// mostStatuses bounds how many statuses of one operation are told apart. Few
// have more than six; a server that makes them up must not take memory.
const mostStatuses = 15

// tally counts the calls of one operation.
type tally struct {
	name     tallyName
	statuses [mostStatuses]atomic.Int32 // taken one after the other, as they first come
	shards   []tallyShard
}

type tallyName struct{ contract, operation string }

type tallyShard struct {
	ok, failed atomic.Int64
	statuses   [mostStatuses + 1]atomic.Int64 // the last one: all others
	_          [64]byte
}

func (t *tally) add(shard, status int, failed bool) {
	s := &t.shards[shard]
	if failed {
		s.failed.Add(1)
	} else {
		s.ok.Add(1)
	}
	s.statuses[t.slot(status)].Add(1)
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

// tally is the one of the call's operation. Calls without one share one.
func (c *Call) tally() *tally {
	op := c.match.Operation
	if t, ok := c.rules.tallies.Load(op); ok {
		return t.(*tally)
	}
	var name tallyName
	if op != nil {
		name = tallyName{c.api.File(), op.ID}
	}
	t := c.guard.counts.tally(name)
	c.rules.tallies.Store(op, t)
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
		return cmp.Or(cmp.Compare(a.Contract, b.Contract), cmp.Compare(a.Operation, b.Operation))
	})
	return out
}

func (t *tally) sum() OperationCounts {
	out := OperationCounts{Contract: t.name.contract, Operation: t.name.operation, Statuses: map[int]int64{}}
	for i := range t.shards {
		s := &t.shards[i]
		out.OK += s.ok.Load()
		out.Failed += s.failed.Load()
		for slot := range s.statuses {
			status := 0
			if slot < mostStatuses {
				status = int(t.statuses[slot].Load())
			}
			if n := s.statuses[slot].Load(); n > 0 {
				out.Statuses[status] += n
			}
		}
	}
	return out
}
