package causes

import (
	"net/url"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.clock-skew", clockSkew) }

// clockSkew is for requests that carry their own time, signed or not, and are
// refused because that time is too far from the server's.
func clockSkew(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 400 && !c.ErrorInside() || status == 404 || status == 405 || status == 429 {
		return nil
	}
	now, told := c.serverClock()
	if now.IsZero() && len(c.namings()) == 0 {
		return nil
	}
	_, named := c.named("auth.clock-skew")
	says := named || c.authSays()&saysClock != 0
	times := c.signedTimes()
	if t, ok := c.assertionTime(); ok {
		times = append(times, t)
	}
	for _, t := range times {
		off := now.Sub(t.when)
		switch {
		case off.Abs() < tolerated && !says, off.Abs() < 30*time.Second:
			continue
		case says:
			return []faultline.Finding{c.skewFinding(t, now, faultline.Proven)}
		case told && (status == 401 || status == 403) && c.authSays() == 0 && len(c.Said()) < bare && t.at.In == faultline.InHeader && !c.presigned():
			return []faultline.Finding{c.skewFinding(t, now, faultline.Possible)}
		}
	}
	if says && len(times) > 0 {
		return []faultline.Finding{c.skewFinding(times[0], now, faultline.Possible)}
	}
	if n, ok := c.named("auth.clock-skew"); ok {
		f := c.skewFinding(signedTime{at: n.place(faultline.AtStatus())}, now, n.strength())
		f.Evidence = append(f.Evidence, n.evidence())
		return []faultline.Finding{f}
	}
	if says && status != 422 && c.authSays()&saysExpired == 0 && len(c.credentials()) > 0 && (status == 401 || status == 403) {
		return []faultline.Finding{c.skewFinding(signedTime{at: c.credentials()[0].at}, now, faultline.Possible)}
	}
	return nil
}

// tolerated is the difference that signature schemes commonly allow: 5 minutes
// (webhooks, OAuth 1.0 libraries, Kerberos) to 15 (Amazon).
const tolerated = 5 * time.Minute

// bare is how long a refusal may be that names no reason.
const bare = 40

// presigned reports whether the address carries its own lifetime, which is
// meant to be used later than it was made.
func (c *Case) presigned() bool {
	_, ok := c.signedDeadline()
	return ok
}

// assertionTime is when a JWT in the body of a token request was made
// (RFC 7523): services take it only within an hour or less.
func (c *Case) assertionTime() (signedTime, bool) {
	body := c.RequestBody()
	if len(body) > maxAuthText {
		return signedTime{}, false
	}
	for _, p := range pairs(string(body), "&") {
		if p.name != "assertion" && p.name != "client_assertion" {
			continue
		}
		text, err := url.QueryUnescape(p.value)
		if err != nil {
			return signedTime{}, false
		}
		claims, wrong := jwt.Decode(strings.TrimSpace(text))
		if wrong != nil || claims.IssuedAt.IsZero() {
			return signedTime{}, false
		}
		return signedTime{faultline.AtBody("/"+p.name, faultline.Span{}), claims.IssuedAt, "iat of " + p.name}, true
	}
	return signedTime{}, false
}

func (c *Case) skewFinding(t signedTime, now time.Time, s faultline.Strength) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       t.at,
		Message:  "the server refuses the time that the request carries",
		Brief:    "clocks disagree",
		Expected: "a time near the server's: " + stamp(now),
		Remedy: faultline.Remedy{Text: "set the client's clock, and sign each request when it is sent", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "set the client's clock", Command: "timedatectl set-ntp true"},
			{Text: "sign each request when it is sent, also when it is repeated"},
		}},
		Retry: "as signed it fails every time; sign it anew",
		Rank:  25,
	}
	if !t.when.IsZero() {
		off := now.Sub(t.when)
		behind := span(off) + " behind"
		if off < 0 {
			behind = span(off) + " ahead of"
		}
		f.Message = "the time in `" + t.name + "` is " + behind + " the server's clock"
		f.Brief = t.name + " " + strings.TrimSuffix(behind, " of")
		f.Found = stamp(t.when)
		line := t.name + ": " + stamp(t.when)
		f.Evidence = []faultline.Evidence{{Kind: faultline.Excerpt, Title: t.at.String(), Lines: []faultline.Line{
			{Text: line, Span: faultline.Span{Start: len(t.name) + 2, End: len(line)}, Note: span(off) + " from the server's time"},
		}}}
		f.Evidence = append(f.Evidence, c.clocksEvidence(t.when, "the signed time")...)
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return f
}
