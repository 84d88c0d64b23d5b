package causes

import (
	"fmt"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("limit.rate", limitRate) }

// limitRate is for calls that come too fast. A plan or a day that is used up is
// another cause: waiting seconds does not help there.
func limitRate(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil {
		return nil
	}
	l := c.limits()
	strength, ok := c.tooFast(&l)
	if !ok {
		return nil
	}
	return []faultline.Finding{c.limitFinding(&l, strength)}
}

// longestWait is what still counts as a rate: windows of an hour are common, a
// wait of more than six is an allowance by day or month.
const longestWait = 6 * time.Hour

func (c *Case) tooFast(l *limits) (faultline.Strength, bool) {
	status := c.Status()
	said := c.authText()
	says := saysAny(said, "rate limit", "rate-limit", "ratelimit", "rate_limit", "too many requests", "too_many_requests", "toomanyrequests",
		"throttl", "slow down", "slowdown", "slow_down", "too many attempts", "request rate", "requests per second", "calls per second",
		"requests per minute", "calls per minute", "local_rate_limited", "too many calls", "too many login", "requests too quickly", "too frequent",
		"too fast", "exceeded the allowed", "request limit", "requestlimitexceeded", "rate exceeded", "rate of requests", "retry in ", "call limit",
		"flood", "over_query_limit", "bandwidth limit", "max requests", "requests in a given", "limit has been reached", "limit reached",
		"spike arrest", "spikearrest", "secondly limit", "secondly_rolling", "ten_secondly", "toomanyrequests", "pull rate", "throughput exceeded",
		"throughputexceeded", "reduce your request", "reduce your rate", "try again in", "quota exceeded for quota metric", "ratequota",
		"high volume of requests", "requests recently", "sending requests too", "exceeded rate", "message throttled", "application request limit")
	used := saysAny(said, "insufficient_quota", "billing", "current quota", "monthly", "per month", "daily limit", "per day", "daily quota",
		"dailylimitexceeded", "quotaexceeded", "credits", "your plan", "plan limit", "upgrade your", "limit exceeded", "quota has been", "spend",
		"exceeded your", "allowance", "call volume quota", "daily_limit", "totalrequests limit", "quota limit exceeded", "dailylimit",
		"quota exceeded") &&
		!saysAny(said, "per minute", "per second", "per 100 seconds", "rate limit exceeded", "rate_limit", "rate limit", "userratelimit")
	busy := saysAny(said, "concurren", "lock_timeout", "capacity exceeded", "in flight", "parallel", "overloaded", "server is busy", "complexity",
		"max depth", "query cost", "too complex")
	if used && !says || l.wait > longestWait || l.longWindow && l.wait > time.Hour {
		return 0, false
	}
	measured := l.exhausted || l.wait > 0
	switch {
	case status == 429 && busy:
		return faultline.Possible, true
	case status == 429 && measured, status == 429 && says:
		return faultline.Proven, true
	case status == 429, status == 420 && says:
		return faultline.Likely, true
	case (status == 403 || status == 401) && (saysAny(said, "rate limit", "ratelimit", "rate_limit", "throttl", "too many requests",
		"userratelimitexceeded", "request limit", "slow down", "call limit") || l.exhausted && says):
		return proven(measured), true
	case status == 403 && l.exhausted && !l.longWindow:
		return faultline.Likely, true
	case status == 503 && says && !busy, status == 400 && saysAny(said, "throttl", "slow_down", "rate limit", "rate exceeded", "ratelimit",
		"too many requests", "request limit", "toomanyrequests", "throughputexceeded", "too many calls", "call limit", "spike arrest") && !busy:
		return proven(measured), true
	case status >= 200 && status < 300 && c.ErrorInside() && saysAny(said, "throttl", "ratelimit", "rate limit", "rate_limit", "too many requests",
		"call limit", "request limit reached"):
		return proven(measured || l.exhausted), true
	}
	return 0, false
}

func proven(measured bool) faultline.Strength {
	if measured {
		return faultline.Proven
	}
	return faultline.Likely
}

func (c *Case) limitFinding(l *limits, s faultline.Strength) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtStatus(),
		Message:  "too many requests in a short time",
		Brief:    "too many requests",
		Expected: "fewer requests, spread over time",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy:   faultline.Remedy{Text: "wait before the next request, and longer after each refusal", Applicability: faultline.Guess},
		Retry:    "safe after a pause; at once it is refused again",
		Rank:     20,
	}
	if p, used := l.usedUp(); used {
		f.Message = p.sentence()
		f.At = faultline.AtResponseHeader(p.field)
		f.Found = "nothing left of " + p.amount()
	}
	if len(l.lines) > 0 {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Excerpt, Title: "response headers", Lines: l.lines})
	} else {
		f.Evidence = append(f.Evidence, c.serverWords()...)
	}
	if l.wait > 0 {
		f.Brief = "wait " + span(l.wait)
		f.Remedy.Text = "honour Retry-After (" + span(l.wait) + "), and wait longer after each refusal"
		if !l.retryAfter {
			f.Remedy.Text = "wait " + span(l.wait) + " before the next request"
		}
		now, _ := c.serverClock()
		note := span(l.wait)
		if !now.IsZero() {
			note += ", until " + clock(now.Add(l.wait))
		}
		f.Notes = append(f.Notes, faultline.Note{Label: "wait", Text: note + "; add 0 to " + span(jitter(l.wait)) + " of random delay"})
		f.Retry = "safe after " + span(l.wait)
	}
	if pace := l.pace(c); pace != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "pace", Text: pace})
	}
	return f
}

// jitter is a tenth of the wait, so that clients that were refused together do
// not come back together.
func jitter(wait time.Duration) time.Duration {
	return max(time.Second, (wait / 10).Round(time.Second))
}

// sentence says what a policy allows.
func (p *policy) sentence() string {
	name := "the limit"
	if p.name != "" {
		name = `policy "` + short(p.name) + `"`
	}
	if p.quota <= 0 {
		return name + " is used up"
	}
	return name + " allows " + p.amount() + " and is used up"
}

func (p *policy) amount() string {
	if p.quota <= 0 {
		return "the limit"
	}
	out := fmt.Sprintf("%d requests", p.quota)
	if p.quota == 1 {
		out = "1 request"
	}
	if p.window > 0 {
		out += " in " + span(p.window)
	}
	return out
}

// pace is the rate that keeps inside the policy, and what is left of the others.
func (l *limits) pace(c *Case) string {
	var parts []string
	for _, p := range l.policies {
		label := "the limit"
		if p.name != "" {
			label = `"` + short(p.name) + `"`
		}
		switch {
		case p.spent && p.quota > 0 && p.window > 0:
			// Rounded down, so that the pace stays inside.
			perSecond := float64(int(float64(p.quota)/p.window.Seconds()*10)) / 10
			if perSecond >= 0.1 {
				parts = append(parts, fmt.Sprintf("at most %.1f requests/s keeps inside %s", perSecond, label))
			} else {
				parts = append(parts, fmt.Sprintf("at most one request every %s keeps inside %s", span(p.window/time.Duration(p.quota)), label))
			}
		case !p.spent && p.left >= 0 && p.name != "":
			text := fmt.Sprintf("%s has %d left", label, p.left)
			if now, told := c.serverClock(); told && p.reset > 0 {
				text += " until " + now.Add(p.reset).UTC().Format("15:04Z")
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}
