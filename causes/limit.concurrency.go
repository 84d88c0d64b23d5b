package causes

import "github.com/faultline-http/faultline"

func init() { register("limit.concurrency", limitConcurrency) }

// limitConcurrency is for too many calls at one time, or on one thing. Their
// pace may be low; what counts is how many have no answer yet.
func limitConcurrency(c *Case) []faultline.Finding {
	k := c.limited()
	if k.cause != "limit.concurrency" {
		return nil
	}
	f := c.limitBase(k, "too many calls are in progress at the same time")
	f.Brief = "too many at once"
	f.Expected = "fewer calls in progress at one time"
	f.Remedy = faultline.Remedy{
		Text:          "bound how many calls run at once (a pool, a semaphore), and close what is not used any more",
		Applicability: faultline.Guess,
	}
	f.Retry = "safe when an earlier call has ended"
	f.RuledOut = []faultline.Rival{{Slug: "limit.rate", Why: "the answer speaks of calls at one time, not of calls in a time"}}
	return []faultline.Finding{f}
}
