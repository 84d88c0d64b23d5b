package causes

import "github.com/faultline-http/faultline"

func init() { register("auth.token-revoked", tokenRevoked) }

// tokenRevoked takes the server's word: what was withdrawn looks as good as
// ever. The times of a JWT say at least that it is not merely old.
func tokenRevoked(c *Case) []faultline.Finding {
	if c.authSays()&saysRevoked == 0 || c.atTokenEndpoint() || c.Exchange.Response == nil {
		return nil
	}
	status := c.Status()
	if !(status == 401 || status == 403 || status == 400 || status == 410 || status == 422 || status >= 500 || c.ErrorInside()) {
		return nil
	}
	cr, sent := c.presented()
	if !sent {
		return nil
	}
	says := c.authSays()
	if says&saysMaybe != 0 && says&saysAbsent != 0 {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       cr.at,
		Message:  "the server says that the credential was revoked",
		Brief:    "revoked, says the server",
		Expected: "a credential that is still in force",
		Found:    cr.describe(),
		Remedy: faultline.Remedy{Text: "sign in again, or have a new credential issued", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "sign in again, or have a new credential issued"},
			{Text: "throw the stored one away, with its refresh token: both ended together"},
		}},
		Retry: "the same credential will fail every time",
		Rank:  22,
	}
	note := "looks as good as before: only the server knows"
	t := c.readToken()
	if now, _ := c.serverClock(); t.isJWT && t.cr.at == cr.at && !t.claims.Expires.IsZero() && now.Before(t.claims.Expires) {
		f.Evidence = []faultline.Evidence{claimEvidence(&cr, &t.claims, "exp", t.claims.Expires, "lies ahead: it did not merely expire")}
		f.RuledOut = []faultline.Rival{{Slug: "auth.token-expired", Why: "exp lies ahead"}}
	} else {
		f.Evidence = []faultline.Evidence{excerpt(&cr, note)}
	}
	if says&saysMaybe != 0 {
		f.Strength = faultline.Possible
		f.Message = "the server says that the credential expired or was revoked"
		f.Notes = []faultline.Note{{Label: "settle it", Text: "ask the issuer's introspection endpoint (RFC 7662), or look at the list of sessions and apps of the account"}}
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}
