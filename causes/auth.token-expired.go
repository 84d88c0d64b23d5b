package causes

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwks"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.token-expired", tokenExpired) }

// tokenExpired compares the token's own exp claim with the server's clock, so
// it needs no word from the server but the refusal. Tokens that say nothing of
// themselves are taken at the server's word.
func tokenExpired(c *Case) []faultline.Finding {
	status := c.Status()
	if c.atTokenEndpoint() || !(c.deniesIdentity() || status == 403) {
		return nil
	}
	says := c.authSays()
	if says&saysClock != 0 {
		return nil
	}
	now, _ := c.serverClock()
	if cr, claims, ok := c.token(); ok && !claims.Expires.IsZero() && !now.IsZero() {
		passed := now.Sub(claims.Expires)
		switch {
		case passed >= 0 && (status != 403 || says&saysExpired != 0):
			return []faultline.Finding{c.expiredFinding(&cr, &claims, now, c.strengthOf(says))}
		case passed >= 0 && c.bareForbidden():
			return []faultline.Finding{c.expiredFinding(&cr, &claims, now, faultline.Likely)}
		case says&saysExpired == 0:
			return nil
		}
		f := c.expiredFinding(&cr, &claims, now, faultline.Likely)
		f.Message = "the server says that the token has expired, and its exp lies " + span(passed) + " ahead"
		f.Brief = "expired, says the server"
		return []faultline.Finding{f}
	}
	if end, ok := c.signedDeadline(); ok && !now.IsZero() && now.After(end.when) {
		return []faultline.Finding{c.deadlineFinding(end, now)}
	}
	if says&saysExpired == 0 {
		return nil
	}
	for _, cr := range c.credentials() {
		if strings.EqualFold(cr.at.Name, "X-Amz-Security-Token") {
			return []faultline.Finding{c.expiredByWord(&cr)} // it is what ends; the signature beside it is made anew
		}
	}
	for _, cr := range c.credentials() {
		return []faultline.Finding{c.expiredByWord(&cr)}
	}
	if c.Exchange.Unseen.Any(faultline.UnseenRequestHeader) {
		return []faultline.Finding{c.expiredByWord(&credential{at: faultline.AtHeader("Authorization")})}
	}
	return nil
}

// bareForbidden reports whether a 403 says no more than its status does: then
// the times of the token are all that there is to go by.
func (c *Case) bareForbidden() bool {
	return c.Status() == 403 && c.authSays() == 0 && len(c.Said()) < 40 && !c.preflight() && c.BodySays("forbidden", "access denied", "denied") || c.Status() == 403 && c.Said() == ""
}

// strengthOf: a token past its exp is proven to be expired. That this is why
// the server refused it is not, if the server names something else.
func (c *Case) strengthOf(says authWord) faultline.Strength {
	if c.Status() == 401 {
		says &^= saysRole // "no permission" beside a 401 is prose: RFC 9110, section 15.5.4, has 403 for it
	}
	if says&saysExpired == 0 && says&(saysOther|saysForm|saysScheme) != 0 {
		return faultline.Possible
	}
	return faultline.Proven
}

func (c *Case) expiredFinding(cr *credential, claims *jwt.Claims, now time.Time, s faultline.Strength) faultline.Finding {
	ago := now.Sub(claims.Expires)
	f := faultline.Finding{
		Strength: s,
		At:       cr.at,
		Message:  "the token expired " + span(ago) + " ago",
		Brief:    "expired " + span(ago) + " ago",
		Expected: "a token that is valid at " + stamp(now),
		Found:    "a token that expired at " + stamp(claims.Expires),
		Retry:    "safe after step 1; the same token will fail every time",
		Rank:     20,
	}
	fresh := []faultline.Step{
		{Text: "fetch a new token, then send the request again"},
		{Text: "refresh 60 s before exp, counting in server time"},
	}
	if behind, known := c.skew(); known && behind != 0 && c.Exchange.Vantage == faultline.AtClient {
		left := claims.Expires.Sub(c.Exchange.Start)
		if left > 0 {
			f.Message = "the token expired " + span(ago) + " ago on the server's clock; the client's clock gives it " + span(left) + " more"
			f.Retry = "safe after step 2; the same token will fail every time"
			fresh = append([]faultline.Step{{Text: "set the client's clock", Command: "timedatectl set-ntp true"}}, fresh...)
		}
		f.Brief += ", client clock " + skewWords(behind)
	}
	f.Remedy = faultline.Remedy{Text: "fetch a new token, then send the request again", Applicability: faultline.Guess, Steps: fresh}
	f.Evidence = append([]faultline.Evidence{claimEvidence(cr, claims, "exp", claims.Expires, "passed")}, c.clocksEvidence(claims.Expires, "exp")...)
	f.Evidence = append(f.Evidence, c.serverWords()...)
	f.RuledOut = c.tokenRivals(claims)
	return f
}

// claimEvidence shows the registered claims, and the one that matters with
// carets below it.
func claimEvidence(cr *credential, claims *jwt.Claims, name string, moment time.Time, note string) faultline.Evidence {
	line := name + " " + stamp(moment)
	return faultline.Evidence{Kind: faultline.Excerpt, Title: cr.at.String(), Lines: []faultline.Line{
		{Text: describeClaims(cr, claims)},
		{Text: line, Span: faultline.Span{Start: len(name) + 1, End: len(line)}, Note: note},
	}}
}

// tokenRivals are the other things that are wrong with tokens, as far as they
// are contradicted.
func (c *Case) tokenRivals(claims *jwt.Claims) []faultline.Rival {
	var out []faultline.Rival
	switch v, ok := c.verdict(); {
	case ok && v.Outcome == jwks.Good:
		out = append(out, faultline.Rival{Slug: "auth.token-signature", Why: "the signature is good by the " + short(v.Key)})
	case c.authSays()&saysExpired != 0:
		out = append(out, faultline.Rival{Slug: "auth.token-signature", Why: "server named expiry"})
	}
	if want := c.wantedAudience(); want != "" {
		for _, aud := range claims.Audience {
			if aud == want {
				out = append(out, faultline.Rival{Slug: "auth.token-audience", Why: "aud matches the contract"})
			}
		}
	}
	return out
}

// wantedAudience is the audience that the contract names for the operation.
func (c *Case) wantedAudience() string {
	if c.Match.Operation == nil {
		return ""
	}
	for _, set := range c.Match.Operation.Security() {
		for _, s := range set {
			if s.Audience != "" {
				return s.Audience
			}
		}
	}
	return ""
}

func (c *Case) deadlineFinding(end deadline, now time.Time) faultline.Finding {
	ago := now.Sub(end.when)
	return faultline.Finding{
		Strength: c.strengthOf(c.authSays() &^ saysOther),
		At:       end.at,
		Message:  "the signed address ran out " + span(ago) + " ago",
		Brief:    "address expired " + span(ago) + " ago",
		Expected: "an address that is valid at " + stamp(now),
		Found:    end.text + ": valid until " + stamp(end.when),
		Evidence: append(c.clocksEvidence(end.when, "the end"), c.serverWords()...),
		Remedy:   faultline.Remedy{Text: "ask for a new signed address and use it at once", Applicability: faultline.Guess},
		Retry:    "the same address will fail every time",
		Rank:     20,
	}
}

// expiredByWord is for credentials that say nothing of their own lifetime.
func (c *Case) expiredByWord(cr *credential) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       cr.at,
		Message:  "the server says that the credential has expired",
		Brief:    "expired, says the server",
		Expected: "a credential that is still valid",
		Found:    cr.describe(),
		Evidence: append([]faultline.Evidence{excerpt(cr, "does not say when it ends")}, c.serverWords()...),
		Remedy: faultline.Remedy{Text: "fetch a new token, then send the request again", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "fetch a new token, then send the request again"},
			{Text: "keep expires_in of the token answer, and refresh 60 s before it ends"},
		}},
		Retry: "safe after step 1; the same token will fail every time",
		Rank:  20,
	}
	if cr.text == "" { // it was sent, and is not shown
		f.Found, f.Evidence = "", c.serverWords()
	}
	return f
}
