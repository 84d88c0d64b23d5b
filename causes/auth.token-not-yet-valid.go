package causes

import (
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.token-not-yet-valid", tokenEarly) }

// tokenEarly compares nbf and iat with the server's clock. iat alone is checked
// by some libraries only, so it counts for less.
func tokenEarly(c *Case) []faultline.Finding {
	if c.atTokenEndpoint() || !c.deniesIdentity() && !c.bareForbidden() {
		return nil
	}
	says := c.authSays()
	cr, claims, ok := c.token()
	now, _ := c.serverClock()
	if !ok || now.IsZero() {
		if cr, sent := c.bearer(); sent && !ok && says&saysEarly != 0 && says&saysExpired == 0 && c.Status() == 401 {
			return []faultline.Finding{c.earlyByWord(&cr)}
		}
		return nil
	}
	switch early := says&saysEarly != 0; {
	case claims.NotBefore.After(now) && c.Status() == 403 && !early:
		return []faultline.Finding{c.earlyFinding(&cr, &claims, "nbf", claims.NotBefore, now, faultline.Likely)}
	case claims.NotBefore.After(now):
		return []faultline.Finding{c.earlyFinding(&cr, &claims, "nbf", claims.NotBefore, now, c.strengthOf(says&^saysEarly))}
	case c.Status() == 403 && !early:
		return nil
	case claims.IssuedAt.After(now) && (early || claims.IssuedAt.Sub(now) > issuedLeeway):
		s := faultline.Likely
		if early {
			s = faultline.Proven
		}
		return []faultline.Finding{c.earlyFinding(&cr, &claims, "iat", claims.IssuedAt, now, s)}
	}
	return nil
}

// issuedLeeway is how far ahead iat may lie before it is worth a word: clocks
// of servers differ by seconds.
const issuedLeeway = 30 * time.Second

func earlyMessage(name string, ahead time.Duration) string {
	if name == "iat" {
		return "the token was issued " + span(ahead) + " in the future, by the server's clock"
	}
	return "the token is valid only in " + span(ahead) + ", by the server's clock"
}

func (c *Case) earlyFinding(cr *credential, claims *jwt.Claims, name string, moment, now time.Time, s faultline.Strength) faultline.Finding {
	ahead := moment.Sub(now)
	f := faultline.Finding{
		Strength: s,
		At:       cr.at,
		Message:  earlyMessage(name, ahead),
		Brief:    "valid only in " + span(ahead),
		Expected: "a token that is valid at " + stamp(now),
		Found:    "a token with " + name + " " + stamp(moment),
		Evidence: append([]faultline.Evidence{claimEvidence(cr, claims, name, moment, "lies ahead")}, c.clocksEvidence(moment, name)...),
		Remedy: faultline.Remedy{Text: "set the clock of the machine that issues the token", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "set the clock of the machine that issues the token", Command: "timedatectl set-ntp true"},
			{Text: "let " + name + " lie 60 s back when a token is made"},
		}},
		Retry: "the same token works in " + span(ahead),
		Rank:  20,
	}
	if jwt.Milliseconds(moment) {
		f.Message, f.Brief = "`"+name+"` of the token counts milliseconds, and RFC 7519 wants seconds: it lies in the far future", "`"+name+"` counts milliseconds"
		f.Remedy = faultline.Remedy{Text: "divide by 1000 where the token is made", Applicability: faultline.Guess}
		f.Retry = "the same token will fail every time"
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return f
}

func (c *Case) earlyByWord(cr *credential) faultline.Finding {
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       cr.at,
		Message:  "the server says that the token is not valid yet",
		Brief:    "not valid yet, says the server",
		Expected: "a token that is valid now",
		Found:    cr.describe(),
		Evidence: append([]faultline.Evidence{excerpt(cr, "")}, c.serverWords()...),
		Remedy:   faultline.Remedy{Text: "set the clock of the machine that issues the token", Applicability: faultline.Guess},
		Rank:     20,
	}
}
