package causes

import (
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// A policy is one limit that a server told of itself.
type policy struct {
	name   string
	field  string // the header field that said what is left
	quota  int
	window time.Duration
	left   int // -1: not told
	reset  time.Duration
	spent  bool
}

// limits are what the answer says of its limits, in any of the ways in use.
type limits struct {
	policies   []policy
	wait       time.Duration // until the next request may come; 0 if not told
	retryAfter bool          // wait comes from Retry-After
	exhausted  bool
	longWindow bool // what is used up counts by the day or longer
	lines      []faultline.Line
}

// maxPolicies bounds what a field may list.
const maxPolicies = 8

// mostLines bounds the header fields that are shown.
const mostLines = 8

func (l *limits) usedUp() (policy, bool) {
	for _, p := range l.policies {
		if p.spent {
			return p, true
		}
	}
	return policy{}, false
}

// limits reads Retry-After, the RateLimit fields of the IETF draft in its
// forms, their X- forerunners, and what stands in the body.
func (c *Case) limits() limits {
	l := limits{}
	h := c.Exchange.Response.Header
	l.structured(h)
	if len(l.policies) == 0 {
		l.single(c, h)
	}
	l.byWindow(h)
	l.lines = l.lines[:min(len(l.lines), mostLines)]
	l.waitFields(c, h)
	for i := range l.policies {
		p := &l.policies[i]
		if !p.spent {
			continue
		}
		l.exhausted = true
		l.longWindow = l.longWindow || p.window >= 24*time.Hour
		if !l.retryAfter && p.reset > l.wait {
			l.wait = p.reset
		}
	}
	return l
}

// structured reads RateLimit-Policy: "burst";q=100;w=60 and RateLimit:
// "burst";r=0;t=19 (draft-ietf-httpapi-ratelimit-headers, from version 08 on).
func (l *limits) structured(h faultline.Header) {
	declared := h.Value("RateLimit-Policy")
	state := h.Value("RateLimit")
	if state == "" {
		return
	}
	for _, item := range items(state) {
		p := policy{name: item.name, field: "RateLimit", left: -1}
		if v, ok := item.number("r"); ok {
			p.left, p.spent = v, v == 0
		}
		if v, ok := item.number("t"); ok {
			p.reset = time.Duration(v) * time.Second
		}
		// Version 03 to 07 wrote limit=100, remaining=0, reset=30.
		if v, ok := item.number("remaining"); ok {
			p.left, p.spent = v, v == 0
		}
		if v, ok := item.number("limit"); ok {
			p.quota = v
		}
		if v, ok := item.number("reset"); ok {
			p.reset = time.Duration(v) * time.Second
		}
		for _, d := range items(declared) {
			if d.name == item.name || declared != "" && len(items(declared)) == 1 && item.name == "" {
				if v, ok := d.number("q"); ok {
					p.quota = v
				}
				if v, ok := d.number("w"); ok {
					p.window = time.Duration(v) * time.Second
				}
			}
		}
		l.policies = append(l.policies, p)
	}
	if declared != "" {
		l.lines = append(l.lines, faultline.Line{Text: "RateLimit-Policy: " + short(declared)})
	}
	line := faultline.Line{Text: "RateLimit: " + short(state)}
	if i := strings.Index(line.Text, "r=0"); i >= 0 {
		line.Span, line.Note = faultline.Span{Start: i, End: i + 3}, "none left"
	}
	l.lines = append(l.lines, line)
}

// An item is one member of a structured list: "name";q=100;w=60.
type item struct {
	name   string
	params []pair
}

func (it *item) number(key string) (int, bool) {
	for _, p := range it.params {
		if p.name == key {
			n, err := strconv.Atoi(p.value)
			return n, err == nil && n >= 0 && n < 1<<31
		}
	}
	return 0, false
}

// items reads a list of RFC 9651 as far as rate limits use it. A list of bare
// key=value members, as the early drafts had it, is one item.
func items(text string) []item {
	if len(text) > maxAuthText {
		return nil
	}
	var out []item
	for member := range strings.SplitSeq(text, ",") {
		first, rest, _ := strings.Cut(strings.TrimSpace(member), ";")
		first = strings.TrimSpace(first)
		params := pairs(rest, ";")
		if key, value, bare := strings.Cut(first, "="); bare && !strings.HasPrefix(first, `"`) {
			if len(out) == 0 {
				out = append(out, item{})
			}
			out[0].params = append(out[0].params, pair{key, value})
			continue
		}
		if len(out) == maxPolicies {
			break
		}
		it := item{name: strings.Trim(first, `"`), params: params}
		if n, err := strconv.Atoi(first); err == nil { // 2;w=60
			it.name, it.params = "", append(it.params, pair{"q", strconv.Itoa(n)})
		}
		out = append(out, it)
	}
	return out
}

// single reads RateLimit-Limit, -Remaining and -Reset and the X- forms.
func (l *limits) single(c *Case, h faultline.Header) {
	p := policy{left: -1}
	for _, f := range h {
		name := strings.ToLower(f.Name)
		kind, ok := limitField(name)
		if !ok {
			continue
		}
		value, _, _ := strings.Cut(f.Value, ",")
		value, _, _ = strings.Cut(value, ";")
		n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		line := faultline.Line{Text: f.Name + ": " + short(f.Value)}
		switch {
		case kind == "policy":
			for _, d := range items(f.Value) {
				if q, ok := d.number("q"); ok && p.quota == 0 {
					p.quota = q
				}
				if w, ok := d.number("w"); ok && p.window == 0 {
					p.window = time.Duration(w) * time.Second
				}
			}
		case err != nil || n < 0 || n > 1e15:
			if t, ok := anyTime(f.Value); kind == "reset" && ok {
				p.reset = c.until(t)
			}
		case kind == "limit":
			p.quota = int(min(n, 1<<30))
		case kind == "remaining":
			p.left, p.spent, p.field = int(min(n, 1<<30)), n < 1, f.Name
			if p.spent {
				line.Span, line.Note = faultline.Span{Start: len(f.Name) + 2, End: len(line.Text)}, "none left"
			}
		case kind == "reset":
			p.reset = c.resetAfter(n)
		}
		l.lines = append(l.lines, line)
	}
	if used := h.Value("X-Shopify-Shop-Api-Call-Limit"); used != "" {
		have, most, _ := strings.Cut(used, "/")
		n, err1 := strconv.Atoi(have)
		m, err2 := strconv.Atoi(most)
		if err1 == nil && err2 == nil && m > 0 {
			p.quota, p.left, p.spent, p.field = m, max(0, m-n), n >= m, "X-Shopify-Shop-Api-Call-Limit"
			l.lines = append(l.lines, faultline.Line{Text: p.field + ": " + short(used)})
		}
	}
	if p.left >= 0 || p.quota > 0 {
		l.policies = append(l.policies, p)
	}
}

// limitField tells what a header field says of a limit.
func limitField(name string) (kind string, ok bool) {
	name = strings.ReplaceAll(strings.TrimPrefix(name, "x-"), "rate-limit", "ratelimit")
	_, rest, found := strings.Cut(name, "ratelimit-")
	if !found {
		return "", false
	}
	switch rest {
	case "limit", "remaining", "reset", "policy":
		return rest, true
	case "limit-requests":
		return "limit", true
	case "remaining-requests":
		return "remaining", true
	case "reset-after":
		return "reset", true
	}
	return "", false
}

// byWindow reads X-RateLimit-Remaining-Month: 0, where the window is part of
// the name.
func (l *limits) byWindow(h faultline.Header) {
	for _, f := range h {
		name := strings.ToLower(f.Name)
		_, window, found := strings.Cut(name, "ratelimit-remaining-")
		if !found || strings.TrimSpace(f.Value) != "0" {
			continue
		}
		l.exhausted = true
		l.lines = append(l.lines, faultline.Line{Text: f.Name + ": 0", Span: faultline.Span{Start: len(f.Name) + 2, End: len(f.Name) + 3}, Note: "none left"})
		switch window {
		case "day", "week", "month", "year":
			l.longWindow = true
		}
	}
}

// resetAfter reads a reset that may be seconds from now, or seconds or
// milliseconds since 1970: the fields of all three kinds have one name.
func (c *Case) resetAfter(n float64) time.Duration {
	switch {
	case n >= 1e11:
		return c.until(time.UnixMilli(int64(n)))
	case n >= 1e8:
		return c.until(time.Unix(int64(n), 0))
	}
	return time.Duration(n * float64(time.Second))
}

// until is how long it is from the answer to a moment on the server's clock.
func (c *Case) until(t time.Time) time.Duration {
	now, _ := c.serverClock()
	if now.IsZero() || t.Before(now) {
		return 0
	}
	return t.Sub(now)
}

// waitFields reads Retry-After (RFC 9110, section 10.2.3: seconds or a date)
// and its relatives.
func (l *limits) waitFields(c *Case, h faultline.Header) {
	if v := h.Value("Retry-After"); v != "" {
		line := faultline.Line{Text: "Retry-After: " + short(v)}
		if n, err := strconv.ParseFloat(v, 64); err == nil && n >= 0 && n < 1e9 {
			l.wait, l.retryAfter = time.Duration(n*float64(time.Second)), true
		} else if t, ok := httpDate(v); ok {
			l.wait, l.retryAfter = c.until(t), true
		}
		for _, p := range l.policies {
			if p.spent && p.reset > 0 && p.field == "RateLimit" && p.reset != l.wait {
				line.Span = faultline.Span{Start: len("Retry-After: "), End: len(line.Text)}
				line.Note = "takes precedence over t=" + strconv.Itoa(int(p.reset/time.Second))
			}
		}
		l.lines = append(l.lines, line)
		return
	}
	for _, name := range []string{"Retry-After-Ms", "X-Retry-After-Ms", "X-Retry-In", "X-Retry-After", "X-RateLimit-Retry-After"} {
		v := h.Value(name)
		if d, err := time.ParseDuration(v); err == nil && d > 0 {
			l.wait = d
		} else if n, err := strconv.ParseFloat(v, 64); err == nil && n > 0 && n < 1e9 {
			l.wait = time.Duration(n * float64(time.Second))
			if strings.HasSuffix(strings.ToLower(name), "-ms") {
				l.wait = time.Duration(n * float64(time.Millisecond))
			}
		}
		if l.wait > 0 {
			l.lines = append(l.lines, faultline.Line{Text: name + ": " + short(v)})
			return
		}
	}
	if n, err := strconv.ParseFloat(c.answer().Get("retry_after").Text(), 64); err == nil && n > 0 && n < 1e9 {
		l.wait = time.Duration(n * float64(time.Second))
	}
}
