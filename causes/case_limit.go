package causes

import (
	"fmt"
	"slices"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// Phrases of limits. A day or a plan that is used up needs another remedy than
// a second that is, and so has each its own topic; many answers speak of several.
var (
	saysRate = topic("rate limit", "rate limit*", "ratelimit*", "too many requests", "toomanyrequests", "throttl*", "slow down", "slowdown", "too many attempts", "abuse detection",
		"request rate*", "requests per second", "calls per second", "requests per minute", "calls per minute", "requests per hour", "too many calls", "too many login*",
		"requests too quickly", "too frequent*", "too fast", "exceeded the allowed", "request limit", "requestlimitexceeded", "rate exceeded", "rate of requests",
		"retry in", "call limit", "flood*", "over query limit", "bandwidth limit", "max requests", "maximum request limit", "requests in a given", "limit has been reached",
		"limit reached", "spike arrest", "secondly", "ten secondly", "pull rate", "throughput exceeded", "reduce your request*", "reduce your rate", "try again in",
		"quota exceeded for quota metric", "rate quota", "high volume of requests", "requests recently", "sending requests too", "exceeded rate", "exceeded ~ per second",
		"application request limit", "calls within one hour", "too many api calls", "too many queries", "hit the rate", "over the rate", "rate has been exceeded",
		"cool down", "cooldown", "backoff", "back off", "retry later", "too many messages", "limit exceeded for ~ per minute", "query rate", "requests are coming too",
		"limit of ~ per second", "limit of ~ per minute", "too many ~ requests", "allowed number of requests", "number of requests has been exceeded")
	// saysRateOnly are the words that no busy or failing server uses for itself: with them a status other than 429 is a limit as well.
	saysRateOnly = topic("rate limit alone", "abuse detection", "rate limit*", "ratelimit*", "throttl*", "too many requests", "toomanyrequests", "request limit", "call limit", "slow down",
		"slowdown", "rate exceeded", "throughput exceeded", "too many calls", "spike arrest", "over query limit", "requestlimitexceeded", "too many queries")
	saysSoon   = topic("limit of a short window", "per minute", "per second", "per 100 seconds", "rate limit*", "user rate limit*", "ratelimit*", "per hour", "within one hour")
	saysUsedUp = topic("allowance used up", "insufficient quota", "billing", "current quota", "monthly", "per month", "daily limit", "per day", "daily quota", "quota exceeded",
		"credits", "your plan", "plan limit", "upgrade your", "quota has been", "spend*", "exceeded your", "allowance", "call volume quota",
		"limit exceeded", "totalrequests limit", "quota limit exceeded", "out of quota", "over quota", "quota reached", "quota limit", "quota ~ exceeded", "exceeded ~ quota",
		"used up", "usage limit", "usage cap*", "exhausted your", "no credit*", "insufficient credit*", "not enough credit*", "free tier", "trial limit*", "credit limit",
		"run out of", "ran out of", "hard limit", "limit for this month", "limit for today", "daily request limit", "monthly request limit", "per-day", "requests per day",
		"exceeds your plan", "included in your plan", "storage quota", "disk quota", "storage limit", "insufficient storage", "mailbox full", "over capacity for your",
		"maximum number of ~ reached", "maximum number of ~ exceeded", "has reached its limit", "limit for this account", "account limit", "quota")
	saysBusyWith = topic("too many at once", "concurrent requests", "concurrency", "concurrent request", "concurrent connections", "concurrent calls", "concurrent ~ limit",
		"concurrent ~ exceeded", "too many concurrent", "maximum concurrent", "max concurrent", "lock timeout", "in flight", "inflight", "parallel requests", "requests in parallel",
		"too many ~ in parallel", "simultaneous", "too many connections", "connection limit", "too many open", "at the same time", "maximum number of connections",
		"max connections", "connection pool", "sessions limit", "too many sessions", "too many active", "too many ~ in progress", "too many running", "concurrent users",
		"concurrent sessions", "concurrent jobs", "concurrent queries", "concurrent executions", "too many pending", "already running the maximum", "too many scroll contexts")
	saysTooComplex = topic("one call asks for too much", "query complexity", "complexity", "max depth", "maximum depth", "query depth", "depth limit", "query cost", "query is too complex",
		"too complex", "exceeds maximum depth", "exceeded maximum depth", "exceeds the maximum depth", "max cost", "query too large", "possible nodes", "node limit",
		"too many aliases", "alias limit", "too many clauses", "too many buckets", "batch size ~ exceed*", "batch too large", "too many items in", "maximum batch size",
		"max batch size", "query too expensive", "too expensive", "maximum context length", "context length", "reduce the length of the messages", "prompt is too long",
		"too many tokens", "nested too deep*", "too deeply nested", "query is too deep", "result window is too large", "circuit breaking*", "data too large",
		"too many terms", "exceeds the maximum number of", "max query", "operation cost", "static cost", "cost limit", "too many root fields", "max directives",
		"maximum operation depth", "operation depth", "exceeds ~ depth", "exceeded ~ depth", "query nesting", "nesting depth", "nesting level", "nested too deep", "depth of the query", "query has depth", "query exceeds", "token limit of", "maximum number of items", "query timed out because it is too")
	saysShedding = topic("load shed by the server", "capacity exceeded", "overloaded", "server is busy", "server busy", "too busy", "system busy", "at capacity")
)

// limitKind is which limit it was, and how sure that is.
type limitKind struct {
	cause    faultline.Slug // empty: none
	strength faultline.Strength
	named    naming // without a provider if words or fields tell it
	measured limits
}

// limited decides once for the four rules of the family, so that they agree.
func (c *Case) limited() *limitKind {
	if !c.known.limit.done {
		c.known.limit.done = true
		c.known.limit.value = c.findLimit()
	}
	return &c.known.limit.value
}

// limitCauses are in the order in which their codes count: the ones that say more first.
var limitCauses = []faultline.Slug{"limit.complexity", "limit.concurrency", "limit.quota", "limit.rate"}

func (c *Case) findLimit() limitKind {
	if !c.mayBeLimit() {
		return limitKind{}
	}
	for _, cause := range limitCauses {
		if n, ok := c.named(cause); ok && !c.weakRate(&n) {
			return limitKind{cause: cause, strength: n.strength(), named: n, measured: c.limits()}
		}
	}
	if c.namedOther(limitCauses...) {
		return limitKind{}
	}
	l := c.limits()
	if t := c.hop().Tell; t != nil && !t.Vague && t.Cause.Family() == "limit" {
		return limitKind{cause: t.Cause, strength: faultline.Proven, measured: l}
	}
	switch {
	case c.overComplex():
		return limitKind{cause: "limit.complexity", strength: faultline.Likely, measured: l}
	case c.overBusy(&l):
		return limitKind{cause: "limit.concurrency", strength: faultline.Likely, measured: l}
	case c.overQuota(&l):
		return limitKind{cause: "limit.quota", strength: faultline.Likely, measured: l}
	}
	if s, ok := c.tooFast(&l); ok {
		return limitKind{cause: "limit.rate", strength: s, measured: l}
	}
	return limitKind{}
}

// mayBeLimit asks the cheap questions first.
func (c *Case) mayBeLimit() bool {
	switch status := c.Status(); {
	case c.Exchange.Response == nil, c.preflight():
		return false
	case status == 429 || status == 420 || status == 418:
		return true
	case status >= 400:
		return len(c.namings()) > 0 || c.says(saysRate, saysUsedUp, saysBusyWith, saysTooComplex) || status == 403 || status == 507 || status == 509
	}
	return c.ErrorInside()
}

// weakRate: gRPC's RESOURCE_EXHAUSTED and its like stand for any allowance; the words tell which.
func (c *Case) weakRate(n *naming) bool {
	return n.Loose && n.Cause == "limit.rate" && c.says(saysUsedUp, saysBusyWith, saysTooComplex) && !c.says(saysSoon)
}

// overComplex: the size of the one call is what is refused. A status of the
// credential or of a thing that is not there speaks against it.
func (c *Case) overComplex() bool {
	switch c.Status() {
	case 401, 404, 405, 409, 412, 415:
		return false
	}
	return c.says(saysTooComplex) && !c.says(saysRateOnly) && !c.saysField()
}

// saysField reports whether the server names one field as too long, which is none of those that cost.
func (c *Case) saysField() bool {
	for _, b := range c.blamed(words.Value, faultline.InBody) {
		if b.sure && len(b.complaint.Field) > 0 && !slices.Contains(costly, b.name) {
			return true
		}
	}
	return false
}

func (c *Case) overBusy(l *limits) bool {
	if !c.says(saysBusyWith) || c.says(saysRateOnly) && l.exhausted {
		return false
	}
	switch c.Status() {
	case 429, 503, 403, 420:
		return true
	case 400, 402, 409, 500:
		return c.says(saysLimitWord)
	}
	return c.Status() < 300
}

// saysLimitWord are words without which "at the same time" is about something else.
var saysLimitWord = topic("limit", "limit*", "too many", "exceed*", "maximum", "quota")

// overQuota: the words of an allowance, or a window of a day and longer that is used up.
func (c *Case) overQuota(l *limits) bool {
	long := l.wait > longestWait || l.longWindow && l.wait > time.Hour
	switch status := c.Status(); {
	case status == 429 || status == 420:
		return long || c.says(saysUsedUp) && !c.says(saysSoon)
	case status == 507, status == 509:
		return true
	case status == 402:
		return c.says(saysUsedUp) && !c.says(saysDeclined, saysSuspended)
	case status == 403, status == 413, status == 400, status == 422, status < 300:
		return c.says(saysUsedUp) && c.says(saysLimitWord, saysCredit) && !c.says(saysRateOnly) && !c.says(saysSuspended) && len(c.blames()) == 0
	}
	return false
}

var saysCredit = topic("credits", "credits", "insufficient credit*", "not enough credit*", "no credit*", "out of quota", "over quota", "used up", "run out of", "ran out of")

// longestWait is what still counts as a rate: windows of an hour are common, a
// wait of more than six is an allowance by day or month.
const longestWait = 6 * time.Hour

// tooFast judges what is neither complex nor busy nor used up.
func (c *Case) tooFast(l *limits) (faultline.Strength, bool) {
	status, says := c.Status(), c.says(saysRate)
	measured := l.exhausted || l.wait > 0
	switch {
	case status == 429 && c.says(saysShedding):
		return faultline.Possible, true
	case status == 429 && (measured || says):
		return faultline.Proven, true
	case status == 429, status == 420, status == 418 && l.wait > 0:
		return faultline.Likely, true // a 418 with a wait: banned for going on after 429
	case (status == 403 || status == 401) && (c.says(saysRateOnly) || l.exhausted && says):
		return proven(measured), true
	case status == 403 && l.exhausted && !l.longWindow:
		return faultline.Likely, true
	case status == 503 && says && !c.says(saysShedding), (status == 400 || status == 409 || status == 422) && c.says(saysRateOnly):
		return proven(measured), true
	case status >= 200 && status < 300 && c.says(saysRateOnly):
		return proven(measured), true
	}
	return 0, false
}

func proven(measured bool) faultline.Strength {
	if measured {
		return faultline.Proven
	}
	return faultline.Likely
}

// limitBase is what the findings of the family have in common.
func (c *Case) limitBase(k *limitKind, message string) faultline.Finding {
	f := faultline.Finding{
		Strength: k.strength,
		At:       k.named.place(faultline.AtStatus()),
		Message:  message,
		Found:    fmt.Sprintf("status %d", c.Status()),
		Rank:     20,
	}
	if k.named.Cause != "" {
		f.Evidence = append(f.Evidence, k.named.evidence())
	}
	if lines := k.measured.lines; len(lines) > 0 {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Excerpt, Title: "response headers", Lines: lines})
	} else {
		f.Evidence = append(f.Evidence, c.serverWords()...)
	}
	return f
}
