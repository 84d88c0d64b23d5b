package causes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// skew is how far the client's clock is behind the server's: the middle of what
// the answers of this server say, this one among them. It is known only if both
// told the time; a second of resolution and the way there and back are no skew.
func (c *Case) skew() (behind time.Duration, known bool) {
	measured := c.clocksApart()
	if len(measured) == 0 {
		return 0, false
	}
	behind = measured[len(measured)/2]
	if tolerance := 2*time.Second + c.Exchange.Timing.Total; behind < tolerance && behind > -tolerance {
		return 0, true
	}
	return behind.Round(time.Second), true
}

// mostClocks bounds the answers that are compared: more make no clock surer.
const mostClocks = 64

// clocksApart is what each answer of this server says of the distance between
// the clocks, sorted; empty if this answer says nothing.
func (c *Case) clocksApart() []time.Duration {
	own, told := clockApart(c.Exchange)
	if !told {
		return nil
	}
	all := []time.Duration{own}
	for _, ex := range c.Around[max(0, len(c.Around)-mostClocks):] {
		if ex == c.Exchange || ex.ID != "" && ex.ID == c.Exchange.ID || !strings.EqualFold(ex.Request.Host, c.Exchange.Request.Host) {
			continue
		}
		if apart, told := clockApart(ex); told {
			all = append(all, apart)
		}
	}
	slices.Sort(all)
	return all
}

// clockApart compares the Date of one answer with the client's time.
func clockApart(ex *faultline.Exchange) (time.Duration, bool) {
	if ex.Response == nil || ex.Start.IsZero() {
		return 0, false
	}
	server, ok := httpDate(ex.Response.Header.Value("Date"))
	return server.Sub(ex.Start), ok
}

// agreement says how many answers tell the same skew: who differs by more than
// the second that Date resolves has another clock, or a cached answer.
func (c *Case) agreement() string {
	all := c.clocksApart()
	if len(all) < 2 {
		return "from one answer"
	}
	middle, agree := all[len(all)/2], 0
	for _, apart := range all {
		if (apart - middle).Abs() <= time.Second {
			agree++
		}
	}
	return fmt.Sprintf("%d of %d answers agree within 1 s", agree, len(all))
}

// clocksEvidence shows both clocks against a moment that matters, such as exp.
// The client's clock is known only where we stand beside it.
func (c *Case) clocksEvidence(moment time.Time, name string) []faultline.Evidence {
	server, told := c.serverClock()
	if server.IsZero() {
		return nil
	}
	e := faultline.Evidence{Kind: faultline.Excerpt, Title: "clocks when the request was sent"}
	if start := c.Exchange.Start; !start.IsZero() {
		who, note := "here  ", relative(start, moment, name)
		if c.Exchange.Vantage == faultline.AtClient {
			who = "client"
			if name == "exp" && start.Before(moment) {
				note += ", so the client did not refresh"
			}
		}
		e.Lines = append(e.Lines, faultline.Line{Text: who + " " + clock(start), Note: note})
	}
	if !told {
		return []faultline.Evidence{e}
	}
	note := relative(server, moment, name) + ", from its Date header (1 s resolution"
	if total := c.Exchange.Timing.Total; total > 0 {
		note += ", round trip " + span(total)
	}
	e.Lines = append(e.Lines, faultline.Line{Text: "server " + clock(server), Note: note + ")"})
	if behind, known := c.skew(); known && behind != 0 {
		e.Lines = append(e.Lines, faultline.Line{Text: "skew   " + skewWords(behind), Note: c.agreement()})
	}
	return []faultline.Evidence{e}
}

func skewWords(behind time.Duration) string {
	if behind > 0 {
		return span(behind) + " slow"
	}
	return span(behind) + " fast"
}

// relative says where a time lies: "98 s before exp".
func relative(t, moment time.Time, name string) string {
	if d := moment.Sub(t); d > 0 {
		return span(d) + " before " + name
	}
	return span(t.Sub(moment)) + " after " + name
}
