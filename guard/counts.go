package guard

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Counts is what a guard has seen so far.
type Counts struct {
	Seen         int64
	OK           int64            // answered, and nothing wrong
	Failed       int64            // blocked ones included
	Blocked      int64            // refused here; the server did not see them
	Denied       int64            // of the blocked ones: kept out by the access rules
	Unexplained  int64            // failed, and no cause was found
	Dropped      int64            // not delivered, because the sinks were too slow
	NotValidated map[string]int64 // by reason, in words: "too large"
}

type counters struct {
	seen, ok, failed, blocked, denied, unexplained, dropped atomic.Int64

	mu           sync.Mutex
	notValidated map[string]int64 // the reasons are constants of this package: the map stays small
}

func (c *counters) skip(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.notValidated == nil {
		c.notValidated = map[string]int64{}
	}
	c.notValidated[reason]++
}

func (c *counters) snapshot() Counts {
	s := Counts{
		Seen: c.seen.Load(), OK: c.ok.Load(), Failed: c.failed.Load(), Blocked: c.blocked.Load(), Denied: c.denied.Load(),
		Unexplained: c.unexplained.Load(), Dropped: c.dropped.Load(), NotValidated: map[string]int64{},
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.Copy(s.NotValidated, c.notValidated)
	return s
}
