package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("resource.gone", resourceGone) }

// resourceGone is for what existed and was removed for good: a thing, or the
// whole endpoint (RFC 9110, section 15.5.11; RFC 8594 for the day it was announced for).
func resourceGone(c *Case) []faultline.Finding {
	if !c.failedWith() {
		return nil
	}
	status := c.Status()
	n, named := c.named("resource.gone")
	_, versioned := c.versionAsked()
	retired := c.retired()
	switch {
	case retired && versioned, c.says(saysAPIVersion) && !c.says(saysVersionOfElse) && !named:
		return nil // a version of the API that was withdrawn
	case named, status == 410:
	case c.namedOther("resource.gone"):
		return nil
	case retired && (status == 404 || status == 403 || status == 501 || status < 300):
	case (status == 404 || status == 403 || status == 400 || status < 300) && c.says(saysDeletedThing) && !c.says(saysMissingThing) && c.namesNothing() && !c.says(saysSuspended):
	default:
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       c.atPath(),
		Message:  "what the path names existed, and was removed for good",
		Brief:    "removed for good",
		Expected: "a path that still leads somewhere",
		Found:    fmt.Sprintf("status %d", status),
		Remedy:   faultline.Remedy{Text: "stop asking for it, and drop what was kept of it; look for what took its place", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     10,
	}
	if status == 410 {
		f.Strength = faultline.Proven // RFC 9110 gives 410 no other meaning
	}
	if named {
		f.Strength, f.Rank = n.strength(), 20
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	if line, ok := c.farewell(); ok {
		f.Evidence = append(f.Evidence, line)
		f.Message, f.Brief = "the server has retired what the path names", "retired"
		f.Remedy.Text = "move to what took its place; `Link` names it where the server says"
	}
	return []faultline.Finding{f}
}
