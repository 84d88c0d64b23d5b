package causes

import (
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// sunsetTime is when a server said that it would stop answering (RFC 8594).
func (c *Case) sunsetTime() (time.Time, bool) {
	text, announced := c.Exchange.Response.Header.Get("Sunset")
	if !announced {
		return time.Time{}, false
	}
	return httpDate(text)
}

// deprecated is since when a server advises against what was called (RFC
// 9745: "@1688169599"; its drafts: a date, or true).
func (c *Case) deprecated() (since time.Time, ok bool) {
	v := strings.TrimSpace(c.Exchange.Response.Header.Value("Deprecation"))
	if n, err := strconv.ParseInt(strings.TrimPrefix(v, "@"), 10, 64); err == nil && strings.HasPrefix(v, "@") {
		return time.Unix(n, 0), true
	}
	if t, dated := httpDate(v); dated {
		return t, true
	}
	return time.Time{}, strings.EqualFold(v, "true") || v == "?1"
}

// retired reports whether the day has passed that the server announced.
func (c *Case) retired() bool {
	t, told := c.sunsetTime()
	now, _ := c.serverClock()
	return told && !now.IsZero() && now.After(t)
}

// farewell are the fields in which a server announces the end of an endpoint.
func (c *Case) farewell() (faultline.Evidence, bool) {
	e := faultline.Evidence{Kind: faultline.Excerpt, Title: "response headers"}
	if t, ok := c.deprecated(); ok {
		line := faultline.Line{Text: "Deprecation: " + short(c.Exchange.Response.Header.Value("Deprecation"))}
		if !t.IsZero() {
			line.Note = "since " + stamp(t)
		}
		e.Lines = append(e.Lines, line)
	}
	if t, ok := c.sunsetTime(); ok {
		line := faultline.Line{Text: "Sunset: " + short(c.Exchange.Response.Header.Value("Sunset")), Note: "announced for " + stamp(t)}
		if c.retired() {
			line.Note = "has passed"
		}
		e.Lines = append(e.Lines, line)
	}
	if link := c.Exchange.Response.Header.Value("Link"); len(e.Lines) > 0 && (strings.Contains(link, "successor-version") || strings.Contains(link, "deprecation") || strings.Contains(link, "sunset")) {
		e.Lines = append(e.Lines, faultline.Line{Text: "Link: " + short(link)})
	}
	return e, len(e.Lines) > 0
}
