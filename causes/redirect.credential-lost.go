package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("redirect.credential-lost", credentialLost) }

// credentialLost is for calls that set out with a credential, were redirected
// to another host, and arrived without: clients drop Authorization and cookies
// there, so that no stranger gets them (fetch, curl, requests, Go and Java do).
func credentialLost(c *Case) []faultline.Finding {
	if hop := c.lostOnRedirect(); hop != nil {
		return []faultline.Finding{c.credentialLostFinding(hop)}
	}
	return nil
}

// lostOnRedirect is the step that still had the credential which the last one lacks, nil if there is none.
func (c *Case) lostOnRedirect() *faultline.Hop {
	now := &c.Exchange.Request
	if len(c.Exchange.Hops) == 0 || now.Header.Has("Authorization") {
		return nil
	}
	switch c.Status() {
	case 400, 401, 403, 404:
	default:
		return nil
	}
	for i := range c.Exchange.Hops {
		hop := &c.Exchange.Hops[i]
		if hop.Response == nil || hop.Response.Status < 301 || hop.Response.Status > 308 || !hop.Request.Header.Has("Authorization") {
			continue
		}
		if !sameHost(hop.Request.Host, now.Host) || hop.Request.Scheme != now.Scheme || portOf(hop.Request.Host) != portOf(now.Host) {
			return hop
		}
	}
	return nil
}

func (c *Case) credentialLostFinding(hop *faultline.Hop) faultline.Finding {
	from, to := short(hop.Request.Host), short(c.Exchange.Request.Host)
	if from == to {
		from, to = hop.Request.Scheme+"://"+from, c.Exchange.Request.Scheme+"://"+to
	}
	return faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.AtHeader("Authorization"),
		Message:  fmt.Sprintf("the credential was dropped when the redirect led from `%s` to `%s`", from, to),
		Brief:    "credential dropped on a redirect",
		Expected: "a call to " + to + " with its credential",
		Found:    fmt.Sprintf("Authorization sent to %s, none to %s", from, to),
		Evidence: []faultline.Evidence{{Kind: faultline.Excerpt, Title: "the steps", Lines: []faultline.Line{
			{Text: fmt.Sprintf("%s %s → %d, Location: %s", hop.Request.Method, short(hop.Request.URL()), hop.Response.Status, short(hop.Response.Header.Value("Location"))), Note: "with Authorization"},
			{Text: fmt.Sprintf("%s %s → %d", c.Exchange.Request.Method, short(c.Exchange.Request.URL()), c.Status()), Note: "without"},
		}}},
		Remedy: faultline.Remedy{Text: "send the call to `" + to + "` at once, if that host is to have the credential", Applicability: faultline.Guess},
		Retry:  failsAlways,
		Rank:   deeper + 10,
	}
}
