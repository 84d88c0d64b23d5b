package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("server.overloaded", serverOverloaded) }

// saysOverloadWords are words of a service that sheds load, or of a guard in front
// of it that does. They are about all callers, not about how often this one called.
var saysOverloadWords = topic("overload",
	"overloaded*", "is overloaded", "overload", "too busy", "server is busy", "server busy", "service is busy", "system is busy", "system busy", "backend busy", "server too busy", "load shed*", "shedding load", "load shedding", "circuit breaker*", "circuit is open", "circuit open", "circuitbreaker*", "does not permit further calls", "hystrix*", "short circuited", "bulkhead*",
	"queue is full", "queue full", "queue limit", "queue length exceeded", "request queue ~ exceeded", "backlog too deep", "no capacity", "at capacity", "over capacity", "capacity exceeded", "insufficient capacity", "not enough capacity", "capacity is exhausted", "out of capacity", "lack of capacity",
	"high demand", "heavy load", "high load", "under load", "heavy traffic", "high traffic", "experiencing high volume*", "unusually high", "too many active requests", "too many pending requests", "too many requests in flight", "max pending requests", "thread pool ~ exhausted", "thread pool is full", "worker pool ~ exhausted", "no threads available", "no worker available", "no free workers", "all workers are busy", "worker connections are not enough",
	"rejected execution*", "es rejected execution exception", "circuit breaking exception", "data too large, data for", "backpressure", "back pressure", "resources are exhausted", "server resources exhausted", "insufficient resources", "memory limit exceeded for process", "try again when the load", "max conn reached", "connection limit reached", "instance limit reached", "no available instance", "container limit reached", "resource limit is reached", "service too busy", "throttled due to load")

// serverOverloaded is for services that have more to do than they can: 529 says
// so, and words do with any status from 500 on.
func serverOverloaded(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 500 && !c.ErrorInside() && status != 429 || !c.saysOverload() {
		return nil
	}
	after := c.Exchange.Response.Header.Value("Retry-After")
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "the service has more to do than it can, and turns calls away",
		Brief:    "overloaded",
		Expected: "a service with room for the call",
		Found:    fmt.Sprintf("status %d", status),
		Remedy: faultline.Remedy{Text: "repeat the call later, with a pause that doubles each time and a random part", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "repeat the call later, with a pause that doubles each time and a random part: all clients coming back at once keep it down"},
			{Text: "give up after a few attempts, and send less meanwhile"},
			{Text: "at the service: look at the length of its queues, its pools and its limits at that time, and add capacity"},
		}},
		Retry:    c.repeatWords(),
		Evidence: c.saidOnPage(),
		Rank:     -10,
	}
	if status < 400 {
		f.At = faultline.AtResponse(c.insideError().pointer, faultline.Span{})
	}
	if after != "" && len(after) < 40 {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: "Retry-After: " + short(after)}}})
	}
	if t := c.hop().Tell; t != nil && t.Cause == "server.overloaded" && t.Hint != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: t.Hint})
	}
	f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "limit.rate", Why: "nothing is said of how often this client calls"})
	return []faultline.Finding{f}
}

// saysOverload reports whether the service, or a guard in front of it, says that
// it has too much to do.
func (c *Case) saysOverload() bool {
	if c.Status() == 529 {
		return true
	}
	if t := c.hop().Tell; t != nil && t.Cause == "server.overloaded" {
		return true
	}
	if cause, _ := c.logged(); cause == "server.overloaded" {
		return true
	}
	return c.says(saysOverloadWords) && !c.says(saysEither)
}

// saysEither: the page of Werkzeug for each 500 offers overload as a guess.
var saysEither = topic("a guess at overload", "either the server is overloaded or there is an error in the application")
