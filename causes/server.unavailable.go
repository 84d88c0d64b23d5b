package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("server.unavailable", serverUnavailable) }

// saysMaintenance are words of a service that is down and knows it.
var saysMaintenance = topic("maintenance",
	"under maintenance", "undergoing maintenance", "maintenance mode", "scheduled maintenance", "planned maintenance", "down for maintenance", "offline for maintenance", "for maintenance", "maintenance window", "maintenance in progress", "currently in maintenance", "routine maintenance", "system maintenance", "site maintenance", "in maintenance", "wartung",
	"we'll be back", "we will be back", "be right back", "back online soon", "back shortly", "temporarily offline", "temporarily down", "temporarily closed", "service is down", "scheduled downtime", "planned downtime", "planned outage", "service outage", "major outage", "under construction")

// saysDown are words of a service that is not there yet, or not any more; with
// another status than 503 they may be about something smaller.
var saysDown = topic("a service that is down",
	"temporarily unavailable", "currently unavailable", "service unavailable", "service is unavailable", "not available at this time", "unavailable at the moment", "not currently available", "is starting up", "starting up", "still starting", "has not started", "not started yet", "not yet ready", "not ready yet", "is not ready", "warming up", "initializing", "initialising", "is booting", "failed to start", "startup failed",
	"currently loading", "model is loading", "is loading", "shutting down", "is draining", "server is stopping", "being deployed", "deployment in progress", "upgrade in progress", "migration in progress", "being upgraded", "failover in progress", "no master node", "master not discovered", "cluster is down", "not the leader", "no leader", "server offline", "node is not available", "server selection timeout", "function host is not running", "application is stopped", "app is stopped")

// serverUnavailable is for services that say of themselves that they are down
// for a while: maintenance, start-up, shutdown, an outage. RFC 9110, section
// 15.6.4: 503 says so, and Retry-After says until when.
func serverUnavailable(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 400 && !c.ErrorInside() || status == 401 || status == 404 && !c.says(saysMaintenance) || status == 429 {
		return nil
	}
	hop := c.hop().Tell
	told := hop != nil && hop.Cause == "server.unavailable"
	after := c.Exchange.Response.Header.Value("Retry-After")
	strength := faultline.Likely
	switch {
	case c.saysOverload(), status >= 500 && !told && c.upstream().cause != "":
		return nil
	case told, c.says(saysMaintenance):
	case status == 503 && (after != "" || c.says(saysDown)):
	case status == 503:
		strength = faultline.Possible
	case status >= 500 && status != 504 && c.says(saysDown), status < 300 && c.says(saysDown):
		strength = faultline.Possible
	default:
		return nil
	}
	return []faultline.Finding{c.downFinding(strength, after)}
}

func (c *Case) downFinding(s faultline.Strength, after string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtStatus(),
		Message:  "the service says that it is not available for now",
		Brief:    "not available for now",
		Expected: "a service that is up",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy: faultline.Remedy{Text: "wait, and repeat the call with a pause that grows", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "look at the service's status page and announcements"},
			{Text: "wait, and repeat the call with a pause that grows and some random delay"},
			{Text: "at the service: look at its start-up log and at the health checks that take it out of service"},
		}},
		Retry:    c.repeatWords(),
		Evidence: c.saidOnPage(),
		Rank:     -40,
	}
	if c.Status() < 400 {
		f.At = faultline.AtResponse(c.insideError().pointer, faultline.Span{})
	}
	if after != "" && len(after) < 40 {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: "Retry-After: " + short(after)}}})
		f.Brief = "wait " + short(after)
		if strings.Trim(after, "0123456789") == "" {
			f.Brief += " s"
		}
		f.Remedy.Text = "wait as long as Retry-After says, then repeat the call"
	}
	if s == faultline.Possible {
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "call the service's health check: if that fails too, it is down; if not, look for this call in its log" + c.requestID()})
	}
	return f
}
