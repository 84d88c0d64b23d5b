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
	k := c.limited()
	if k.cause != "limit.rate" {
		return nil
	}
	return []faultline.Finding{c.limitFinding(k)}
}

func (c *Case) limitFinding(k *limitKind) faultline.Finding {
	l := &k.measured
	f := c.limitBase(k, "too many requests in a short time")
	f.Brief = "too many requests"
	f.Expected = "fewer requests, spread over time"
	f.Remedy = faultline.Remedy{Text: "wait before the next request, and longer after each refusal", Applicability: faultline.Guess}
	f.Retry = "safe after a pause; at once it is refused again"
	if p, used := l.usedUp(); used {
		f.Message = p.sentence()
		f.At = faultline.AtResponseHeader(p.field)
		f.Found = "nothing left of " + p.amount()
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
