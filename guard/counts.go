package guard

import (
	"maps"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/faultline-http/faultline"
)

// Counts is what a guard has seen so far. When no call is under way, Seen is
// OK and Failed together, and so it is of Requests and Answers each: valid,
// invalid and not validated together.
type Counts struct {
	Seen        int64
	OK          int64 // answered, and nothing wrong
	Failed      int64 // blocked ones included
	Blocked     int64 // refused here; the server did not see them
	Denied      int64 // of the blocked ones: kept out by the access rules
	Answered    int64 // answered here, since the server gave nothing that could be used
	Unexplained int64 // failed, and no cause was found
	Retried     int64 // sent to the server a second time
	Truncated   int64 // the answer broke off
	Dropped     int64 // not delivered, because the sinks were too slow
	Mishaps     int64 // mistakes of the guard itself, or of a sink: the calls went on without a look at them

	Requests, Answers Validation
	Classes           [6]int64         // by the first digit of the status; 0: no answer
	Malformed         map[string]int64 // requests that are no HTTP, by what is wrong with them
	Operations        []OperationCounts
}

// Validation is how many messages of one direction kept their contract, broke
// it, or were not held to it, by reason in words: "too large".
type Validation struct {
	Valid, Invalid int64
	NotValidated   map[string]int64
}

// Add puts the counts of another guard to these.
func (c *Counts) Add(o Counts) {
	c.Seen += o.Seen
	c.OK += o.OK
	c.Failed += o.Failed
	c.Blocked += o.Blocked
	c.Denied += o.Denied
	c.Answered += o.Answered
	c.Unexplained += o.Unexplained
	c.Retried += o.Retried
	c.Truncated += o.Truncated
	c.Dropped += o.Dropped
	c.Mishaps += o.Mishaps
	c.Requests.plus(o.Requests)
	c.Answers.plus(o.Answers)
	for i, n := range o.Classes {
		c.Classes[i] += n
	}
	c.Malformed = sumMaps(c.Malformed, o.Malformed)
	c.Operations = append(c.Operations, o.Operations...)
}

func (v *Validation) plus(o Validation) {
	v.Valid += o.Valid
	v.Invalid += o.Invalid
	v.NotValidated = sumMaps(v.NotValidated, o.NotValidated)
}

func sumMaps(a, b map[string]int64) map[string]int64 {
	if a == nil {
		a = map[string]int64{}
	}
	for name, n := range b {
		a[name] += n
	}
	return a
}

// counters are spread over shards, so that connections on different processors
// do not wait for each other's cache lines.
type counters struct {
	shards  []shard
	next    atomic.Uint32
	dropped atomic.Int64
	mishaps atomic.Int64

	mu        sync.Mutex
	malformed map[string]int64 // the names are constants: the map stays small
	tallies   map[tallyName]*tally
	places    map[string]bool // of mishaps that have been told
}

// shard is the part of the counters that some calls use.
type shard struct {
	number                                      int
	seen, ok, failed, blocked, denied, answered atomic.Int64
	unexplained, retried, truncated             atomic.Int64
	requests, answers                           [outcomes]atomic.Int64
	classes                                     [6]atomic.Int64
	_                                           [64]byte // no line is shared with the next
}

// mostShards bounds the memory of the counters; beyond it, processors share.
const mostShards = 8

func newCounters() *counters {
	c := &counters{shards: make([]shard, min(mostShards, runtime.GOMAXPROCS(0))), malformed: map[string]int64{}, tallies: map[tallyName]*tally{}}
	for i := range c.shards {
		c.shards[i].number = i
	}
	return c
}

// shard is the one that a new call uses, and every call that its memory is
// used for again.
func (c *counters) shard() *shard { return &c.shards[int(c.next.Add(1))%len(c.shards)] }

// count counts a call that has ended.
func (c *Call) count(failed bool) {
	s := c.shard
	status := 0
	if r := c.answered(); r != nil {
		status = r.Status
	}
	s.requests[c.request].Add(1)
	s.answers[c.answer].Add(1)
	s.classes[class(status)].Add(1)
	c.tally().add(s.number, status, failed, c.Exchange.Timing.Total)
	if c.retried {
		s.retried.Add(1)
	}
	if !failed {
		s.ok.Add(1)
		return
	}
	s.failed.Add(1)
	c.countFailed(s)
}

// answered is the answer that the client got.
func (c *Call) answered() *faultline.Response {
	if c.refused {
		return c.kept.Response
	}
	return c.Exchange.Response
}

func (c *Call) countFailed(s *shard) {
	switch {
	case c.refused && c.action == faultline.ActionBlocked:
		s.blocked.Add(1)
	case c.refused:
		s.answered.Add(1)
	case c.Exchange.Response != nil && c.Exchange.Failure != nil:
		s.truncated.Add(1)
	}
	if c.malformed != "" {
		c.guard.counts.malform(c.malformed)
	}
	if c.denied {
		s.denied.Add(1)
	}
	if c.d == nil || len(c.d.Findings) == 0 {
		s.unexplained.Add(1)
	}
}

func class(status int) int {
	if c := status / 100; c > 0 && c < 6 {
		return c
	}
	return 0
}

func (c *counters) malform(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.malformed[name]++
}

func (c *counters) snapshot() Counts {
	out := Counts{
		Dropped: c.dropped.Load(), Mishaps: c.mishaps.Load(),
		Requests: Validation{NotValidated: map[string]int64{}}, Answers: Validation{NotValidated: map[string]int64{}},
	}
	for i := range c.shards {
		s := &c.shards[i]
		for to, from := range map[*int64]*atomic.Int64{
			&out.Seen: &s.seen, &out.OK: &s.ok, &out.Failed: &s.failed, &out.Blocked: &s.blocked, &out.Denied: &s.denied,
			&out.Answered: &s.answered, &out.Unexplained: &s.unexplained, &out.Retried: &s.retried, &out.Truncated: &s.truncated,
		} {
			*to += from.Load()
		}
		for class := range s.classes {
			out.Classes[class] += s.classes[class].Load()
		}
		out.Requests.add(&s.requests)
		out.Answers.add(&s.answers)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	out.Malformed = maps.Clone(c.malformed)
	out.Operations = c.operations()
	return out
}

func (v *Validation) add(by *[outcomes]atomic.Int64) {
	v.Valid += by[keeps].Load()
	v.Invalid += by[breaks].Load()
	for o := breaks + 1; o < outcomes; o++ {
		if n := by[o].Load(); n > 0 {
			v.NotValidated[reasons[o]] += n
		}
	}
}
